"""Escalations and their steps: how the record tells them, and what it seals.

Who raised one by hand, and every word that was said in it, stands in the record as a seal
alone: SHA-256 over the salt of the escalation and what is sealed. Whoever knows the salt can
prove it later; nobody reads it out of a record, an export or a pack.
"""

import hashlib

from governance.choices import EscalationAct, RecordKind
from governance.models import Escalation, EscalationStep
from governance.record.witnessing import Told, Witness, id_of

BY_ADDRESSEE = (EscalationAct.ANSWERED, EscalationAct.DECIDED, EscalationAct.PASSED_ON)


def seal_of(salt: str, sealed: str) -> str:
    """Return the seal over something with the salt of its escalation."""
    return hashlib.sha256(f"{salt}|{sealed}".encode()).hexdigest()


def _escalation(row: Escalation) -> Told:
    terms = {
        "cause": row.cause,
        "key": row.key,
        "subject_noun": row.subject_noun,
        "subject_id": row.subject_id,
        "raised_at": row.raised_at,
        "recorded_at": row.recorded_at,
    }
    texts = {"subject_title": row.subject_title}
    if row.raised_by is None:
        return Told(terms, {**texts, "reason": row.reason})
    sealed = {
        "seal": seal_of(row.salt, str(row.raised_by.public_id)),
        "reason_seal": seal_of(row.salt, row.reason),
    }
    return Told({**terms, **sealed}, texts)


def _step(row: EscalationStep) -> Told:
    terms = {
        "escalation": id_of(row.escalation),
        "number": row.number,
        "act": row.act,
        "rung": row.rung,
        "addressee": id_of(row.addressee),
        "due_at": row.due_at,
        "decision": id_of(row.decision),
        "by": id_of(row.by) if row.act in BY_ADDRESSEE else None,
        "happened_at": row.happened_at,
        "recorded_at": row.recorded_at,
    }
    if row.escalation.salt and row.text:
        return Told({**terms, "text_seal": seal_of(row.escalation.salt, row.text)})
    return Told(terms, {"text": row.text})


WITNESSED = (
    Witness(
        kind=RecordKind.ESCALATED,
        model=Escalation,
        noun="escalation",
        tell=_escalation,
        related=("raised_by",),
    ),
    Witness(
        kind=RecordKind.ESCALATION_MOVED,
        model=EscalationStep,
        noun="escalation_step",
        tell=_step,
        related=("escalation", "addressee", "decision", "by"),
    ),
)
