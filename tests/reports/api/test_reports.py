"""Reports over REST."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from governance.models import Job
from readiness.models import Snapshot
from reports.models import Report
from tests.people import Cast, make_cast
from tests.wire import API, Caller, make_snapshot, problem_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 only for tests"


@pytest.fixture
def cast(settings: Settings, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    return make_cast()


def keep(snapshot: Snapshot) -> Report:
    return Report.objects.create(
        organisation_id=snapshot.organisation_id,
        project_id=snapshot.project_id,
        snapshot=snapshot,
        template_version="1",
        sha256=hashlib.sha256(PDF).hexdigest(),
        pages=1,
        size=len(PDF),
        content=ContentFile(PDF, name="report.pdf"),
    )


def address(cast: Cast, tail: str = "") -> str:
    return f"projects/{cast.project.public_id}/reports/{tail}"


class TestReportList:
    def test_has_the_newest_judgement_printed_once(self, cast: Cast) -> None:
        snapshot, caller = make_snapshot(project=cast.project), Caller.of(cast.sponsor)
        first, again = (caller.push(address(cast), {}) for _ in range(2))
        assert first.status_code == again.status_code == 202
        assert first.json()["id"] == again.json()["id"]
        job = Job.objects.get()
        assert job.payload["snapshot"] == str(snapshot.public_id)
        assert job.actor == cast.sponsor
        assert caller.get(first["Location"].removeprefix(API)).json()["state"] == "PENDING"

    def test_prints_the_one_that_is_named(self, cast: Cast) -> None:
        snapshot = make_snapshot(project=cast.project)
        body = {"snapshot": str(snapshot.public_id)}
        assert Caller.of(cast.sponsor).push(address(cast), body).status_code == 202

    def test_prints_in_the_language_that_is_named(self, cast: Cast) -> None:
        make_snapshot(project=cast.project)
        caller = Caller.of(cast.sponsor)
        assert caller.push(address(cast), {"language": "de"}).status_code == 202
        assert caller.push(address(cast), {}).status_code == 202
        assert [job.payload["language"] for job in Job.objects.order_by("id")] == ["de", "en"]

    def test_refuses_a_language_it_does_not_speak(self, cast: Cast) -> None:
        make_snapshot(project=cast.project)
        answer = Caller.of(cast.sponsor).push(address(cast), {"language": "tlh"})
        assert answer.status_code == 422
        assert problem_of(answer)["errors"][0]["pointer"] == "#/language"
        assert not Job.objects.exists()

    def test_prints_nothing_that_is_not_there(self, cast: Cast) -> None:
        foreign, caller = make_snapshot(project=cast.other_project), Caller.of(cast.sponsor)
        for body in ({}, {"snapshot": str(foreign.public_id)}, {"snapshot": "newest"}):
            answer = caller.push(address(cast), body)
            assert answer.status_code == 422
            assert problem_of(answer)["errors"][0]["pointer"] == "#/snapshot"
        assert not Job.objects.exists()

    def test_lists_what_is_kept(self, cast: Cast) -> None:
        report = keep(make_snapshot(project=cast.project))
        (row,) = Caller.of(cast.sponsor).get(address(cast)).json()["results"]
        assert (row["id"], row["sha256"]) == (str(report.public_id), report.sha256)
        assert row["language"] == "en"


class TestReportFile:
    def test_sends_the_kept_bytes(self, cast: Cast) -> None:
        report = keep(make_snapshot(project=cast.project))
        answer = Caller.of(cast.sponsor).get(address(cast, f"{report.public_id}/pdf/"))
        assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
        assert answer["ETag"] == f'"{report.sha256}"'
        assert "attachment" in answer["Content-Disposition"]

    def test_sends_nothing_that_was_changed(self, cast: Cast) -> None:
        report = keep(make_snapshot(project=cast.project))
        Path(report.content.path).write_bytes(b"another")
        answer = Caller.of(cast.sponsor).get(address(cast, f"{report.public_id}/pdf/"))
        assert answer.status_code == 409
        assert "changed" in problem_of(answer)["detail"]
