import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from governance.models import Project
from reports.choices import Pressed
from reports.management.commands import render_report
from reports.models import Report
from reports.rendering import run
from reports.rendering.press import PressRefused
from tests.reports.figures import long_gate
from tests.reports.papers import make_judgement, make_upgrade


@pytest.fixture
def project(db: None) -> Project:
    """Return a judged project."""
    project = make_upgrade(slug="pumps")
    make_judgement(project, gates=[long_gate(3)])
    return project


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Press nothing: the press has its own tests."""
    monkeypatch.setattr(run, "press_pdf", lambda html, *, identifier: Pressed(b"%PDF-1.7", 7))


def printed(slug: str, output: Path) -> str:
    out = io.StringIO()
    call_command("render_report", project=slug, output=str(output), stdout=out)
    return out.getvalue()


class TestRenderReport:
    def test_writes_the_kept_report(self, project: Project, tmp_path: Path) -> None:
        output = tmp_path / "report.pdf"
        said = printed("pumps", output)
        report = Report.objects.get()
        assert output.read_bytes().startswith(b"%PDF-")
        assert f"{report.pages} pages" in said
        assert report.sha256 in said
        assert "2026-06-01: GO: all 3 criteria met" in said

    @pytest.mark.usefixtures("_quick")
    def test_writes_the_same_file_again(self, project: Project, tmp_path: Path) -> None:
        first, second = (printed("pumps", tmp_path / f"{name}.pdf") for name in "ab")
        assert first.replace("a.pdf", "b.pdf") == second
        assert Report.objects.count() == 1

    @pytest.mark.usefixtures("_quick")
    def test_prints_in_the_language_that_is_named(self, project: Project, tmp_path: Path) -> None:
        call_command(
            "render_report",
            project="pumps",
            output=str(tmp_path / "bericht.pdf"),
            language="de",
            stdout=io.StringIO(),
        )
        assert Report.objects.get().language == "de"

    def test_refuses_a_language_it_does_not_speak(self, project: Project) -> None:
        with pytest.raises(CommandError, match="invalid choice: 'tlh'"):
            call_command("render_report", "--project=pumps", "--output=x.pdf", "--language=tlh")

    @pytest.mark.usefixtures("_quick")
    def test_takes_client_and_slug_where_two_clients_use_it(
        self, project: Project, tmp_path: Path
    ) -> None:
        make_upgrade(slug="pumps")
        with pytest.raises(CommandError, match=rf"Use one of: .*{project.organisation.slug}/pumps"):
            printed("pumps", tmp_path / "report.pdf")
        printed(f"{project.organisation.slug}/pumps", tmp_path / "report.pdf")
        assert Report.objects.get().project == project

    def test_names_the_projects_there_are(self, project: Project, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match=r"no project 'mills'\. Known: pumps"):
            printed("mills", tmp_path / "report.pdf")

    def test_says_what_to_run_before_the_first_judgement(self, db: None, tmp_path: Path) -> None:
        make_upgrade(slug="mills")
        with pytest.raises(CommandError, match="evaluate_gates --project mills"):
            printed("mills", tmp_path / "report.pdf")

    def test_wants_a_file_in_a_folder_that_is_there(self, project: Project, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="is a folder; name a file"):
            printed("pumps", tmp_path)
        with pytest.raises(CommandError, match="does not exist; make it first"):
            printed("pumps", tmp_path / "nowhere" / "report.pdf")

    @pytest.mark.usefixtures("_quick")
    def test_says_when_the_file_cannot_be_written(
        self, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "write_bytes", full)
        with pytest.raises(CommandError, match="cannot be written: No space left"):
            printed("pumps", tmp_path / "report.pdf")

    def test_says_why_the_press_stopped(
        self, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(**_: object) -> None:
            raise PressRefused("The report took too long.")

        monkeypatch.setattr(render_report, "print_report", refuse)
        with pytest.raises(CommandError, match="The report took too long"):
            printed("pumps", tmp_path / "report.pdf")

    def test_explains_itself(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            call_command("render_report", "--help")
        said = capsys.readouterr().out
        assert "Print the executive readiness report of one project as a PDF." in said
        assert "manage.py render_report --project rhine-upgrade --output report.pdf" in said
