"""What somebody signs who accepts, declines or ends the acceptance of a risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from governance.choices import SignoffAct, SignoffKind
from governance.models import Project, ProjectMark
from governance.record.canonical import canonical
from governance.services.signoffs import (
    Declaration,
    EvidenceChanged,
    Exhibit,
    Subject,
    evidence_hash_of,
)
from readiness.metrics.risks import criterion_of, risk_body, risk_ground
from readiness.models import Acceptance, AcceptanceRequest
from readiness.services.signing import is_being_judged

TITLE_LENGTH = 400


class AcceptanceRefused(Exception):
    """Say why a risk was not accepted; `field` names what was entered wrongly, if anything."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        """Keep the field beside the sentence."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page had put before the signer: a hash, and the key of the wording."""

    shown_hash: str
    shown_meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskTerms:
    """What is accepted: a criterion's miss, why, what is done instead, until when.

    `shown` is what the page had put before whoever accepts, `asked` the request behind it.
    """

    gate_key: str
    criterion_key: str
    reason: str
    control: str
    expires_at: datetime
    shown: Shown
    scenario_ids: Sequence[int] = ()
    extends: Acceptance | None = None
    asked: AcceptanceRequest | None = None


def ground_of(
    project: Project, *, gate_key: str, criterion_key: str, asked: AcceptanceRequest | None
) -> dict[str, Any]:
    """Return what is put before whoever accepts or declines a risk, as it is now.

    :raises AcceptanceRefused: the policy has no such criterion.
    """
    criterion = criterion_of(project, gate_key=gate_key, criterion_key=criterion_key)
    if criterion is None:
        unknown = _("This project's policy has no criterion %(criterion)s at %(gate)s.")
        raise AcceptanceRefused(unknown % {"criterion": criterion_key, "gate": gate_key})
    return risk_ground(project, criterion=criterion, asked=asked)


def granted_exhibit(project: Project, *, terms: RiskTerms, codes: Sequence[str]) -> Exhibit:
    """Return what is signed by accepting: what was shown, and the terms that were entered.

    :raises EvidenceChanged: what was shown is no longer what is there.
    """
    ground = ground_of(
        project,
        gate_key=terms.gate_key,
        criterion_key=terms.criterion_key,
        asked=terms.asked,
    )
    _check_shown(risk_body(ground), terms.shown)
    body = risk_body(
        ground,
        terms={
            "reason": terms.reason.strip(),
            "control": terms.control.strip(),
            "until": terms.expires_at,
            "scenarios": sorted(codes),
        },
    )
    mark = ProjectMark.objects.filter(project=project).first()
    return Exhibit(body=body, shown_hash=evidence_hash_of(body), being_judged=is_being_judged(mark))


def declined_exhibit(asked: AcceptanceRequest, *, shown: Shown) -> Exhibit:
    """Return what is signed by declining: what was shown, as it is now.

    :raises AcceptanceRefused: the policy has no such criterion any more.
    """
    ground = ground_of(
        asked.project, gate_key=asked.gate_key, criterion_key=asked.criterion_key, asked=asked
    )
    return Exhibit(body=risk_body(ground), shown_hash=shown.shown_hash)


def acceptance_body(acceptance: Acceptance) -> str:
    """Return the canonical JSON of what is ended early: the acceptance as it was given."""
    return canonical(
        {
            "version": 1,
            "acceptance": {
                "id": acceptance.public_id,
                "gate": acceptance.gate_key,
                "criterion": acceptance.criterion_key,
                "reason": acceptance.reason,
                "control": acceptance.control,
                "approver": acceptance.approver_name,
                "accepted_at": acceptance.accepted_at,
                "until": acceptance.expires_at,
            },
        }
    )


def ended_exhibit(acceptance: Acceptance, *, shown: Shown) -> Exhibit:
    """Return what is signed by ending an acceptance early."""
    return Exhibit(
        body=acceptance_body(acceptance),
        shown_hash=shown.shown_hash,
        stands_unsigned=acceptance.signature_id is None,
    )


def declaration_of(act: SignoffAct, *, shown: Shown, reason: str = "") -> Declaration:
    """Return what is declared over a risk."""
    return Declaration(
        act=act, kind=SignoffKind.ACCEPTANCE, reason=reason, shown_meaning=shown.shown_meaning
    )


def acceptance_subject(project: Project, *, public_id: UUID, keys: str) -> Subject:
    """Return an acceptance as what is signed; `keys` are those of gate and criterion."""
    return Subject(project=project, noun="acceptance", public_id=public_id, title=keys)


def request_subject(asked: AcceptanceRequest) -> Subject:
    """Return a request as what is refused."""
    keys = f"{asked.gate_key} {asked.criterion_key}"
    return Subject(project=asked.project, noun="request", public_id=asked.public_id, title=keys)


def _check_shown(body: str, shown: Shown) -> None:
    """Let only what was seen be signed.

    :raises EvidenceChanged: what is there now is something else.
    """
    if evidence_hash_of(body) != shown.shown_hash:
        message = _("What you were asked to accept changed while you were reading it.")
        raise EvidenceChanged(message)
