"""The partner's share on the command line: for people, and for programs."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from time_machine import TimeMachineFixture

from tests.factories import NOW, make_run, make_scenario
from tests.people import Cast, make_cast
from tests.questions import make_assumption

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(time_machine: TimeMachineFixture) -> Cast:
    """Return a project in which a partner ran and assumed."""
    found = make_cast()
    at = NOW - timedelta(days=10)
    scenario = make_scenario(project=found.project)
    for affiliation in ("CLIENT", "PARTNER", "PARTNER"):
        make_run(scenario=scenario, affiliation=affiliation, executed_at=at)
    make_assumption(project=found.project, raised_at=at, recorded_at=at)
    time_machine.move_to(NOW, tick=False)
    return found


def printed(*words: str) -> str:
    out = StringIO()
    call_command("vendor_dependency", *words, stdout=out)
    return out.getvalue()


class TestVendorDependency:
    def test_gives_programs_every_area_with_its_bounds(self, cast: Cast) -> None:
        body = json.loads(printed("--project", cast.project.slug, "--format", "json"))
        areas = {row["part"]: row for row in body["parts"]}
        runs = areas["RUNS"]
        assert (runs["done"], runs["due"], runs["percent"]) == (2, 3, "66.6")
        assert (runs["band"], runs["watch_above"], runs["high_above"]) == ("HIGH", 10, 25)
        assert areas["TRIAGE"]["percent"] is None
        assert (areas["TRIAGE"]["band"], body["band"]) == ("NONE", "HIGH")
        assert body["assumptions"]["debt"] == 10
        assert len(body["months"]) == 12

    def test_gives_people_a_line_for_each_area(self, cast: Cast) -> None:
        text = printed("--project", cast.project.slug)
        assert "Test runs" in text
        assert "66.6 % (2 of 3)" in text
        assert "1 assumptions wait for an owner, 1 of them too long; debt 10 days" in text

    def test_refuses_a_project_that_is_not_there(self, cast: Cast) -> None:
        with pytest.raises(CommandError, match="no project"):
            printed("--project", "nowhere")
