"""The command line undoes an import, or says what builds on it."""

import json

import pytest
from django.core.management import CommandError, call_command

from governance.models import ImportRun, ImportUndo, Person, Project
from tests.factories import make_project
from tests.importing import import_content

pytestmark = pytest.mark.django_db
ROSTER = b"Person ID,Name\n7,Ada\n"


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def run(project: Project) -> ImportRun:
    return import_content(ROSTER, project=project)[0]


class TestUndoImport:
    def test_voids_the_rows(
        self, project: Project, run: ImportRun, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("undo_import", str(run.public_id), reason="Wrong file.")
        said = capsys.readouterr().out
        assert said.startswith("Undone; nothing was deleted")
        assert "person: 1" in said
        assert ImportUndo.objects.get().undone_by is None
        assert not Person.objects.filter(project=project).exists()

    def test_reports_for_programs(self, run: ImportRun, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("undo_import", str(run.public_id), "--format=json", reason="Wrong file.")
        report = json.loads(capsys.readouterr().out)
        assert (report["import"], report["voided"]) == (str(run.public_id), {"person": 1})

    def test_lists_what_builds_on_it(self, project: Project, run: ImportRun) -> None:
        import_content(ROSTER.replace(b"Ada", b"Ada Young"), project=project)
        with pytest.raises(CommandError, match=r"so it stays(.|\n)*changed since(.|\n)*Ada Young"):
            call_command("undo_import", str(run.public_id), reason="Wrong file.")

    @pytest.mark.parametrize("name", ["nothing", "9ff1620d-5907-4f5c-bfa6-04bbb0425140"])
    def test_knows_no_such_import(self, name: str) -> None:
        with pytest.raises(CommandError, match="There is no import"):
            call_command("undo_import", name, reason="Wrong file.")
