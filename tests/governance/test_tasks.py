"""Workers do what the database lists, whatever happens to the messages."""

from datetime import datetime, timedelta

import pytest
import time_machine
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from governance import tasks
from governance.choices import JobState
from governance.models import Job, SignedInSession
from governance.outbox import write_job
from governance.services.jobs import JobFailed, JobRefused
from tests.factories import NOW, make_organisation, make_user

pytestmark = pytest.mark.django_db
done: list[tuple[str, datetime]] = []


def note(job: Job, *, moment: datetime) -> None:
    """Do a job by writing down that it was done."""
    done.append((job.key, moment))


def refuse(job: Job, *, moment: datetime) -> None:
    """Refuse a job for good."""
    raise JobRefused("The snapshot is gone.")


def postpone(job: Job, *, moment: datetime) -> None:
    """Fail this time, with a sentence."""
    raise JobFailed("The authority is away.")


def crash(job: Job, *, moment: datetime) -> None:
    """Fail on the way."""
    raise RuntimeError("a secret detail")


@pytest.fixture(autouse=True)
def kinds(settings: Settings) -> None:
    done.clear()
    settings.JOB_KINDS = {
        name: f"tests.governance.test_tasks.{name}"
        for name in ("note", "refuse", "postpone", "crash")
    }


def job_of(kind: str) -> Job:
    row = write_job(kind=kind, key=f"{kind}-key")
    Job.objects.filter(pk=row.pk).update(created_at=NOW)
    return row


class TestRunJob:
    def test_does_a_job_once(self) -> None:
        job = job_of("note")
        with time_machine.travel(NOW, tick=False):
            tasks.run_job(job.pk)
            tasks.run_job(job.pk)
        assert done == [("note-key", NOW)]
        job.refresh_from_db()
        assert (job.state, job.finished_at) == (JobState.DONE, NOW)

    def test_tries_again_what_failed_with_a_sentence(self) -> None:
        job = job_of("postpone")
        tasks.run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.PENDING, "The authority is away.")

    def test_parks_a_refusal_with_its_sentence(self) -> None:
        job = job_of("refuse")
        tasks.run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.FAILED, "The snapshot is gone.")

    def test_tries_a_crash_again_and_tells_no_detail(self) -> None:
        job = job_of("crash")
        for state in (JobState.PENDING, JobState.PENDING, JobState.FAILED):
            tasks.run_job(job.pk)
            job.refresh_from_db()
            assert job.state == state
        assert job.error == (
            f"Stopped by an unexpected RuntimeError. Ask for log entry {job.public_id}."
        )

    def test_takes_over_from_a_worker_that_died(self) -> None:
        job = job_of("note")
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempts=1)
        tasks.run_job(job.pk)
        assert done == []
        tasks.run_job.push_request(delivery_info={"redelivered": True})  # type: ignore[call-arg]
        tasks.run_job.run(job.pk)
        tasks.run_job.pop_request()
        assert [key for key, _ in done] == ["note-key"]


class TestWakeWorker:
    def test_sends_after_commit(
        self,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        sent: list[tuple[int]] = []
        monkeypatch.setattr(tasks.run_job, "apply_async", lambda args, **_: sent.append(args))
        with django_capture_on_commit_callbacks(execute=True):
            job = job_of("note")
            tasks.wake_worker(job)
            assert sent == []
        assert sent == [(job.pk,)]

    @pytest.mark.parametrize("error", [OperationalError("down"), ConnectionRefusedError()])
    def test_does_not_mind_a_broker_that_is_down(
        self,
        error: Exception,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        def fail(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(tasks.run_job, "apply_async", fail)
        with django_capture_on_commit_callbacks(execute=True):
            tasks.wake_worker(job_of("note"))
        assert Job.objects.get().state == JobState.PENDING


class TestResendJobs:
    def test_sends_for_what_waits_and_what_was_abandoned(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent: list[int] = []
        monkeypatch.setattr(tasks.run_job, "apply_async", lambda args, **_: sent.append(args[0]))
        waiting, abandoned = job_of("note"), job_of("crash")
        Job.objects.filter(pk=abandoned.pk).update(
            state=JobState.RUNNING, attempts=1, started_at=NOW
        )
        with time_machine.travel(NOW + timedelta(hours=1), tick=False):
            assert tasks.resend_jobs() == 2
        assert set(sent) == {waiting.pk, abandoned.pk}


class TestClearSessions:
    def test_forgets_an_accounts_after_a_week_and_nobodys_at_once(self) -> None:
        user = make_user(organisation=make_organisation())
        for key, days, account in (("a", 6, user), ("b", 8, user), ("c", 1, None), ("d", -1, None)):
            SignedInSession.objects.create(
                session_key=key * 32,
                session_data="",
                account=account,
                expire_date=NOW - timedelta(days=days),
            )
        with time_machine.travel(NOW, tick=False):
            assert [tasks.clear_sessions() for _ in range(2)] == [2, 0]
        assert {row.pk[0] for row in SignedInSession.objects.all()} == {"a", "d"}
