"""Handing in files."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from governance.choices import Scope
from governance.models import ImportRun, Job, Person
from tests.importing import import_content
from tests.people import Cast, make_cast
from tests.wire import API, Caller, problem_of

pytestmark = pytest.mark.django_db
ROSTER = b"Person ID,Name\n7,Ada\n"


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
        assert "Files come in through" in problem_of(answer)["detail"]
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


class TestImportUndo:
    def undo(self, caller: Caller, cast: Cast, run: ImportRun, **body: Any) -> Any:
        path = f"projects/{cast.project.public_id}/imports/{run.public_id}/undo/"
        return caller.push(path, body)

    def test_voids_the_import_and_shows_it(self, cast: Cast) -> None:
        run, _ = import_content(ROSTER, project=cast.project)
        answer = self.undo(Caller.of(cast.project_manager), cast, run, reason="Wrong file.")
        assert answer.status_code == 200, answer.content
        undo = answer.json()["undo"]
        assert (undo["reason"], undo["undone_by"]) == ("Wrong file.", cast.project_manager.name)
        assert undo["voided"] == {"person": 1}
        assert not Person.objects.filter(project=cast.project).exists()
        again = self.undo(Caller.of(cast.project_manager), cast, run, reason="Once more.")
        assert again.status_code == 409
        assert "undone already" in problem_of(again)["detail"]

    def test_says_what_builds_on_it(self, cast: Cast) -> None:
        run, _ = import_content(ROSTER, project=cast.project)
        import_content(ROSTER.replace(b"Ada", b"Ada Young"), project=cast.project)
        answer = self.undo(Caller.of(cast.project_manager), cast, run, reason="Wrong file.")
        assert answer.status_code == 409
        assert "changed since. (Ada Young)" in problem_of(answer)["detail"]

    def test_wants_a_reason(self, cast: Cast) -> None:
        run, _ = import_content(ROSTER, project=cast.project)
        assert self.undo(Caller.of(cast.project_manager), cast, run).status_code == 422
        assert Person.objects.filter(project=cast.project).exists()

    @pytest.mark.parametrize(
        ("who", "status"), [("auditor", 403), ("consultant", 403), ("other_sponsor", 404)]
    )
    def test_is_for_those_who_import(self, cast: Cast, who: str, status: int) -> None:
        run, _ = import_content(ROSTER, project=cast.project)
        answer = self.undo(Caller.of(getattr(cast, who)), cast, run, reason="Wrong.")
        assert answer.status_code == status

    def test_wants_a_token_that_pushes(self, cast: Cast) -> None:
        run, _ = import_content(ROSTER, project=cast.project)
        caller = Caller.of(cast.project_manager, scopes=(Scope.READ,))
        assert self.undo(caller, cast, run, reason="Wrong.").status_code == 403


class TestColumnMappingList:
    def test_lists_what_was_said_about_columns(self, cast: Cast) -> None:
        foreign = b"Staff no,Who\n7,Ada\n"
        caller = Caller.of(cast.project_manager)
        mapped = json.dumps({"map": {"person": "Staff no", "name": "Who"}})
        answer = hand_in(caller, cast, content=foreign, kind="roster", options=mapped)
        assert answer.status_code == 202, answer.content
        import_content(foreign, project=cast.project, kind="roster", map=json.loads(mapped)["map"])
        path = f"projects/{cast.project.public_id}/column-mappings/"
        (row,) = caller.get(path).json()["results"]
        assert (row["kind"], row["headings"]) == ("roster", ["Staff no", "Who"])
        assert row["columns"] == {"person": "Staff no", "name": "Who"}
        assert Caller.of(cast.auditor).get(path).status_code == 200
        assert Caller.of(cast.other_sponsor).get(path).status_code == 404

    def test_shows_in_the_import_what_was_recognised(self, cast: Cast) -> None:
        run, _ = import_content(ROSTER, project=cast.project)
        path = f"projects/{cast.project.public_id}/imports/{run.public_id}/"
        (table,) = Caller.of(cast.auditor).get(path).json()["recognised"]
        assert (table["kind"], table["rows"], table["encoding"]) == ("roster", 1, "utf-8")
        assert table["columns"] == {"person": "Person ID", "name": "Name"}
