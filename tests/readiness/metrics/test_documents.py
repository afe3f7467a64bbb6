"""Whether the closure of testing and the handover stand signed on what is there."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from governance.choices import SignoffAct, SignoffKind
from governance.models import Caveat, Decision
from readiness.metrics import project_documents
from readiness.models import AcceptanceScenario, AcceptanceWithdrawal
from tests.acts import put_signature
from tests.factories import (
    EARLY,
    NOW,
    RUN_AT,
    make_defect,
    make_defect_event,
    make_process,
    make_run,
    make_scenario,
)
from tests.histories import refresh_everything
from tests.measuring import reading_of
from tests.people import Cast, make_cast
from tests.questions import accept, decide, make_decision
from uat.models import Defect, Scenario

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
HOUR = timedelta(hours=1)


@pytest.fixture
def cast() -> Cast:
    """Return an upgrade with a scenario, a defect, a caveat, a decision and a named risk."""
    found = make_cast()
    process = make_process(project=found.project)
    scenario = make_scenario(project=found.project, process=process)
    make_defect(project=found.project, scenario=scenario)
    make_decision(project=found.project, recorded_at=EARLY)
    Caveat.objects.create(
        organisation=found.client,
        project=found.project,
        text="Porto has no training room.",
        written_by=found.project_manager,
        written_at=EARLY,
        recorded_at=EARLY,
    )
    risk = accept(found, at=RUN_AT, until=NOW + 30 * 24 * HOUR, recorded_at=RUN_AT)
    AcceptanceScenario.objects.create(acceptance=risk, scenario=scenario)
    return found


def body_of(cast: Cast, kind: SignoffKind) -> str:
    """Return what a signature covers now."""
    refresh_everything(cast.project)
    bodies = project_documents(project_ids=[cast.project.pk], as_of=NOW, kind=kind)
    return bodies[cast.project.pk]


def sign(cast: Cast, kind: SignoffKind, *, act: str = SignoffAct.SIGNED, hours: int = 0) -> None:
    """Sign what is there."""
    at = RUN_AT + (1 + hours) * HOUR
    put_signature(cast.project, kind=kind, body=body_of(cast, kind), at=at, act=act)


def _run(cast: Cast) -> None:
    make_run(scenario=Scenario.objects.get())


def _raise_defect(cast: Cast) -> None:
    make_defect(project=cast.project)


def _close_defect(cast: Cast) -> None:
    make_defect_event(defect=Defect.objects.get(), state="CLOSED", happened_at=RUN_AT + HOUR)


def _end_risk(cast: Cast) -> None:
    AcceptanceWithdrawal.objects.create(
        organisation=cast.client,
        project=cast.project,
        acceptance_id=AcceptanceScenario.objects.get().acceptance_id,
        reason="Tested",
        withdrawn_by=cast.sponsor,
        withdrawn_at=RUN_AT,
        recorded_at=RUN_AT,
    )


def _decide(cast: Cast) -> None:
    decide(Decision.objects.get(), by=cast.sponsor, at=RUN_AT, recorded_at=RUN_AT)


def _write_caveat(cast: Cast) -> None:
    Caveat.objects.create(
        organisation=cast.client,
        project=cast.project,
        text="Two leads leave.",
        written_by=cast.project_manager,
        written_at=EARLY,
        recorded_at=EARLY,
    )


CLOSURE, HANDOVER = SignoffKind.CLOSURE, SignoffKind.HANDOVER
METRICS = {CLOSURE: "uat.closure_signed", HANDOVER: "sign.handover"}


class TestMeasureDocuments:
    @pytest.mark.parametrize("kind", METRICS)
    def test_says_yes_while_what_was_signed_is_there(self, cast: Cast, kind: SignoffKind) -> None:
        assert reading_of(cast.project, METRICS[kind]).value == Decimal(0)
        sign(cast, kind)
        assert reading_of(cast.project, METRICS[kind]).value == Decimal(1)

    @pytest.mark.parametrize(
        ("kind", "act"),
        [
            (CLOSURE, _run),
            (CLOSURE, _raise_defect),
            (CLOSURE, _close_defect),
            (CLOSURE, _end_risk),
            (HANDOVER, _raise_defect),
            (HANDOVER, _close_defect),
            (HANDOVER, _write_caveat),
            (HANDOVER, _decide),
        ],
    )
    def test_says_no_once_it_changed(
        self, cast: Cast, kind: SignoffKind, act: Callable[[Cast], None]
    ) -> None:
        sign(cast, kind)
        act(cast)
        assert reading_of(cast.project, METRICS[kind]).value == Decimal(0)

    @pytest.mark.parametrize("kind", METRICS)
    @pytest.mark.parametrize("act", [SignoffAct.REFUSED, SignoffAct.WITHDRAWN])
    def test_lets_the_newest_act_count(self, cast: Cast, kind: SignoffKind, act: str) -> None:
        sign(cast, kind)
        sign(cast, kind, act=act, hours=1)
        assert reading_of(cast.project, METRICS[kind]).value == Decimal(0)

    def test_keeps_kinds_and_projects_apart(self, cast: Cast) -> None:
        sign(cast, CLOSURE)
        assert reading_of(cast.project, METRICS[HANDOVER]).value == Decimal(0)
        assert reading_of(cast.other_project, METRICS[CLOSURE]).value == Decimal(0)


class TestProjectDocuments:
    def test_closes_testing_on_counts_defects_and_named_risks(self, cast: Cast) -> None:
        content = json.loads(body_of(cast, CLOSURE))
        assert content["classes"] == [["HAPPY_PATH", 1, 0, 0]]
        assert content["total"] == [1, 0, 0]
        assert ["HIGH", 1] in content["open_defects"]
        (risk,) = content["accepted_risks"]
        assert risk["scenarios"] == [Scenario.objects.get().code]
        assert risk["approver"] == "Sponsor"

    def test_hands_over_what_is_open(self, cast: Cast) -> None:
        content = json.loads(body_of(cast, HANDOVER))
        assert [row[1] for row in content["open_defects"]] == ["HIGH"]
        assert [row[1] for row in content["open_caveats"]] == ["Porto has no training room."]
        assert [row[0] for row in content["open_decisions"]] == ["D-1"]

    @pytest.mark.parametrize("kind", METRICS)
    def test_does_not_change_while_time_passes(self, cast: Cast, kind: SignoffKind) -> None:
        before = body_of(cast, kind)
        later = NOW + 24 * 60 * HOUR
        bodies = project_documents(project_ids=[cast.project.pk], as_of=later, kind=kind)
        assert bodies[cast.project.pk] == before
