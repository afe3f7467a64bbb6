"""The command says which records hold, for people and for programs, and with its exit code."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from governance.choices import RecordKind
from governance.models import (
    Checkpoint,
    Project,
    RecordCheck,
    RecordEntry,
    RecordText,
    Signoff,
)
from governance.record import guards
from governance.record.checkpoints import checkpoint_of
from governance.record.log import Deed, append
from tests.factories import make_organisation, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    """Return a project with a log of three entries and a checkpoint."""
    project = make_project(organisation=make_organisation(), slug="upgrade")
    append(Deed(kind=RecordKind.EXPORTED, actor=None), project=project)
    checkpoint_of(append(Deed(kind=RecordKind.EXPORTED, actor=None), project=project).head)
    return project


def run_command(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """Return the exit code and what was printed."""
    try:
        call_command("verify_record", *map(str, words))
    except SystemExit as ended:
        return int(str(ended.code)), capsys.readouterr().out
    return 0, capsys.readouterr().out


def change_it(project: Project) -> None:
    """Change an entry as somebody who owns the database."""
    guards.take_away(connection)
    RecordEntry.objects.filter(project=project, seq=1).update(kind="DECIDED")
    guards.put_back(connection)


class TestVerifyRecord:
    def test_says_that_a_record_is_sound(
        self, project: Project, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, text = run_command(capsys)
        size = RecordEntry.objects.count()
        assert (code, text) == (0, f"{project.organisation.slug}/upgrade: sound, {size} entries\n")

    def test_leaves_with_one_and_says_why(
        self, project: Project, capsys: pytest.CaptureFixture[str]
    ) -> None:
        change_it(project)
        code, text = run_command(capsys, "--project", "upgrade")
        assert code == 1
        assert "upgrade: UNSOUND: entry 1: its row has another kind than its body" in text

    def test_tells_a_program(self, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
        change_it(project)
        make_project(organisation=make_organisation(), slug="other")
        code, text = run_command(capsys, "--format", "json")
        report = json.loads(text)
        assert (code, report["is_sound"]) == (1, False)
        told = {each["slug"].partition("/")[2]: each for each in report["projects"]}
        assert told["upgrade"]["reason"] == "entry 1: its row has another kind than its body"
        assert told["upgrade"]["findings"] == [told["upgrade"]["reason"]]
        assert told["other"]["is_sound"]

    def test_holds_the_record_against_a_file_kept_outside(
        self, project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "kept.txt"
        file.write_text(Checkpoint.objects.get().note)
        assert run_command(capsys, "--against", file)[0] == 0
        guards.take_away(connection)
        RecordCheck.objects.all().delete()
        Checkpoint.objects.all().delete()
        RecordText.objects.all().delete()
        project.record_head.delete()
        RecordEntry.objects.all().delete()
        guards.put_back(connection)
        code, text = run_command(capsys, "--against", file)
        assert (code, "no project here has this log" in text) == (1, True)

    @pytest.mark.parametrize("content", ["", "hello", "c2sp.org/tlog-proof@v1\n"])
    def test_refuses_a_file_that_proves_nothing(
        self, project: Project, tmp_path: Path, content: str
    ) -> None:
        file = tmp_path / "kept.txt"
        file.write_text(content)
        with pytest.raises(CommandError, match="neither a checkpoint nor a receipt"):
            call_command("verify_record", "--against", str(file))

    def test_writes_nothing_into_the_record(self, project: Project) -> None:
        before = RecordEntry.objects.count()
        call_command("verify_record")
        assert (RecordEntry.objects.count(), Signoff.objects.count()) == (before, 0)
