"""The partner's shares: whose each row is, in which month, and as it was known."""

from datetime import date, datetime, timedelta

import pytest

from governance.choices import Affiliation, DependentKind, Ruling
from governance.models import Assumption, AssumptionRuling, Dependency
from readiness.choices import PartnerArea, PartnerBand
from readiness.metrics.dependence import (
    dependence_of,
    partner_paper,
    waiting_assumptions,
)
from readiness.models import ReportedReading
from tests.factories import NOW, make_defect, make_process, make_run, make_scenario
from tests.people import Cast, make_cast
from tests.questions import decide, make_assumption, make_decision
from uat.querysets.retests import retests

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
BEFORE = NOW - timedelta(days=40)


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def part(cast: Cast, area: PartnerArea, *, as_of: datetime = NOW) -> tuple[int, int, int]:
    found = dependence_of(cast.project, as_of=as_of).parts[area]
    return found.done, found.due, found.unknown


def rule(assumption: Assumption, cast: Cast, ruling: Ruling, at: datetime) -> None:
    AssumptionRuling.objects.create(
        organisation=cast.client,
        project=cast.project,
        assumption=assumption,
        ruling=ruling,
        reason="No.",
        ruled_by=cast.process_owner,
        ruled_at=at,
        recorded_at=at,
    )


def old_assumption(cast: Cast, *, days: int, **fields: object) -> Assumption:
    at = NOW - timedelta(days=days)
    return make_assumption(project=cast.project, raised_at=at, recorded_at=at, **fields)


def rest_on(assumption: Assumption, code: str, *, at: datetime) -> None:
    Dependency.objects.create(
        organisation_id=assumption.organisation_id,
        project_id=assumption.project_id,
        assumption=assumption,
        kind=DependentKind.SCENARIO,
        code=code,
        noted_at=at,
        recorded_at=at,
    )


class TestDependenceOf:
    def test_is_nothing_to_measure_without_a_row(self, cast: Cast) -> None:
        found = dependence_of(cast.project, as_of=NOW)
        assert found.band is PartnerBand.NONE
        assert {each.due for each in found.parts.values()} == {0}

    def test_counts_the_newest_outcome_of_a_decision(self, cast: Cast) -> None:
        taken = make_decision(project=cast.project, raised_at=BEFORE)
        partners = {"decided_affiliation": Affiliation.PARTNER, "recorded_at": BEFORE}
        decide(taken, by=cast.consultant, at=BEFORE, **partners)
        assert part(cast, PartnerArea.DECISIONS) == (1, 1, 0)
        decide(taken, by=cast.sponsor, at=BEFORE + timedelta(hours=1), recorded_at=BEFORE)
        assert part(cast, PartnerArea.DECISIONS) == (0, 1, 0)

    def test_counts_partners_assumptions_until_an_owner_rules(self, cast: Cast) -> None:
        first = old_assumption(cast, days=40)
        old_assumption(cast, days=2)
        old_assumption(cast, days=2, made_affiliation=Affiliation.CLIENT)
        assert part(cast, PartnerArea.ASSUMPTIONS) == (2, 2, 0)
        rule(first, cast, Ruling.RATIFIED, NOW - timedelta(days=1))
        assert part(cast, PartnerArea.ASSUMPTIONS) == (1, 2, 0)
        earlier = NOW - timedelta(days=2)
        assert part(cast, PartnerArea.ASSUMPTIONS, as_of=earlier) == (2, 2, 0)

    def test_counts_runs_by_whoever_made_them(self, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        for affiliation in ("CLIENT", "CLIENT", "PARTNER", "UNKNOWN"):
            make_run(scenario=scenario, affiliation=affiliation, executed_at=BEFORE)
        assert part(cast, PartnerArea.RUNS) == (1, 4, 1)

    def test_counts_triaged_defects_alone(self, cast: Cast) -> None:
        at = {"raised_at": BEFORE, "recorded_at": BEFORE}
        make_defect(project=cast.project, **at)
        for affiliation in ("PARTNER", "CLIENT", ""):
            make_defect(
                project=cast.project, triage="CONFIG", triaged_affiliation=affiliation, **at
            )
        assert part(cast, PartnerArea.TRIAGE) == (1, 3, 1)

    def test_takes_the_newest_report_of_support(self, cast: Cast) -> None:
        for days, done in ((9, 30), (2, 10)):
            at = NOW - timedelta(days=days)
            ReportedReading.objects.create(
                organisation=cast.client,
                project=cast.project,
                metric="sup.vendor_share",
                done=done,
                due=40,
                source_system="Desk",
                reporter=cast.project_manager,
                reported_at=at,
                recorded_at=at,
                ttl_days=7,
            )
        assert part(cast, PartnerArea.SUPPORT) == (10, 40, 0)

    def test_tells_the_months_apart_in_the_zone_of_the_project(self, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        first = NOW.date().replace(day=1)
        month_before = (first - timedelta(days=1)).replace(day=1)
        make_run(scenario=scenario, affiliation="PARTNER", executed_at=BEFORE)
        make_run(scenario=scenario, executed_at=NOW - timedelta(minutes=1))
        months = dependence_of(cast.project, as_of=NOW).months
        runs = {month: parts[PartnerArea.RUNS].due for month, parts in months.items()}
        assert len(runs) == 12
        assert runs[first] == 1
        assert sum(runs.values()) == 2
        assert runs[date(BEFORE.year, BEFORE.month, 1)] == 1
        assert month_before in runs

    def test_keeps_of_a_month_what_nobody_had_ruled_on_at_its_end(self, cast: Cast) -> None:
        rule(old_assumption(cast, days=40), cast, Ruling.RATIFIED, NOW - timedelta(minutes=1))
        months = dependence_of(cast.project, as_of=NOW).months
        made = date(BEFORE.year, BEFORE.month, 1)
        then, now = (
            months[month][PartnerArea.ASSUMPTIONS] for month in (made, NOW.date().replace(day=1))
        )
        assert (then.done, then.due) == (1, 1)
        assert (now.done, now.due) == (0, 1)

    def test_leaves_other_projects_alone(self, cast: Cast) -> None:
        make_run(scenario=make_scenario(project=cast.other_project), executed_at=BEFORE)
        assert part(cast, PartnerArea.RUNS) == (0, 0, 0)


class TestWaitingAssumptions:
    def test_owes_age_times_what_rests_on_it(self, cast: Cast) -> None:
        assumption = old_assumption(cast, days=10)
        assumption.blocked_processes.set([make_process(project=cast.project)])
        rest_on(assumption, "S-1", at=BEFORE)
        rest_on(assumption, "S-2", at=BEFORE)
        row = waiting_assumptions(project_ids=[cast.project.pk], as_of=NOW)[cast.project.pk][0]
        assert (row.days, row.dependants, row.debt, row.is_overdue) == (10, 3, 30, True)

    def test_counts_at_least_one_where_nobody_said_what_rests_on_it(self, cast: Cast) -> None:
        old_assumption(cast, days=3)
        row = waiting_assumptions(project_ids=[cast.project.pk], as_of=NOW)[cast.project.pk][0]
        assert (row.dependants, row.debt, row.is_overdue) == (1, 3, False)

    def test_owes_nothing_once_ruled_on(self, cast: Cast) -> None:
        rule(old_assumption(cast, days=10), cast, Ruling.REJECTED, NOW - timedelta(days=1))
        assert waiting_assumptions(project_ids=[cast.project.pk], as_of=NOW) == {}


class TestRetests:
    def test_wants_a_run_by_the_business_after_the_ruling(self, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project, code="S-1", recorded_at=BEFORE)
        make_run(scenario=scenario, executed_at=BEFORE)
        assumption = old_assumption(cast, days=40, code="A-9")
        rest_on(assumption, "S-1", at=BEFORE)
        ids = [cast.project.pk]
        assert retests(project_ids=ids, as_of=NOW) == []
        ruled = NOW - timedelta(days=5)
        rule(assumption, cast, Ruling.REJECTED, ruled)
        row = retests(project_ids=ids, as_of=NOW)[0]
        assert (row.assumption_code, row.code) == ("A-9", "S-1")
        assert row.scenario_id == str(scenario.public_id)
        make_run(scenario=scenario, affiliation="PARTNER", executed_at=ruled + timedelta(days=1))
        assert len(retests(project_ids=ids, as_of=NOW)) == 1
        make_run(scenario=scenario, executed_at=ruled + timedelta(days=2))
        assert retests(project_ids=ids, as_of=NOW) == []
        assert len(retests(project_ids=ids, as_of=ruled + timedelta(days=1))) == 1


class TestPartnerPaper:
    def test_says_what_waits_and_what_is_too_much(self, cast: Cast) -> None:
        old_assumption(cast, days=10)
        ids = [cast.project.pk, cast.other_project.pk]
        found = partner_paper(project_ids=ids, as_of=NOW)
        assert found == {
            cast.project.pk: {
                "assumptions": 1,
                "debt": 10,
                "rework": 0,
                "shares": [{"area": "ASSUMPTIONS", "done": 1, "due": 1, "band": "HIGH"}],
            }
        }
