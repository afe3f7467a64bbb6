"""Powers, stops, overrulings, assessments and decision rights for tests that walk over pages."""

from typing import Any

from governance.choices import AssessedAs, DecisionKind
from governance.models import (
    Charter,
    DecisionRight,
    GateStop,
    GateStopEnd,
    LeadershipAssessment,
    Overruling,
    Signoff,
)
from tests.charters import sign_charter
from tests.factories import EARLY
from tests.signing import Desk


def fill_powers(desk: Desk) -> None:
    """Add one more of everything that the charter's pages and the map list."""
    cast = desk.cast
    row: dict[str, Any] = {"organisation": cast.client, "project": cast.project}
    manager = cast.project_manager
    charter_of(desk)
    number = GateStop.objects.count()
    GateStop.objects.create(
        **row, gate_key=f"G{number}", reason="Nobody tests.", stopped_by=manager, stopped_at=EARLY
    )
    ended = GateStop.objects.create(
        **row, gate_key="G9", reason="Nobody came.", stopped_by=manager, stopped_at=EARLY
    )
    GateStopEnd.objects.create(
        **row, stop=ended, reason="They came.", ended_by=cast.sponsor, ended_at=EARLY
    )
    Overruling.objects.create(
        **row, project_manager=manager, what="Two weeks more.", reason="The date.",
        overruled_by=cast.sponsor, overruled_at=EARLY, written_by=manager, stop=ended,
    )  # fmt: skip
    LeadershipAssessment.objects.create(
        **row, project_manager=manager, answered_as=AssessedAs.SPONSOR, erp_upgrades=0,
        time_percent=number, workstreams=2, sponsor_hours=1, has_office=False, note="More help.",
        answered_by=cast.sponsor, answered_at=EARLY,
    )  # fmt: skip
    for process in (None, desk.process):
        DecisionRight.objects.create(
            **row, process=process, kind=DecisionKind.DATA, decider=cast.process_owner,
            given_by=cast.sponsor, given_at=EARLY,
        )  # fmt: skip


def charter_of(desk: Desk) -> Charter:
    """Return a charter of the project that grants everything; the first is written here."""
    cast = desk.cast
    held = Charter.objects.filter(project=cast.project).first()
    return held or Charter.objects.create(
        organisation=cast.client,
        project=cast.project,
        project_manager=cast.project_manager,
        may_call_people=True,
        may_escalate=True,
        may_stop_gate=True,
        may_hold_plan=True,
        written_by=cast.sponsor,
        written_at=EARLY,
    )


def signed_charter(desk: Desk) -> tuple[Any, ...]:
    """Let the sponsor sign the charter, once; no row is named in the address."""
    if not Signoff.objects.filter(project=desk.cast.project, kind="CHARTER").exists():
        sign_charter(charter_of(desk), sponsor=desk.cast.sponsor)
    return ()


def stop_of(desk: Desk) -> tuple[Any, ...]:
    """Return the first stop of the project; it stands unless somebody ended it."""
    held = GateStop.objects.filter(project=desk.cast.project).order_by("pk").first()
    return (
        held
        or GateStop.objects.create(
            organisation=desk.cast.client,
            project=desk.cast.project,
            gate_key="G3",
            reason="Nobody tests.",
            stopped_by=desk.cast.project_manager,
            stopped_at=EARLY,
        ),
    )


def right_of(desk: Desk) -> tuple[Any, ...]:
    """Return the first decision right of the project; it holds unless somebody ended it."""
    held = DecisionRight.objects.filter(project=desk.cast.project).order_by("pk").first()
    return (
        held
        or DecisionRight.objects.create(
            organisation=desk.cast.client,
            project=desk.cast.project,
            kind=DecisionKind.SCOPE,
            decider=desk.cast.process_owner,
            given_by=desk.cast.sponsor,
            given_at=EARLY,
        ),
    )
