"""Judging by hand: what a newcomer reads, and what a program reads."""

import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from governance.choices import Phase
from governance.models import Project
from readiness.models import Snapshot
from tests.factories import make_organisation, make_project

pytestmark = pytest.mark.django_db
NOW = datetime(2100, 6, 1, 9, 0, tzinfo=UTC)


def run(*args: str) -> str:
    """Run the command at NOW and return what it prints."""
    out = io.StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("evaluate_gates", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def project() -> Project:
    """Return one client's project."""
    client = make_organisation(name="Northwind Mills")
    return make_project(
        organisation=client, name="Mill upgrade", slug="mill", go_live_date=date(2100, 7, 13)
    )


class TestCommand:
    def test_shows_the_verdict_of_each_gate_and_what_is_not_met(self, project: Project) -> None:
        lines = run("--project", "mill").splitlines()
        assert lines[0] == (
            "Northwind Mills: Mill upgrade, judged 2100-06-01, T-42 (go-live 2100-07-13)"
        )
        assert lines[1].startswith("  NO-GO: ")
        assert lines[2].startswith("  G1 Design exit: NO-GO: ")
        assert "     NOT_REPORTED   DX-03   Nobody has reported this yet" in lines
        assert lines[-1].startswith("  G7 Hypercare exit: NOT OPEN: opens on 27 July 2100")

    def test_gives_a_program_the_judgement_as_it_is_stored(self, project: Project) -> None:
        found = json.loads(run("--project", f"{project.organisation.slug}/mill", "--format=json"))
        assert found == json.loads(Snapshot.objects.get().body)
        assert found["verdict"] == "NO_GO"
        assert {gate["key"]: gate["verdict"] for gate in found["gates"]}["G7"] == "NOT_OPEN"

    def test_judges_every_open_project_when_none_is_named(self, project: Project) -> None:
        make_project(name="Other", go_live_date=None)
        make_project(name="Done", phase=Phase.CLOSED)
        found = json.loads(run("--format", "json"))
        assert [each["project"]["name"] for each in found] == ["Mill upgrade", "Other"]
        assert "Other, judged 2100-06-01, no go-live date" in run()

    def test_judges_a_past_moment_and_shows_it_again_when_asked_again(
        self, project: Project
    ) -> None:
        for _ in range(2):
            text = run("--project", "mill", "--as-of", "2100-05-01T01:00:00+02:00")
            assert "judged 2100-04-30, T-74" in text
        snapshot = Snapshot.objects.get()
        assert snapshot.trigger == "BACKFILL"
        assert snapshot.as_of == datetime(2100, 4, 30, 23, 0, tzinfo=UTC)

    def test_takes_a_bare_day_as_utc(self, project: Project) -> None:
        run("--as-of", "2100-05-01")
        assert Snapshot.objects.get().as_of == datetime(2100, 5, 1, tzinfo=UTC)

    def test_counts_on_after_go_live(self, project: Project) -> None:
        Project.objects.update(go_live_date=(NOW - timedelta(days=3)).date())
        assert "T+3 (go-live 2100-05-29)" in run()

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (["--project", "nothing"], "There is no project 'nothing'. Known: mill."),
            (["--as-of", "yesterday"], "'yesterday' is no moment. Write it like 2026-05-31"),
            (["--as-of", "2026-02-30"], "'2026-02-30' is no moment."),
            (["--as-of", "2101-01-01"], "2101-01-01 lies in the future"),
        ],
    )
    def test_says_what_is_wrong(self, project: Project, args: list[str], message: str) -> None:
        with pytest.raises(CommandError) as refused:
            run(*args)
        assert str(refused.value).startswith(message)
        assert not Snapshot.objects.exists()

    def test_asks_which_client_is_meant(self, project: Project) -> None:
        other = make_project(slug="mill")
        with pytest.raises(CommandError, match="names more than one project") as refused:
            run("--project", "mill")
        assert f"{other.organisation.slug}/mill" in str(refused.value)

    def test_names_the_project_that_cannot_be_judged_and_shows_the_others(
        self, project: Project, capsys: Any
    ) -> None:
        bad = make_project(name="Bad", time_zone="Mars/Olympus")
        with pytest.raises(CommandError, match="Bad: This project could not be judged"):
            run()
        assert Snapshot.objects.get().project == project
        with pytest.raises(CommandError, match="ZoneInfoNotFoundError"):
            run("--project", bad.slug, "--format", "json")

    def test_tells_a_newcomer_what_to_do_first(self) -> None:
        assert run() == "There is no project to judge yet. Make one, or try: manage.py load_demo\n"
        with pytest.raises(CommandError, match="Known: none yet"):
            run("--project", "mill")
