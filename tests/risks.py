"""Risks that are accepted, declined and ended in person, through the service."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from governance.models import Project, User
from governance.services.accounts import Credentials
from governance.services.signoffs import evidence_hash_of
from readiness.metrics.risks import risk_body
from readiness.models import Acceptance, AcceptanceRequest, AcceptanceWithdrawal
from readiness.services.acceptances import People, accept_risk, withdraw_acceptance
from readiness.services.evaluation import evaluate_gates
from readiness.services.risks import RiskTerms, Shown, acceptance_body, ground_of
from tests.factories import PASSWORD
from tests.factors import code_of
from tests.people import Cast
from tests.signing import LATER, proof_of

UX_01 = {"gate_key": "G3", "criterion_key": "UX-01"}
_seconds = itertools.count(1)


def judge_anew(project: Project) -> None:
    """Judge a project, so that no fact is newer than its judgement."""
    evaluate_gates(project_ids=[project.pk], as_of=LATER + timedelta(seconds=next(_seconds)))


def shown_of(project: Project, *, asked: AcceptanceRequest | None = None, **keys: str) -> Shown:
    """Return what a page shows of a risk now: the one that was asked for, or by its keys."""
    if asked is not None:
        keys = {"gate_key": asked.gate_key, "criterion_key": asked.criterion_key}
    ground = ground_of(project, asked=asked, **keys)
    return Shown(shown_hash=evidence_hash_of(risk_body(ground)))


def terms_of(project: Project, *, until: datetime, **fields: Any) -> RiskTerms:
    """Return the terms on which UX-01 is accepted, over what is shown of it now."""
    keys = {name: fields.pop(name, key) for name, key in UX_01.items()}
    said = {"reason": "The bank interface comes later", "control": "Payments are keyed in by hand"}
    fields.setdefault("shown", shown_of(project, **keys))
    return RiskTerms(**(said | keys | {"expires_at": until} | fields))


def accept_in_person(
    cast: Cast, terms: RiskTerms, *, at: datetime, judge: bool = True, **people: User
) -> Acceptance:
    """Judge, then let somebody accept a risk: the sponsor, what the process owner asked for."""
    if judge:
        judge_anew(cast.project)
    approver = people.get("approver", cast.sponsor)
    return accept_risk(
        project=cast.project,
        terms=terms,
        people=People(people.get("requester", cast.process_owner), approver),
        proof=proof_of(approver),
        accepted_at=at,
    )


def end_in_person(
    acceptance: Acceptance, *, by: User, at: datetime, reason: str = "Tested now"
) -> AcceptanceWithdrawal:
    """Let somebody end an acceptance early."""
    return withdraw_acceptance(
        acceptance=acceptance,
        withdrawn_by=by,
        reason=reason,
        shown=Shown(shown_hash=evidence_hash_of(acceptance_body(acceptance))),
        credentials=Credentials(PASSWORD, code_of(by, at=at)),
        withdrawn_at=at,
    )
