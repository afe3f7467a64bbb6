"""Every governance act, carried out through its service: a row of each kind the record tells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from governance.choices import RecordKind, Role, Ruling
from governance.imports.undoing import undo_import
from governance.models import (
    BusinessProcess,
    Decision,
    Delegation,
    GoLiveDate,
    ImportRun,
    Participation,
)
from governance.record.witnessing import witness
from governance.services import decisions
from governance.services.carrying import record_rows
from governance.services.delegations import Mandate, delegate_signing, end_delegation
from governance.services.ownership import Appointment, appoint
from governance.services.projects import move_go_live_date
from governance.services.roles import end_role, give_role
from readiness.choices import MetricOrigin
from readiness.imports.policies import import_built_in_policy
from readiness.models import (
    Acceptance,
    AcceptanceAnswer,
    AcceptanceRequest,
    AcceptanceScenario,
    AcceptanceWithdrawal,
    Exemption,
    PolicyAdoption,
)
from readiness.services.caveats import resolve_caveat, write_caveat
from readiness.services.policies import Adopting, adopt_policy
from readiness.services.reporting import ColourReport, Report, report_metric, report_status
from readiness.services.requests import RiskWish, request_acceptance
from tests.factories import NOW, make_policy, make_process, make_scenario
from tests.importing import import_content, text_of
from tests.people import Cast, make_cast

LATER = NOW + timedelta(hours=2)
RUNS = text_of(
    "Test ID,Test Scenario,Status,Tester,Test Date",
    "T-01,Order by phone,Passed,Ada Young,2026-05-04",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Everybody, one process, and a policy that asks for one counted and one reported figure."""

    cast: Cast
    process: BusinessProcess


def make_place() -> Place:
    """Return where every act can be carried out; what the factories wrote is on record."""
    cast = make_cast()
    reported = {"metric": "data.fin_diff", "kind": "MONEY", "origin": MetricOrigin.REPORTED}
    make_policy(project=cast.project, criteria=[{}, reported | {"ttl_days": 14}])
    process = make_process(project=cast.project, code="10")
    record_rows(cast.project)
    return Place(cast, process)


def _owner(place: Place) -> Any:
    named = Appointment(owner=place.cast.process_owner, deputy=place.cast.sponsor)
    by = place.cast.project_manager
    return appoint(process=place.process, appointment=named, assigned_by=by, assigned_at=NOW)


def _role(place: Place) -> Participation:
    cast = place.cast
    terms: dict[str, Any] = {"given_by": cast.administrator, "given_at": NOW}
    return give_role(project=cast.project, account=cast.stranger, role=Role.IT, **terms)


def _role_end(place: Place) -> Participation:
    row = _role(place)
    end_role(participation=row, ended_by=place.cast.administrator, ended_at=LATER)
    row.refresh_from_db()
    return row


def _decision(place: Place) -> Decision:
    question = decisions.Question(
        title="Who approves a price?",
        detail="Below the margin, that is.",
        decider=place.cast.sponsor,
        due_date=date(2026, 6, 9),
        blocks_go_live=True,
        blocked=[place.process, make_process(project=place.cast.project)],
    )
    return decisions.raise_decision(
        project=place.cast.project, question=question, raised_by=place.cast.auditor, raised_at=NOW
    )


def _outcome(place: Place) -> Any:
    said: dict[str, Any] = {"outcome": "The sponsor.", "reason": "It is a lot of money."}
    by = place.cast.sponsor
    return decisions.decide(decision=_decision(place), decided_by=by, decided_at=LATER, **said)


def _assumption(place: Place) -> Any:
    guess = decisions.Guess(
        statement="Stock is never negative.", due_date=date(2026, 6, 9), blocked=[place.process]
    )
    by = place.cast.consultant
    return decisions.write_assumption(
        project=place.cast.project, guess=guess, made_by=by, raised_at=NOW
    )


def _ruling(place: Place) -> Any:
    return decisions.rule_on(
        assumption=_assumption(place),
        ruling=Ruling.REJECTED,
        reason="It is, every night.",
        ruled_by=place.cast.process_owner,
        ruled_at=LATER,
    )


def _opening(place: Place) -> GoLiveDate:
    return GoLiveDate.objects.get(project=place.cast.project)


def _move(place: Place) -> Any:
    decision = _outcome(place).decision
    day = date(2026, 10, 1)
    by = place.cast.sponsor
    return move_go_live_date(
        project=place.cast.project,
        go_live_date=day,
        decision=decision,
        decided_by=by,
        decided_at=LATER,
    )


def _caveat(place: Place) -> Any:
    by = place.cast.project_manager
    said = "Porto has no training room."
    return write_caveat(project=place.cast.project, text=said, writer=by, written_at=NOW)


def _resolution(place: Place) -> Any:
    by = place.cast.sponsor
    return resolve_caveat(
        caveat=_caveat(place), reason="It has one.", resolver=by, resolved_at=LATER
    )


def _request(place: Place) -> AcceptanceRequest:
    wish = RiskWish(
        gate_key="G3",
        criterion_key="UX-01",
        reason="The bank interface comes later.",
        control="Payments are released by hand.",
        until=date(2026, 7, 1),
        asked=place.cast.sponsor,
    )
    by = place.cast.project_manager
    return request_acceptance(project=place.cast.project, wish=wish, requester=by, requested_at=NOW)


def _declined(place: Place) -> Any:
    row = AcceptanceAnswer.objects.create(
        organisation=place.cast.client,
        project=place.cast.project,
        request=_request(place),
        reason="Test it first.",
        answered_by=place.cast.sponsor,
        answered_at=LATER,
    )
    witness(row, actor=place.cast.sponsor)
    return row


def _acceptance(place: Place) -> Acceptance:
    cast = place.cast
    row = Acceptance.objects.create(
        organisation=cast.client,
        project=cast.project,
        gate_key="G3",
        criterion_key="UX-01",
        reason="The bank interface comes later.",
        control="Payments are released by hand.",
        requester=cast.process_owner,
        approver=cast.sponsor,
        approver_kind=cast.sponsor.kind,
        approver_name=cast.sponsor.name,
        approver_role="Sponsor",
        accepted_at=NOW,
        expires_at=NOW + timedelta(days=20),
    )
    scenario = make_scenario(project=cast.project, process=place.process)
    AcceptanceScenario.objects.create(acceptance=row, scenario=scenario)
    witness(row, actor=cast.sponsor)
    return row


def _withdrawal(place: Place) -> Any:
    row = AcceptanceWithdrawal.objects.create(
        organisation=place.cast.client,
        project=place.cast.project,
        acceptance=_acceptance(place),
        reason="It came.",
        withdrawn_by=place.cast.sponsor,
        withdrawn_at=LATER,
    )
    witness(row, actor=place.cast.sponsor)
    return row


def _exemption(place: Place) -> Any:
    row = Exemption.objects.create(
        organisation=place.cast.client,
        project=place.cast.project,
        criterion_key="UX-01",
        reason="There is no report.",
        approver=place.cast.sponsor,
        approved_at=LATER,
    )
    witness(row, actor=place.cast.sponsor)
    return row


def _delegation(place: Place) -> Delegation:
    mandate = Mandate(
        delegate=place.cast.business_user,
        starts_at=LATER,
        ends_at=LATER + timedelta(days=9),
        reason="A holiday.",
    )
    by = place.cast.sponsor
    return delegate_signing(
        process=place.process, mandate=mandate, appointed_by=by, appointed_at=NOW
    )


def _delegation_end(place: Place) -> Any:
    by = place.cast.sponsor
    return end_delegation(
        delegation=_delegation(place), ended_by=by, reason="Back early.", ended_at=LATER
    )


def _adoption(place: Place) -> Any:
    policy = import_built_in_policy()
    by = Adopting(adopted_by=place.cast.sponsor, reason="It asks for more.")
    adopt_policy(project=place.cast.project, policy=policy, adopting=by)
    return PolicyAdoption.objects.get(project=place.cast.project)


def _status(place: Place) -> Any:
    report = ColourReport(colour="AMBER", gate_key="G3", reported_at=NOW, note="Two are late.")
    by = place.cast.project_manager
    return report_status(project=place.cast.project, report=report, reporter=by, now=NOW)


def _figure(place: Place) -> Any:
    report = Report(
        metric="data.fin_diff",
        value=Decimal("-1250.4"),
        source_system="Ledger",
        note="Of March.",
        process=place.process,
        reported_at=NOW,
    )
    by = place.cast.project_manager
    return report_metric(project=place.cast.project, report=report, reporter=by, now=NOW)


def _import(place: Place) -> ImportRun:
    run, _ = import_content(
        RUNS, project=place.cast.project, actor=place.cast.project_manager, name="runs of May.csv"
    )
    assert run.state == "DONE", run.message
    return run


def _undo(place: Place) -> Any:
    by = place.cast.project_manager
    return undo_import(run=_import(place), reason="Wrong month.", undone_by=by, undone_at=LATER)


ACTS: dict[RecordKind, Callable[[Place], Any]] = {
    RecordKind.OWNER_NAMED: _owner,
    RecordKind.ROLE_GIVEN: _role,
    RecordKind.ROLE_ENDED: _role_end,
    RecordKind.DECISION_RAISED: _decision,
    RecordKind.DECIDED: _outcome,
    RecordKind.ASSUMPTION_WRITTEN: _assumption,
    RecordKind.ASSUMPTION_RULED: _ruling,
    RecordKind.CAVEAT_WRITTEN: _caveat,
    RecordKind.CAVEAT_RESOLVED: _resolution,
    RecordKind.DATE_SET: _opening,
    RecordKind.DATE_MOVED: _move,
    RecordKind.RISK_ASKED: _request,
    RecordKind.RISK_DECLINED: _declined,
    RecordKind.RISK_ACCEPTED: _acceptance,
    RecordKind.ACCEPTANCE_ENDED: _withdrawal,
    RecordKind.EXEMPTED: _exemption,
    RecordKind.DELEGATED: _delegation,
    RecordKind.DELEGATION_ENDED: _delegation_end,
    RecordKind.POLICY_ADOPTED: _adoption,
    RecordKind.STATUS_REPORTED: _status,
    RecordKind.FIGURE_REPORTED: _figure,
    RecordKind.IMPORTED: _import,
    RecordKind.IMPORT_UNDONE: _undo,
}
"""How to carry out an act of each kind: the row that its service writes."""
