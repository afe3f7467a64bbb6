"""The acts of the gate, each carried out through its service where it has one alone."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from governance.choices import RecordKind
from governance.record.witnessing import witness
from readiness.models import (
    Acceptance,
    AcceptanceAnswer,
    AcceptanceRequest,
    AcceptanceScenario,
    AcceptanceWithdrawal,
    Exemption,
    PolicyAdoption,
)
from readiness.services.caveats import resolve_caveat
from readiness.services.reporting import ColourReport, Report, report_metric, report_status
from readiness.services.requests import RiskWish, request_acceptance
from tests.factories import NOW, make_scenario
from tests.witnessing.of_the_map import ACTS as OF_THE_MAP
from tests.witnessing.places import LATER, Place


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


def _adoption(place: Place) -> Any:
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


def _resolution(place: Place) -> Any:
    by = place.cast.sponsor
    return resolve_caveat(
        caveat=OF_THE_MAP[RecordKind.CAVEAT_WRITTEN](place),
        reason="It has one.",
        resolver=by,
        resolved_at=LATER,
    )


ACTS: dict[RecordKind, Callable[[Place], Any]] = {
    RecordKind.CAVEAT_RESOLVED: _resolution,
    RecordKind.RISK_ASKED: _request,
    RecordKind.RISK_DECLINED: _declined,
    RecordKind.RISK_ACCEPTED: _acceptance,
    RecordKind.ACCEPTANCE_ENDED: _withdrawal,
    RecordKind.EXEMPTED: _exemption,
    RecordKind.POLICY_ADOPTED: _adoption,
    RecordKind.STATUS_REPORTED: _status,
    RecordKind.FIGURE_REPORTED: _figure,
}
