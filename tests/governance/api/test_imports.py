"""Handing in files."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from governance.models import ImportRun, Job
from tests.people import Cast, make_cast
from tests.wire import API, Caller, problem_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings: Settings, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    return make_cast()


def hand_in(caller: Caller, cast: Cast, *, content: bytes = b"a,b\n1,2\n", **fields: Any) -> Any:
    file = SimpleUploadedFile("../runs.csv", content)
    return caller.client.post(
        f"{API}projects/{cast.project.public_id}/imports/",
        {"file": file, "kind": "executions"} | fields,
        headers={"Authorization": f"Bearer {caller.secret}"},
    )


class TestImportList:
    def test_keeps_the_file_and_asks_for_its_import(self, cast: Cast) -> None:
        caller = Caller.of(cast.project_manager)
        answer = hand_in(caller, cast, dry_run="true", options='{"dates": "dmy"}')
        assert answer.status_code == 202, answer.content
        run = ImportRun.objects.get()
        assert (run.actor, run.dry_run, run.options) == (
            cast.project_manager,
            True,
            {"dates": "dmy"},
        )
        assert run.project == cast.project
        assert Job.objects.get().kind == "import"
        assert answer.json()["file"] == "runs.csv"
        assert caller.get(answer["Location"].removeprefix(API)).json()["state"] == "PENDING"

    def test_lists_the_newest_first(self, cast: Cast) -> None:
        caller = Caller.of(cast.project_manager)
        ids = [hand_in(caller, cast).json()["id"] for _ in range(2)]
        listed = caller.get(f"projects/{cast.project.public_id}/imports/?state=PENDING").json()
        assert [row["id"] for row in listed["results"]] == ids[::-1]

    @pytest.mark.parametrize("who", ["consultant", "auditor", "business_user"])
    def test_takes_files_from_the_clients_leads_only(self, cast: Cast, who: str) -> None:
        answer = hand_in(Caller.of(getattr(cast, who)), cast)
        assert answer.status_code == 403
        assert "does not import" in problem_of(answer)["detail"]
        assert not ImportRun.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "pointer"),
        [
            ({"options": "{"}, "#/options"),
            ({"options": "[1]"}, "#/options"),
            ({"options": '{"pass_mark": 1e400}'}, "#/options"),
            ({"options": '{"pass_mark": NaN}'}, "#/options"),
            ({"options": '{"starts": {"a\\ud800": "2026-10-01"}}'}, "#/options"),
            ({"options": '{"starts": {"a\\u0000": "2026-10-01"}}'}, "#/options"),
            ({"options": "[" * 500}, "#/options"),
            ({"dry_run": "perhaps"}, "#/dry_run"),
            ({"project": "another"}, "#/project"),
            ({"content": b""}, "#/file"),
        ],
    )
    def test_points_at_what_is_wrong(
        self, cast: Cast, fields: dict[str, Any], pointer: str
    ) -> None:
        answer = hand_in(Caller.of(cast.project_manager), cast, **fields)
        assert answer.status_code == 422
        assert [each["pointer"] for each in problem_of(answer)["errors"]] == [pointer]

    @pytest.mark.parametrize(
        "fields",
        [{"kind": "whatever"}, {"kind": "portfolio"}, {"options": json.dumps({"sign": True})}],
    )
    def test_says_what_the_service_refused(self, cast: Cast, fields: dict[str, Any]) -> None:
        answer = hand_in(Caller.of(cast.project_manager), cast, **fields)
        assert answer.status_code == 422
        assert not ImportRun.objects.exists()
