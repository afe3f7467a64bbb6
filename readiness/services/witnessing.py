"""The rows of the gate that are governance acts, and how the record tells each of them.

The rules are those of `governance.record.witnessed`: terms are identifiers, choices, dates
and numbers; what somebody typed, and names of people, are texts.
"""

import json
from decimal import Decimal
from functools import lru_cache
from typing import Any

from governance.choices import RecordKind
from governance.record.witnessing import Told, Witness, id_of
from readiness.models import (
    Acceptance,
    AcceptanceAnswer,
    AcceptanceRequest,
    AcceptanceWithdrawal,
    CaveatResolution,
    Exemption,
    PolicyAdoption,
    ReportedReading,
    ReportedStatus,
)


def _request(row: AcceptanceRequest) -> Told:
    terms = {
        "gate": row.gate_key,
        "criterion": row.criterion_key,
        "wanted_until": row.wanted_until_date,
        "by": id_of(row.requester),
        "asked": id_of(row.asked),
        "requested_at": row.requested_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason, "control": row.control})


def _declined(row: AcceptanceAnswer) -> Told:
    terms = {
        "request": id_of(row.request),
        "by": id_of(row.answered_by),
        "answered_at": row.answered_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


def _acceptance(row: Acceptance) -> Told:
    named = [each.scenario.public_id for each in row.scenarios.all()]
    terms = {
        "gate": row.gate_key,
        "criterion": row.criterion_key,
        "requester": id_of(row.requester),
        "by": id_of(row.approver),
        "approver_kind": row.approver_kind,
        "approver_role": row.approver_role,
        "accepted_at": row.accepted_at,
        "expires_at": row.expires_at,
        "extends": id_of(row.extends),
        "scenarios": sorted(map(str, named)),
        "signature": id_of(row.signature),
        "recorded_at": row.recorded_at,
    }
    texts = {"reason": row.reason, "control": row.control, "approver_name": row.approver_name}
    return Told(terms, texts)


def _ended(row: AcceptanceWithdrawal) -> Told:
    terms = {
        "acceptance": id_of(row.acceptance),
        "by": id_of(row.withdrawn_by),
        "withdrawn_at": row.withdrawn_at,
        "signature": id_of(row.signature),
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


def _exemption(row: Exemption) -> Told:
    terms = {
        "criterion": row.criterion_key,
        "by": id_of(row.approver),
        "approved_at": row.approved_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


def _adoption(row: PolicyAdoption) -> Told:
    terms = {
        "policy": id_of(row.policy),
        "key": row.policy.key,
        "version": row.policy.version,
        "body_sha256": row.policy.body_hash,
        "previous": id_of(row.previous),
        "calendar": _calendar(row.policy.body),
        "by": id_of(row.adopted_by),
        "adopted_at": row.adopted_at,
        "signature": id_of(row.signature),
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


@lru_cache(maxsize=64)
def _calendar(body: str) -> dict[str, list[int]]:
    """Return when each gate opens and is decided, in days before go-live."""
    gates = json.loads(body).get("gates", [])
    return {each["gate"]: [each["opens_days"], each["decision_days"]] for each in gates}


def _resolution(row: CaveatResolution) -> Told:
    terms = {
        "caveat": id_of(row.caveat),
        "by": id_of(row.resolved_by),
        "resolved_at": row.resolved_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


def _status(row: ReportedStatus) -> Told:
    terms = {
        "gate": row.gate_key,
        "colour": row.colour,
        "by": id_of(row.reporter),
        "reported_at": row.reported_at,
        "recorded_at": row.recorded_at,
    }
    texts = {
        "note": row.note,
        "original": row.original,
        "reporter_name": row.reporter_name,
        "source": row.source,
    }
    return Told(terms, texts)


def _reading(row: ReportedReading) -> Told:
    terms = {
        "metric": row.metric,
        "process": id_of(row.process),
        "done": row.done,
        "due": row.due,
        "value": _plain(row.value),
        "by": id_of(row.reporter),
        "reported_at": row.reported_at,
        "ttl_days": row.ttl_days,
        "recorded_at": row.recorded_at,
    }
    brought = {"import": id_of(row.import_run), "edition": row.edition}
    terms |= {name: value for name, value in brought.items() if value}
    return Told(terms, {"note": row.note, "source_system": row.source_system})


def _plain(value: Any) -> Decimal | None:
    """Return a number without zeros at its end, however many the column keeps."""
    return None if value is None else Decimal(value).normalize() + 0


WITNESSED = (
    Witness(
        kind=RecordKind.RISK_ASKED,
        model=AcceptanceRequest,
        noun="request",
        tell=_request,
        by="requester",
        related=("requester", "asked"),
    ),
    Witness(
        kind=RecordKind.RISK_DECLINED,
        model=AcceptanceAnswer,
        noun="answer",
        tell=_declined,
        by="answered_by",
        related=("request", "answered_by"),
        only={"acceptance__isnull": True},
    ),
    Witness(
        kind=RecordKind.RISK_ACCEPTED,
        model=Acceptance,
        noun="acceptance",
        tell=_acceptance,
        by="approver",
        related=("requester", "approver", "extends", "signature", "scenarios__scenario"),
    ),
    Witness(
        kind=RecordKind.ACCEPTANCE_ENDED,
        model=AcceptanceWithdrawal,
        noun="withdrawal",
        tell=_ended,
        by="withdrawn_by",
        related=("acceptance", "withdrawn_by", "signature"),
    ),
    Witness(
        kind=RecordKind.EXEMPTED,
        model=Exemption,
        noun="exemption",
        tell=_exemption,
        by="approver",
        related=("approver",),
    ),
    Witness(
        kind=RecordKind.POLICY_ADOPTED,
        model=PolicyAdoption,
        noun="adoption",
        tell=_adoption,
        by="adopted_by",
        related=("policy", "previous", "adopted_by", "signature"),
    ),
    Witness(
        kind=RecordKind.CAVEAT_RESOLVED,
        model=CaveatResolution,
        noun="resolution",
        tell=_resolution,
        by="resolved_by",
        related=("caveat", "resolved_by"),
    ),
    Witness(
        kind=RecordKind.STATUS_REPORTED,
        model=ReportedStatus,
        noun="status",
        tell=_status,
        by="reporter",
        related=("reporter",),
    ),
    Witness(
        kind=RecordKind.FIGURE_REPORTED,
        model=ReportedReading,
        noun="reading",
        tell=_reading,
        by="reporter",
        related=("process", "reporter", "import_run"),
    ),
)
"""The acts of the gate; a signature is told by the entry that it makes itself."""
