"""A job is claimed by one worker, tried three times, and never lost."""

from datetime import timedelta

import pytest

from governance.choices import JobState
from governance.models import Job
from governance.outbox import write_job
from governance.services.jobs import (
    MOST_TRIES,
    claim_job,
    fail_job,
    finish_job,
    report_progress,
    revive_stale_jobs,
    waiting_jobs,
)
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def job() -> Job:
    row = write_job(kind="import", key="a")
    Job.objects.filter(pk=row.pk).update(created_at=NOW)
    return row


def claimed(job: Job) -> Job:
    row = claim_job(job_id=job.pk, moment=NOW)
    assert row is not None
    return row


@pytest.mark.both_engines
class TestClaimJob:
    def test_gives_a_job_to_one_worker_only(self, job: Job) -> None:
        row = claimed(job)
        assert (row.state, row.attempts, row.started_at) == (JobState.RUNNING, 1, NOW)
        assert claim_job(job_id=job.pk, moment=NOW) is None

    def test_gives_it_on_when_its_worker_is_gone(self, job: Job) -> None:
        claimed(job)
        row = claim_job(job_id=job.pk, moment=LATER, abandoned=True)
        assert row is not None
        assert row.attempts == 2

    def test_gives_nobody_what_is_done(self, job: Job) -> None:
        finish_job(job=claimed(job), moment=NOW)
        assert claim_job(job_id=job.pk, moment=LATER, abandoned=True) is None


class TestFinishJob:
    def test_ends_it_with_full_progress(self, job: Job) -> None:
        row = claimed(job)
        report_progress(job=row, done=3, due=5)
        assert finish_job(job=row, moment=LATER)
        row.refresh_from_db()
        assert (row.state, row.progress_done, row.finished_at) == (JobState.DONE, 5, LATER)

    def test_leaves_it_to_whoever_took_it_over(self, job: Job) -> None:
        row = claimed(job)
        claim_job(job_id=job.pk, moment=LATER, abandoned=True)
        assert not finish_job(job=row, moment=LATER)
        row.refresh_from_db()
        assert row.state == JobState.RUNNING


class TestReportProgress:
    def test_never_shows_more_than_all(self, job: Job) -> None:
        row = claimed(job)
        report_progress(job=row, done=9, due=5)
        row.refresh_from_db()
        assert (row.progress_done, row.progress_due) == (5, 5)

    def test_says_nothing_about_a_job_that_does_not_run(self, job: Job) -> None:
        report_progress(job=job, done=1, due=5)
        job.refresh_from_db()
        assert job.progress_due == 0


@pytest.mark.both_engines
class TestFailJob:
    def test_waits_for_another_attempt_and_parks_after_the_third(self, job: Job) -> None:
        for parked in (False, False, True):
            assert fail_job(job=claimed(job), error="x" * 2000, moment=LATER) is parked
        job.refresh_from_db()
        assert (job.state, len(job.error), job.finished_at) == (JobState.FAILED, 1000, LATER)
        assert claim_job(job_id=job.pk, moment=LATER) is None

    def test_parks_at_once_what_cannot_be_done(self, job: Job) -> None:
        assert fail_job(job=claimed(job), error="no", moment=LATER, for_good=True)
        job.refresh_from_db()
        assert job.state == JobState.FAILED


class TestReviveStaleJobs:
    def test_gives_back_what_ran_too_long(self, job: Job) -> None:
        claimed(job)
        assert revive_stale_jobs(moment=NOW + timedelta(minutes=5)) == 0
        assert revive_stale_jobs(moment=LATER) == 1
        job.refresh_from_db()
        assert job.state == JobState.PENDING

    def test_parks_what_died_three_times(self, job: Job) -> None:
        claimed(job)
        Job.objects.filter(pk=job.pk).update(attempts=3)
        assert revive_stale_jobs(moment=LATER) == 0
        job.refresh_from_db()
        assert (job.state, job.error[:17]) == (JobState.FAILED, "Stopped too often")


class TestWaitingJobs:
    def test_leaves_a_moment_to_the_first_wake_up_call(self, job: Job) -> None:
        assert waiting_jobs(moment=NOW + timedelta(seconds=10)) == []
        assert waiting_jobs(moment=NOW + timedelta(seconds=20)) == [job.pk]
        claimed(job)
        assert waiting_jobs(moment=LATER) == []

    def test_asks_a_mail_server_again_for_two_days_less_and_less_often(self, job: Job) -> None:
        Job.objects.filter(pk=job.pk).update(kind="letter")
        asked_at, at = [], NOW + timedelta(minutes=1)
        while at < NOW + timedelta(days=4):
            if waiting_jobs(moment=at):
                held = claim_job(job_id=job.pk, moment=at)
                assert held is not None
                asked_at.append(at)
                fail_job(job=held, error="Nobody there", moment=at)
            in_the_first_hour = at < NOW + timedelta(hours=1)
            at += timedelta(seconds=30) if in_the_first_hour else timedelta(minutes=10)
        assert len(asked_at) == MOST_TRIES
        assert asked_at[3] - asked_at[0] < timedelta(minutes=5)
        assert asked_at[-1] - asked_at[-2] == timedelta(hours=1)
        assert timedelta(days=2) < asked_at[-1] - NOW < timedelta(days=3)
        job.refresh_from_db()
        assert job.state == JobState.FAILED
