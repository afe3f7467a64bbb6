"""Powers, stops, overrulings, assessments and decision rights in the world."""

from typing import Any

from governance.choices import AssessedAs, DecisionKind, Power
from governance.models import (
    Charter,
    DecisionRight,
    DecisionRightEnd,
    GateStop,
    GateStopEnd,
    LeadershipAssessment,
    Overruling,
)
from tests.authorisation.stock import Stock
from tests.charters import sign_charter
from tests.factories import EARLY


def fill(stock: Stock) -> None:
    """Write a charter, a stop that stands and one that ended, and who decides what."""
    Charter.objects.create(
        **stock.scope, project_manager=stock.lead, may_stop_gate=True, withheld_reason="Later",
        written_by=stock.sponsor, written_at=EARLY,
    )  # fmt: skip
    stops = [
        GateStop.objects.create(
            **stock.scope, gate_key=gate, reason="Nobody tests", stopped_by=stock.lead,
            stopped_at=EARLY,
        )
        for gate in ("G6", "G7")
    ]  # fmt: skip
    stock.keep("stop", stops[0])
    GateStopEnd.objects.create(
        **stock.scope, stop=stops[1], reason="They came", ended_by=stock.sponsor, ended_at=EARLY
    )
    Overruling.objects.create(
        **stock.scope, project_manager=stock.lead, power=Power.STOP_GATE, what="More time",
        reason="The date", stop=stops[1], overruled_by=stock.sponsor, overruled_at=EARLY,
        written_by=stock.sponsor,
    )  # fmt: skip
    for side, account in (
        (AssessedAs.PROJECT_MANAGER, stock.lead),
        (AssessedAs.SPONSOR, stock.sponsor),
    ):
        LeadershipAssessment.objects.create(
            **stock.scope, project_manager=stock.lead, answered_as=side, erp_upgrades=1,
            time_percent=50, workstreams=2, sponsor_hours=2, has_office=True, note="Help",
            answered_by=account, answered_at=EARLY,
        )  # fmt: skip
    processes: tuple[Any, ...] = (stock.rows["process"], None)
    rights = [
        DecisionRight.objects.create(
            **stock.scope, process=process, kind=DecisionKind.DATA, decider=stock.owner,
            given_by=stock.sponsor, given_at=EARLY,
        )
        for process in processes
    ]  # fmt: skip
    stock.keep("right", rights[0])
    DecisionRightEnd.objects.create(
        **stock.scope, right=rights[1], successor=rights[0], reason="One each",
        ended_by=stock.sponsor, ended_at=EARLY,
    )  # fmt: skip


def sign(stock: Stock) -> None:
    """Let the sponsor sign the charter as it is, once every text is what it will be."""
    charter = Charter.objects.get(project=stock.project)
    sign_charter(charter, sponsor=stock.sponsor)
