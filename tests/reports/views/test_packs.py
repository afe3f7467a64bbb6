"""The page of packs: everybody's own exports, and nobody else's."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from governance.choices import JobState
from governance.models import Attachment, Job, RecordEntry, User
from governance.services.jobs import JobRefused
from reports.exports.run import run_pack
from tests.factories import NOW
from tests.people import Cast, make_cast
from tests.wire import Caller

pytestmark = pytest.mark.django_db
LIST_QUERIES = 5


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def address(cast: Cast, name: str, *names: object) -> str:
    """Return where a page of packs is."""
    return reverse(f"reports:{name}", args=[cast.project.public_id, *names])


def exported(cast: Cast, user: User) -> Job:
    """Have the record exported by somebody, and do the job."""
    client = Client()
    client.force_login(user)
    client.post(address(cast, "pack-request"))
    job = Job.objects.get(kind="pack", actor=user)
    run_pack(job, moment=NOW)
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
    job.refresh_from_db()
    return job


class TestPacks:
    def test_are_made_once_however_often_they_are_asked_for(self, cast: Cast) -> None:
        client = Client()
        client.force_login(cast.sponsor)
        for _ in range(2):
            assert client.post(address(cast, "pack-request")).status_code == 302
        job = Job.objects.get(kind="pack")
        for _ in range(2):
            run_pack(job, moment=NOW)
        assert Attachment.objects.filter(project=cast.project).count() == 1

    def test_are_shown_with_both_files(
        self, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        job = exported(cast, cast.sponsor)
        client.force_login(cast.sponsor)
        client.get(address(cast, "pack-list"))
        with django_assert_num_queries(LIST_QUERIES):
            page = client.get(address(cast, "pack-list")).content.decode()
        assert str(job.payload["sha256"]) in page
        pack = client.get(address(cast, "pack-download", job.public_id))
        with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
            assert archive.namelist()[0] == "manifest.json"
        note = client.get(address(cast, "checkpoint-download", job.public_id))
        assert note.content.decode() == job.payload["checkpoint"]
        assert note["Content-Disposition"].endswith('.zip.checkpoint"')

    def test_say_what_to_do_before_the_first(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.auditor)
        page = client.get(address(cast, "pack-list")).content.decode()
        assert "Export the record now" in page
        assert "not exported anything yet" in page

    def test_ask_for_themselves_while_one_is_on_its_way(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.sponsor)
        client.post(address(cast, "pack-request"))
        moving = client.get(address(cast, "pack-list"), headers={"HX-Request": "true"})
        assert b'hx-trigger="every 2s"' in moving.content
        assert b"<html" not in moving.content

    def test_belong_to_whoever_exported_them(self, cast: Cast, client: Client) -> None:
        job = exported(cast, cast.sponsor)
        client.force_login(cast.project_manager)
        for name in ("pack-download", "checkpoint-download"):
            assert client.get(address(cast, name, job.public_id)).status_code == 404
        assert Caller.of(cast.project_manager).get(_rest(cast, job)).status_code == 404
        assert Caller.of(cast.sponsor).get(_rest(cast, job)).status_code == 200

    def test_are_closed_to_the_partner_and_to_strangers(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.consultant)
        assert client.get(address(cast, "pack-list")).status_code == 403
        assert client.post(address(cast, "pack-request")).status_code == 403
        client.force_login(cast.other_sponsor)
        assert client.get(address(cast, "pack-list")).status_code == 404
        assert not RecordEntry.objects.filter(project=cast.project, kind="EXPORTED").exists()

    def test_are_not_given_out_once_changed(self, cast: Cast, client: Client) -> None:
        job = exported(cast, cast.sponsor)
        kept = Attachment.objects.get(public_id=job.payload["file"])
        kept.content.storage.delete(str(kept.content.name))
        client.force_login(cast.sponsor)
        answer = client.get(address(cast, "pack-download", job.public_id), follow=True)
        assert "missing" in answer.content.decode()
        assert Caller.of(cast.sponsor).get(_rest(cast, job)).status_code == 409

    def test_are_refused_to_whoever_left_meanwhile(self, cast: Cast) -> None:
        client = Client()
        client.force_login(cast.auditor)
        client.post(address(cast, "pack-request"))
        User.objects.filter(pk=cast.auditor.pk).update(is_active=False)
        with pytest.raises(JobRefused):
            run_pack(Job.objects.get(kind="pack"), moment=NOW)
        assert not Attachment.objects.exists()


def _rest(cast: Cast, job: Job) -> str:
    return f"projects/{cast.project.public_id}/record/packs/{job.public_id}/zip/"
