"""The command line imports, reports and says no with an exit code."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from governance.management.commands import import_facts
from governance.models import ImportRun, Job, Person, Project
from governance.services import attachments
from tests.factories import make_organisation, make_project
from tests.importing import FIXTURES, bundle_of
from training.imports.roster import RosterImport
from training.models import TrainingRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project(organisation=make_organisation(), slug="upgrade")


def run_command(
    capsys: pytest.CaptureFixture[str], *words: object, **options: Any
) -> tuple[int, str]:
    """Return the exit code and what was printed."""
    try:
        call_command("import_facts", *map(str, words), **options)
    except SystemExit as ended:
        return int(str(ended.code)), capsys.readouterr().out
    return 0, capsys.readouterr().out


class TestImportFacts:
    def test_imports_and_says_so(
        self, project: Project, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = FIXTURES / "roster.csv"
        code, text = run_command(capsys, "roster", path, "--project", "upgrade")
        assert (code, text.splitlines()[0]) == (
            0,
            "2 rows taken, 0 there already, 0 left out.",
        )
        assert "  people: 2" in text
        assert Person.objects.filter(project=project).count() == 2
        assert Job.objects.get().state == "DONE"

    def test_reports_every_row_as_json(
        self, project: Project, capsys: pytest.CaptureFixture[str]
    ) -> None:
        address = f"{project.organisation.slug}/upgrade"
        words = ("auto", FIXTURES / "runs.csv", "--project", address, "--format", "json")
        code, text = run_command(capsys, *words, "--dry-run")
        report = json.loads(text)
        assert code == 1
        assert (report["kind"], report["state"], report["dry_run"]) == (
            "executions",
            "CHECKED",
            True,
        )
        assert (report["taken"], report["unchanged"]) == (4, 0)
        (refused,) = report["refused"]
        assert (refused["row"], refused["value"]) == (5, "T-04")
        assert set(refused) == {"file", "row", "column", "value", "reason", "remedy"}
        assert report["skipped"] == [{"file": "runs.csv", "row": 7, "reason": "a total, not data"}]
        assert report["counts"]["executions"] == 3
        code, text = run_command(capsys, *words, "--skip-refused")
        assert (code, json.loads(text)["state"]) == (0, "DONE")

    def test_names_refused_rows_in_words(
        self, project: Project, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = FIXTURES / "runs.csv"
        code, text = run_command(capsys, "executions", path, "--project", "upgrade")
        assert code == 1
        assert "refused  runs.csv row 5, (whole row): “T-04” has 13 fields" in text
        assert "left out, a total, not data: 1" in text

    def test_shortens_a_long_list(
        self, project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "roster.csv"
        path.write_text("Person ID,Name\n" + "".join(f"{n},\n" for n in range(25)))
        _, text = run_command(capsys, "roster", path, "--project", "upgrade")
        assert "… and 5 more; --format json lists them all" in text

    def test_takes_a_folder(self, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
        words = ("training", FIXTURES / "modules", "--project", "upgrade")
        starts = ("--start", "2025B=2025-02-01", "--start", "2025-10-01", "--pass-mark", "50")
        code, text = run_command(capsys, *words, *starts, "--dates", "dmy")
        assert (code, "14 rows taken" in text) == (0, True)
        assert TrainingRecord.objects.filter(project=project).count() == 6

    def test_makes_a_portfolio(self, capsys: pytest.CaptureFixture[str]) -> None:
        client = make_organisation()
        path = FIXTURES / "portfolio_rows.csv"
        words = ("portfolio", path, "--organisation", client.slug, "--year", "2025")
        code, _ = run_command(capsys, *words, "--affiliation", "UNKNOWN")
        assert (code, client.projects.count()) == (0, 3)

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            (("roster", "nowhere.csv", "--project", "upgrade"), "Cannot read nowhere.csv"),
            (("roster", FIXTURES / "roster.csv", "--project", "gone"), "There is no project gone"),
            (
                ("portfolio", FIXTURES / "roster.csv", "--organisation", "gone"),
                "There is no organisation gone",
            ),
            (("portfolio", FIXTURES / "roster.csv", "--project", "upgrade"), "A portfolio makes"),
        ],
    )
    def test_says_what_is_wrong_with_the_words(
        self, words: tuple[object, ...], why: str, project: Project
    ) -> None:
        with pytest.raises(CommandError, match=why):
            call_command("import_facts", *map(str, words))

    def test_asks_which_client_when_two_have_the_project(self, project: Project) -> None:
        make_project(slug="upgrade")
        with pytest.raises(CommandError, match="Write CLIENT/upgrade"):
            call_command(
                "import_facts", "roster", str(FIXTURES / "roster.csv"), "--project", "upgrade"
            )

    def test_refuses_a_folder_without_tables(self, project: Project, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="There is no table"):
            call_command("import_facts", "roster", str(tmp_path), "--project", "upgrade")

    def test_refuses_a_file_that_is_too_large(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(import_facts, "LARGEST_FILE", 10)
        with pytest.raises(CommandError, match="is larger than"):
            call_command(
                "import_facts", "roster", str(FIXTURES / "roster.csv"), "--project", "upgrade"
            )

    def test_reports_a_file_nobody_can_read_as_json_too(
        self, project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes(b"%PDF-1.7")
        words = ("auto", path, "--project", "upgrade", "--format", "json")
        code, text = run_command(capsys, *words)
        report = json.loads(text)
        assert (code, report["state"], report["message"][:14]) == (1, "REFUSED", "This is a PDF.")
        assert set(report) == {
            "kind",
            "state",
            "message",
            "dry_run",
            "taken",
            "unchanged",
            "refused",
            "skipped",
            "counts",
        }

    def test_hides_a_fault_of_ours_and_writes_nothing(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(self: RosterImport, *_: object) -> None:
            Person.objects.create(
                organisation=project.organisation, project=project, external_id="1", name="Ada"
            )
            raise RuntimeError("a secret detail")

        monkeypatch.setattr(RosterImport, "write", fail)
        with pytest.raises(CommandError, match="unexpected RuntimeError; nothing was written"):
            call_command(
                "import_facts", "roster", str(FIXTURES / "roster.csv"), "--project", "upgrade"
            )
        assert not Person.objects.exists()
        assert (ImportRun.objects.get().state, Job.objects.get().state) == ("FAILED", "FAILED")

    def test_packs_the_same_folder_to_the_same_bytes(self) -> None:
        first = import_facts._content_of(FIXTURES / "modules")
        assert first == import_facts._content_of(FIXTURES / "modules")
        assert len(first) < attachments.LARGEST_FILE
        assert first[:2] == bundle_of(a_csv=b"")[:2]
