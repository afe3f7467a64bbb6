"""What is put before somebody who accepts a risk, as plain values and as canonical bytes.

The criterion in its words, what was measured of it last, what the policy asks for in the end,
the go-live date, and what was asked for. Nothing in it comes from the clock; of a figure that
is itself counted from signatures or acceptances nothing measured stands in it.
"""

from datetime import date
from typing import Any

from governance.models import Project
from governance.querysets.scope import project_words
from governance.record.canonical import canonical
from readiness.models import AcceptanceRequest, Criterion, Finding, Gate, Snapshot
from readiness.policy.hashing import decimal_text

RISK_VERSION = 1
FROM_SIGNATURES = (
    "sign.po_valid_pct",
    "sign.handover",
    "scope.signed_pct",
    "uat.closure_signed",
    "uat.unsigned_untested",
    "gov.charter_signed",
)
"""Figures counted from signatures or acceptances, besides those of acceptances alone (`wvr`)."""
Words = dict[str, Any]


def criterion_of(project: Project, *, gate_key: str, criterion_key: str) -> Criterion | None:
    """Return what the policy of a project's gate asks for, None where it does not."""
    gates = Gate.objects.filter(project=project, key=gate_key)
    found = Criterion.objects.filter(
        policy_id__in=gates.values("policy_id"), gate_key=gate_key, key=criterion_key
    )
    return found.select_related("policy").first()


def criterion_words(criterion: Criterion) -> Words:
    """Return a criterion as somebody accepts that it is missed."""
    return {
        "key": criterion.key,
        "wording": criterion.wording,
        "metric": criterion.metric,
        "comparison": str(criterion.comparison),
        "target": decimal_text(criterion.target),
        "warn": None if criterion.warn is None else decimal_text(criterion.warn),
        "class": str(criterion.criterion_class),
        "due_days": criterion.due_days,
    }


def risk_ground(
    project: Project, *, criterion: Criterion, asked: AcceptanceRequest | None = None
) -> Words:
    """Return everything about a risk that is there before anybody accepts or declines it."""
    dates = Project.objects.filter(pk=project.pk).values_list("go_live_date", flat=True)
    go_live: date | None = dates.get()
    policy = criterion.policy
    return {
        "version": RISK_VERSION,
        "project": project_words(project_ids=[project.pk])[project.pk],
        "gate": criterion.gate_key,
        "criterion": criterion_words(criterion),
        "policy": {
            "key": policy.key,
            "version": str(policy.version),
            "hash": policy.body_hash,
        },
        "measured": _measured(project, criterion),
        "go_live_date": go_live,
        "asked": _asked(asked) if asked else None,
    }


def risk_body(ground: Words, *, terms: Words | None = None) -> str:
    """Return the canonical JSON of a risk; with the terms on which it is accepted."""
    return canonical(ground if terms is None else {**ground, "terms": terms})


def _measured(project: Project, criterion: Criterion) -> Words | None:
    """Return what the last judgement read; None where that comes from signatures, or is not."""
    metric = criterion.metric
    if metric in FROM_SIGNATURES or metric.startswith("wvr."):
        return None
    newest = Snapshot.objects.filter(project=project).newest_first()[:1]
    found = Finding.objects.filter(
        snapshot__in=newest.values("pk"), gate_key=criterion.gate_key, criterion_key=criterion.key
    )
    row = found.first()
    if row is None:
        return None
    value = None if row.value is None else decimal_text(row.value)
    return {"done": row.done, "due": row.due, "value": value}


def _asked(asked: AcceptanceRequest) -> Words:
    return {
        "id": asked.public_id,
        "by": asked.requester.name,
        "reason": asked.reason,
        "control": asked.control,
        "until": asked.wanted_until_date,
    }
