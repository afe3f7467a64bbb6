"""A run in the browser: what a tester enters, step by step, with a photo, once."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from governance.choices import Affiliation
from governance.models import Project, User
from tests.factories import NOW, make_run, make_scenario
from tests.people import Cast
from tests.uat.photographs import photograph
from tests.uat.views.asking import address, page_of
from uat.choices import ExecutionResult
from uat.models import Execution, Photo, Scenario, StepResult

ONCE = "abcdefghijklmnopqrstuv"
STEPS = "1. Find the order\n2. Change its date\n3. Print it"


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def record(client: Client, user: User, cast: Cast, scenario: Scenario, **fields: Any) -> Any:
    """Send the form of a run."""
    client.force_login(user)
    entered = {
        "result": "PASSED",
        "comment": "",
        "build": "1.6",
        "executed_at": "2026-06-01T08:30",
        "once": ONCE,
    }
    headers = fields.pop("headers", {})
    return client.post(address(cast, "run-add", scenario), entered | fields, headers=headers)


class TestRecordRun:
    def test_writes_what_the_tester_saw_in_the_projects_own_time(
        self, client: Client, cast: Cast
    ) -> None:
        Project.objects.filter(pk=cast.project.pk).update(time_zone="Europe/Oslo")
        scenario = make_scenario(project=cast.project)
        answer = record(client, cast.business_user, cast, scenario, executed_at="2026-06-01T10:30")
        assert answer["Location"] == address(cast, "scenario-detail", scenario)
        row = Execution.objects.get()
        assert row.executed_at == NOW - timedelta(minutes=30)
        assert (row.result, row.build, row.tester) == ("PASSED", "1.6", cast.business_user)
        scenario.refresh_from_db()
        assert scenario.latest_result == ExecutionResult.PASSED

    def test_starts_from_the_moment_and_the_newest_build(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        make_run(scenario=scenario, build="2.1")
        page = page_of(client, cast.business_user, address(cast, "run-add", scenario))
        assert 'value="2.1"' in page
        assert 'value="2026-06-01T09:00"' in page

    def test_counts_what_is_sent_twice_once(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        for _ in range(2):
            assert record(client, cast.business_user, cast, scenario).status_code == 302
        assert Execution.objects.count() == 1
        record(client, cast.business_user, cast, scenario, once=ONCE[::-1])
        assert Execution.objects.count() == 2

    def test_records_a_partners_run_and_never_counts_it(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        page = page_of(client, cast.consultant, address(cast, "run-add", scenario))
        assert "Your run is recorded and shown, and never counted" in page
        record(client, cast.consultant, cast, scenario)
        assert Execution.objects.get().affiliation == Affiliation.PARTNER
        scenario.refresh_from_db()
        assert scenario.latest_result == ""

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"result": ""}, "Say how the run ended, or how each step did."),
            ({"result": "GREAT"}, "Select a valid choice"),
            ({"result": "FAILED"}, "Say in the comment what went wrong."),
            ({"executed_at": "2026-06-01T09:01"}, "A run cannot lie in the future."),
            ({"executed_at": "2026-06-31T09:01"}, "Enter a valid date/time."),
            ({"build": "x" * 61}, "at most 60 characters"),
            ({"once": ""}, "Nothing was saved."),
            ({"step-1": "FAILED", "note-1": "Wrong"}, "has not passed."),
            ({"result": "", "step-1": "FAILED"}, "Say what went wrong in this step."),
            ({"note-1": "Odd"}, "Choose how this step ended."),
            ({"step-1": "PASSED_WITH_COMMENTS"}, "Select a valid choice"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, client: Client, cast: Cast, fields: dict[str, str], sentence: str
    ) -> None:
        scenario = make_scenario(project=cast.project)
        answer = record(client, cast.business_user, cast, scenario, **fields)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert fields.get("build", "1.6") in answer.content.decode()
        assert not Execution.objects.exists()

    def test_is_refused_to_an_auditor(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        assert record(client, cast.auditor, cast, scenario).status_code == 403
        assert not Execution.objects.exists()

    @pytest.mark.parametrize("name", ["stranger", "other_sponsor"])
    def test_is_not_there_for_strangers(self, client: Client, cast: Cast, name: str) -> None:
        scenario = make_scenario(project=cast.project)
        assert record(client, getattr(cast, name), cast, scenario).status_code == 404

    def test_says_that_a_scenario_without_steps_needs_a_result(
        self, client: Client, cast: Cast
    ) -> None:
        scenario = make_scenario(project=cast.project, steps="")
        answer = record(client, cast.business_user, cast, scenario, result="")
        assert answer.status_code == 422
        assert "This field is required." in answer.content.decode()
        assert "No steps and no expected" not in answer.content.decode()

    def test_takes_the_result_from_the_steps(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project, steps=STEPS)
        page = page_of(client, cast.business_user, address(cast, "run-add", scenario))
        assert "Step 3 of 3" in page
        assert "Step 2: how did it end?" in page
        steps = {
            "step-1": "PASSED",
            "step-2": "FAILED",
            "note-2": "The date jumps back",
            "step-3": "BLOCKED",
            "note-3": "No date, no print",
        }
        record(client, cast.business_user, cast, scenario, result="", **steps)
        row = Execution.objects.get()
        assert row.result == ExecutionResult.FAILED
        assert row.comment == "Step 2: The date jumps back\nStep 3: No date, no print"
        kept = StepResult.objects.order_by("number").values_list("instruction", "result", "comment")
        assert list(kept)[1] == ("Change its date", "FAILED", "The date jumps back")
        page = page_of(client, cast.auditor, address(cast, "scenario-detail", scenario))
        assert "2. Change its date" in page
        assert "The date jumps back" in page

    def test_leaves_a_run_open_whose_steps_are(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project, steps=STEPS)
        partly = {"result": "", "step-1": "PASSED"}
        answer = record(client, cast.business_user, cast, scenario, **partly)
        assert "Say how the run ended, or how each step did." in answer.content.decode()

    def test_tells_a_page_that_keeps_drafts_that_the_run_arrived(
        self, client: Client, cast: Cast
    ) -> None:
        scenario = make_scenario(project=cast.project)
        kept = {"X-Kept-On-Device": "1"}
        for _ in range(2):
            answer = record(client, cast.business_user, cast, scenario, headers=kept)
            assert answer.status_code == 201
            assert answer.json() == {"next": address(cast, "scenario-detail", scenario)}
        assert Execution.objects.count() == 1
        page = page_of(client, cast.business_user, answer.json()["next"])
        assert page.count("is on record.") == 1
        wrong = record(client, cast.business_user, cast, scenario, headers=kept, executed_at="")
        assert wrong.status_code == 422


class TestDownloadPhoto:
    def test_keeps_a_photo_made_anew_and_gives_it_to_who_sees_the_project(
        self, client: Client, cast: Cast, tmp_path: Path
    ) -> None:
        scenario = make_scenario(project=cast.project)
        sent = SimpleUploadedFile("../../order.jpg", photograph(told="at home"))
        assert record(client, cast.business_user, cast, scenario, photo=sent).status_code == 302
        photo = Photo.objects.get()
        assert photo.execution.evidence == f"sha256:{photo.sha256}"
        where = address(cast, "photo-download", photo)
        page = page_of(client, cast.auditor, address(cast, "scenario-detail", scenario))
        assert where in page
        answer = client.get(where)
        assert hashlib.sha256(answer.content).hexdigest() == photo.sha256
        assert b"at home" not in answer.content
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Content-Disposition"].startswith("attachment; filename=")
        assert "order" not in answer["Content-Disposition"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [
            photo.attachment.public_id.hex
        ]

    @pytest.mark.parametrize("name", ["stranger", "other_sponsor"])
    def test_is_not_there_for_strangers(self, client: Client, cast: Cast, name: str) -> None:
        scenario = make_scenario(project=cast.project)
        sent = SimpleUploadedFile("a.jpg", photograph())
        record(client, cast.business_user, cast, scenario, photo=sent)
        client.force_login(getattr(cast, name))
        assert client.get(address(cast, "photo-download", Photo.objects.get())).status_code == 404

    def test_is_not_there_once_the_file_is_another(
        self, client: Client, cast: Cast, tmp_path: Path
    ) -> None:
        scenario = make_scenario(project=cast.project)
        sent = SimpleUploadedFile("a.jpg", photograph())
        record(client, cast.business_user, cast, scenario, photo=sent)
        (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
        kept.write_bytes(b"something else")
        assert client.get(address(cast, "photo-download", Photo.objects.get())).status_code == 404
        kept.unlink()
        assert client.get(address(cast, "photo-download", Photo.objects.get())).status_code == 404

    def test_says_beside_the_field_that_it_is_no_photo(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        for content in (b"", b"no photo"):
            sent = SimpleUploadedFile("a.jpg", content)
            answer = record(client, cast.business_user, cast, scenario, photo=sent)
            assert answer.status_code == 422
            assert 'id="id_photo_error"' in answer.content.decode()
            assert "choose it again" in answer.content.decode()
        assert not Execution.objects.exists()
