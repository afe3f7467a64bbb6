"""Latency, exposure and debt on the command line: for people, for programs, and for a past day."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from time_machine import TimeMachineFixture

from governance.choices import DependentKind
from governance.models import Dependency
from tests.factories import NOW, make_scenario
from tests.people import Cast, make_cast
from tests.questions import decide, make_assumption, make_decision

pytestmark = pytest.mark.django_db
AT = NOW - timedelta(days=10)


@pytest.fixture
def cast(time_machine: TimeMachineFixture) -> Cast:
    """Return a project with one decision taken after four days and one open for ten."""
    found = make_cast()
    known: dict[str, Any] = {"project": found.project, "raised_at": AT, "recorded_at": AT}
    four = AT + timedelta(days=4)
    decide(make_decision(**known), by=found.sponsor, at=four, recorded_at=four)
    waiting = make_decision(**known)
    make_scenario(project=found.project, code="S-1", recorded_at=AT)
    make_scenario(project=found.project, code="S-2", recorded_at=AT)
    Dependency.objects.create(
        organisation=found.client,
        project=found.project,
        decision=waiting,
        kind=DependentKind.SCENARIO,
        code="S-1",
        noted_at=AT,
        recorded_at=AT,
    )
    make_assumption(**known)
    time_machine.move_to(NOW, tick=False)
    return found


def printed(*words: str) -> str:
    """Return what the command says."""
    out = StringIO()
    call_command("decisions", *words, stdout=out)
    return out.getvalue()


class TestDecisions:
    def test_gives_programs_latency_exposure_and_debt(self, cast: Cast) -> None:
        body = json.loads(printed("--project", cast.project.slug, "--format", "json"))
        latency, exposure = body["latency"], body["exposure"]
        assert (latency["open"], latency["decided"]) == (1, 1)
        assert (latency["p50_days"], latency["p80_days"]) == ("4.0", "10.0")
        assert latency["open_by_age"] == {
            "up_to_5": 0, "up_to_10": 1, "up_to_20": 0, "over_20": 0
        }  # fmt: skip
        assert (exposure["all"]["scenarios"], exposure["scenarios_left"]) == (1, 2)
        assert [row["days"] for row in exposure["decisions"]] == [10]
        assert body["debt"]["debt"] == 10

    def test_says_what_was_known_at_the_end_of_a_day(self, cast: Cast) -> None:
        day = (AT + timedelta(days=2)).date().isoformat()
        words = ("--project", cast.project.slug, "--as-of", day, "--format", "json")
        body = json.loads(printed(*words))
        assert (body["latency"]["open"], body["latency"]["decided"]) == (2, 0)
        assert body["as_of"].startswith(day)

    def test_takes_today_as_now(self, cast: Cast) -> None:
        words = ("--project", cast.project.slug, "--as-of", NOW.date().isoformat())
        assert "1 of 2 decisions are open" in printed(*words)

    def test_gives_people_lines(self, cast: Cast) -> None:
        text = printed("--project", cast.project.slug)
        assert "half are made within 4.0 days, four of five within 10.0" in text
        assert "1 of 2 scenarios that have to pass wait" in text
        assert "debt 10 days" in text

    @pytest.mark.parametrize(
        ("moment", "sentence"), [("soon", "is no day"), ("2031-01-01", "in the future")]
    )
    def test_refuses_what_is_no_day_or_has_not_come(
        self, cast: Cast, moment: str, sentence: str
    ) -> None:
        with pytest.raises(CommandError, match=sentence):
            printed("--project", cast.project.slug, "--as-of", moment)
