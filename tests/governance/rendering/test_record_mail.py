"""The letters of the record: byte for byte, to whom, and noted once they have left."""

import pytest
from django.core import mail
from django.utils import timezone

from governance.choices import AnchorKind, Role
from governance.models import Anchor, Checkpoint, Job, Project, RecordHead, User
from governance.record.checking import outside_of
from governance.rendering.record_mail import run_record_mail
from governance.services.anchoring import write_due_checkpoints
from governance.services.carrying import record_rows
from governance.services.jobs import JobRefused
from governance.services.record_checks import note_check
from governance.services.verifying import Outside, Verification, verify_records
from tests.factories import join, make_organisation, make_project, make_user
from tests.governance.services.test_anchoring import grow, tomorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    """Return a project with a sponsor, an administrator and a log."""
    admin = make_user(organisation=make_organisation(), name="Ada", is_administrator=True)
    project = make_project(organisation=admin.organisation, slug="orion", time_zone="UTC")
    sponsor = make_user(organisation=admin.organisation, name="Sponsor")
    join(project=project, user=sponsor, role=Role.SPONSOR)
    record_rows(project)
    grow(project)
    return project


class TestRunRecordMail:
    def test_sends_one_mail_that_a_verifier_takes_and_notes_it(self, project: Project) -> None:
        other = make_project(organisation=project.organisation, slug="vega")
        grow(other)
        (job,) = write_due_checkpoints(moment=tomorrow())
        run_record_mail(job, moment=timezone.now())
        (letter,) = mail.outbox
        assert sorted(letter.to) == sorted(
            User.objects.filter(name__in=["Ada", "Sponsor"]).values_list("email", flat=True)
        )
        for checkpoint in Checkpoint.objects.all():
            assert checkpoint.note in letter.body
        names = {str(name): content for name, content, _ in letter.attachments}
        heads = RecordHead.objects.select_related("project")
        assert set(names) == {f"{head.project.slug}-{head.size}.txt" for head in heads}
        outside = []
        for name, content in names.items():
            assert isinstance(content, bytes)
            anchor = outside_of(content)
            assert anchor is not None
            outside.append(Outside(name, anchor))
        assert all(each.is_sound for each in verify_records([project, other], outside=outside))
        assert Anchor.objects.filter(kind=AnchorKind.MAIL).count() == 2
        run_record_mail(job, moment=timezone.now())
        assert Anchor.objects.count() == 2

    def test_notes_nothing_when_it_was_not_sent(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise OSError

        (job,) = write_due_checkpoints(moment=tomorrow())
        monkeypatch.setattr("governance.rendering.record_mail.send_letter", fail)
        with pytest.raises(OSError):  # noqa: PT011
            run_record_mail(job, moment=timezone.now())
        assert not Anchor.objects.exists()

    def test_says_when_nobody_is_left_to_read_it(self, project: Project) -> None:
        (job,) = write_due_checkpoints(moment=tomorrow())
        User.objects.update(is_active=False)
        with pytest.raises(JobRefused, match="left to read"):
            run_record_mail(job, moment=timezone.now())

    def test_says_that_a_record_does_not_verify(self, project: Project) -> None:
        User.objects.filter(name="Ada").update(language="de")
        finding = "entry 1: its text was changed"
        found = Verification(project=project, size=2, findings=(finding, "more"))
        note_check(found, moment=timezone.now())
        run_record_mail(Job.objects.get(kind="record-mail"), moment=timezone.now())
        (letter,) = mail.outbox
        assert project.name in letter.subject
        assert finding in letter.body
        assert "more" not in letter.body.replace(finding, "")

    def test_refuses_a_letter_that_nobody_knows(self) -> None:
        with pytest.raises(JobRefused, match="Nobody knows"):
            run_record_mail(Job(kind="record-mail", key="x"), moment=timezone.now())
