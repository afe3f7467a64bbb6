"""Checkpoints of the night are dated by an authority, and nothing waits for it."""

import base64
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from django.conf import LazySettings
from django.core import mail
from django.utils import timezone

from governance import tasks
from governance.choices import AnchorKind, JobState, RecordKind
from governance.models import Anchor, Checkpoint, Job, Project, RecordHead
from governance.pages.anchors import standing_of
from governance.record.checkpoints import checkpoint_of
from governance.record.log import Deed, append
from governance.services import identity_wire, time_stamping
from governance.services.anchoring import anchor_age, write_due_checkpoints
from governance.services.jobs import MOST_TRIES, JobRefused
from governance.services.time_stamping import (
    TimeStampFailed,
    ask_for_time_stamps,
    run_time_stamp,
    stamp_over,
)
from tests.authority import (
    Authority,
    authority_in,
    openssl,
    serving,
    with_drips,
    with_error,
    with_imprint,
    with_nonce,
    with_redirect,
    with_refusal,
    with_silence,
    with_too_much,
)
from tests.factories import make_organisation, make_project, make_user
from tests.governance.services.test_anchoring import tomorrow

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the keys of an authority."""
    folder = tmp_path_factory.mktemp("authority")
    authority_in(folder)
    return folder


@pytest.fixture
def authority(keys: Path, settings: LazySettings) -> Iterator[Authority]:
    """Return the authority that the settings name, at work on this machine."""
    authority = Authority(keys)
    authority.answer = authority.stamp
    with serving(authority):
        settings.TSA_URL, settings.DEBUG = authority.url, True
        yield authority


@pytest.fixture
def project() -> Project:
    """Return a project with a log and somebody who reads its checkpoints."""
    client = make_organisation()
    make_user(organisation=client, name="Ada", is_administrator=True)
    project = make_project(organisation=client, slug="orion", time_zone="UTC")
    append(Deed(kind=RecordKind.EXPORTED, actor=None), project=project)
    return project


def note_of(project: Project) -> Checkpoint:
    """Return the checkpoint over a log as it is."""
    return checkpoint_of(RecordHead.objects.get(project=project))


def job_for(project: Project) -> Job:
    """Return the job of the newest checkpoint."""
    (job,) = ask_for_time_stamps([note_of(project)])
    return job


def kept() -> Anchor:
    """Return the one time stamp there is."""
    return Anchor.objects.get(kind=AnchorKind.TIMESTAMP)


class TestRunTimeStamp:
    def test_keeps_what_openssl_takes_over_this_note_and_no_other(
        self, authority: Authority, project: Project
    ) -> None:
        run_time_stamp(job_for(project), moment=timezone.now())
        token, note = base64.b64decode(kept().token), note_of(project).note.encode()
        assert kept().authority == "127.0.0.1"
        assert authority.accepts(token, over=note)
        assert not authority.accepts(token, over=note.replace(b"orion", b"Orion") + b"\n")

    def test_asks_what_openssl_reads(self, authority: Authority, project: Project) -> None:
        run_time_stamp(job_for(project), moment=timezone.now())
        asked = authority.folder / "asked.tsq"
        asked.write_bytes(authority.asked[0])
        told = openssl("ts", "-query", "-in", asked, "-text").stdout.decode()
        assert "Hash Algorithm: sha256" in told
        assert "Certificate required: yes" in told

    def test_keeps_one_however_often_it_is_done(
        self, authority: Authority, project: Project
    ) -> None:
        job = job_for(project)
        run_time_stamp(job, moment=timezone.now())
        run_time_stamp(job, moment=timezone.now())
        assert len(authority.asked) == 1
        assert job_for(project) == job
        assert kept().token

    @pytest.mark.usefixtures("authority")
    def test_keeps_one_of_two_at_once(
        self, monkeypatch: pytest.MonkeyPatch, project: Project
    ) -> None:
        job, answers = job_for(project), list[bytes]()

        def slowly(content: bytes) -> bytes:
            monkeypatch.setattr(time_stamping, "stamp_over", quickly)
            run_time_stamp(job, moment=timezone.now())
            return quickly(content)

        def quickly(content: bytes) -> bytes:
            answers.append(stamp_over(content))
            return answers[-1]

        monkeypatch.setattr(time_stamping, "stamp_over", slowly)
        run_time_stamp(job, moment=timezone.now())
        assert len(answers) == 2
        assert base64.b64decode(kept().token) == answers[0]

    def test_counts_as_outside(self, authority: Authority, project: Project) -> None:
        assert anchor_age(project).anchored_at is None
        run_time_stamp(job_for(project), moment=timezone.now())
        age = anchor_age(project)
        assert (age.until, age.stamped) == (age.size, age.size)
        assert not age.is_late(timezone.now())
        said = standing_of(project, at=timezone.now()).anchor.sentence
        assert said.endswith(f"time-stamped by an authority up to entry {age.size}.")

    def test_is_over_once_no_authority_is_set(
        self, authority: Authority, project: Project, settings: LazySettings
    ) -> None:
        job = job_for(project)
        settings.TSA_URL = ""
        with pytest.raises(JobRefused, match="TSA_URL"):
            run_time_stamp(job, moment=timezone.now())


LIES: list[tuple[Callable[[Authority], None], str]] = [
    (with_nonce, "its nonce is not ours"),
    (with_imprint, "its imprint is not ours"),
    (with_refusal, "did not grant the time stamp (status 2)"),
    (with_too_much, "answered too much or too slowly"),
    (with_redirect, "answered 307 instead of a stamp"),
    (with_error, "answered 500 instead of a stamp"),
    (with_drips, "answered too much or too slowly"),
    (with_silence, "could not be asked for a time stamp: ReadTimeout"),
]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a second where the product waits for ten."""
    monkeypatch.setattr(identity_wire, "WHOLE_SECONDS", 1)
    monkeypatch.setattr(time_stamping, "WAIT_SECONDS", 0.8)


@pytest.mark.usefixtures("impatient")
class TestAnAuthorityThatLies:
    @pytest.mark.parametrize(("lie", "why"), LIES)
    def test_is_refused_with_a_sentence_and_stops_no_mail(
        self,
        authority: Authority,
        project: Project,
        lie: Callable[[Authority], None],
        why: str,
    ) -> None:
        lie(authority)
        mailed, stamp = write_due_checkpoints(moment=tomorrow())
        for job in (stamp, mailed):
            tasks.run_job(job.pk)
            job.refresh_from_db()
        assert (stamp.state, stamp.attempts) == (JobState.PENDING, 1)
        assert why in stamp.error
        assert mailed.state == JobState.DONE
        assert len(mail.outbox) == 1
        assert Anchor.objects.get(project=project).kind == AnchorKind.MAIL

    def test_keeps_nobody_waiting_by_drips(self, authority: Authority) -> None:
        with_drips(authority)
        began = time.monotonic()
        with pytest.raises(TimeStampFailed, match="too slowly"):
            stamp_over(b"a note")
        assert time.monotonic() - began < 15  # the whole answer would take a minute

    def test_is_not_believed_with_a_certificate_that_nobody_vouches_for(
        self, authority: Authority, settings: LazySettings
    ) -> None:
        with serving(authority, encrypted=True):
            settings.TSA_URL = authority.url
            with pytest.raises(TimeStampFailed, match="SSLError"):
                stamp_over(b"a note")

    def test_is_asked_again_and_believed_once_it_is_honest(
        self, authority: Authority, project: Project
    ) -> None:
        job = job_for(project)
        authority.status = 503
        tasks.run_job(job.pk)
        assert not Anchor.objects.exists()
        authority.status = 200
        tasks.run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.DONE, "")
        assert kept().token

    def test_is_given_up_after_the_last_attempt(
        self, authority: Authority, project: Project
    ) -> None:
        job = job_for(project)
        authority.status = 503
        Job.objects.update(attempts=MOST_TRIES - 2)
        for _ in range(3):
            tasks.run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, len(authority.asked)) == (JobState.FAILED, 2)


class TestWhereItIsAsked:
    @pytest.mark.parametrize(
        ("url", "why"),
        [
            ("http://192.0.2.1/tsr", "over https alone"),
            ("https:///tsr", "over https alone"),
            ("https://127.0.0.1/tsr", "an address inside"),
            ("https://10.1.2.3/tsr", "an address inside"),
            ("https://169.254.169.254/tsr", "an address inside"),
            ("https://[::1]/tsr", "an address inside"),
            ("https://[::ffff:10.1.2.3]/tsr", "an address inside"),
            ("https://224.0.0.1/tsr", "an address inside"),
            ("https://localhost/tsr", "an address inside"),
            (f"https://{'a' * 70}.example/tsr", "Nobody knows where"),
        ],
    )
    def test_is_never_inside_and_never_in_the_clear(
        self, monkeypatch: pytest.MonkeyPatch, settings: LazySettings, url: str, why: str
    ) -> None:
        def never(*_: object, **__: object) -> None:
            raise AssertionError("asked")

        monkeypatch.setattr(requests.Session, "post", never)
        settings.TSA_URL, settings.DEBUG = url, False
        with pytest.raises(TimeStampFailed, match=why):
            stamp_over(b"a note")

    def test_is_somewhere_when_nobody_listens(self, settings: LazySettings) -> None:
        settings.TSA_URL, settings.DEBUG = "http://127.0.0.1:1/tsr", True
        with pytest.raises(TimeStampFailed, match="ConnectionError"):
            stamp_over(b"a note")

    def test_is_nowhere_by_itself(self, project: Project) -> None:
        (job,) = write_due_checkpoints(moment=tomorrow())
        assert job.kind == "record-mail"
        assert ask_for_time_stamps([note_of(project)]) == []
