"""Turn a policy's stored body into terms; its shape was checked before it was stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from governance.choices import Role
from governance.readings import ReadingKind
from readiness.choices import Comparison, CriterionClass, Grade, MetricOrigin
from readiness.policy.hashing import canonical_json, digest_of
from readiness.policy.terms import BaselineTerms, CriterionTerms, DecisionTerms, GateTerms


@dataclass(frozen=True, slots=True)
class PolicyText:
    """Hold a checked policy: its canonical JSON, that text's SHA-256 and its gates."""

    key: str
    version: int
    name: str
    text: str
    digest: str
    gates: tuple[GateTerms, ...]


Body = Mapping[str, Any]
"""A policy as canonical JSON holds it: {key, version, name, gates: [{…, criteria: […]}]}."""


@lru_cache(maxsize=256)
def gates_of_body(text: str) -> dict[str, GateTerms]:
    """Return gate key -> terms from a policy's canonical JSON, in the policy's order."""
    body = json.loads(text)
    return {gate["gate"]: gate_of(gate) for gate in body["gates"]}


def gate_of(body: Body) -> GateTerms:
    """Return one gate's terms; its digest covers every word of its body."""
    return GateTerms(
        key=body["gate"],
        name=body["name"],
        question=body["question"],
        opens_days=body["opens_days"],
        decision_days=body["decision_days"],
        after_go_live=body.get("after_go_live", False),
        upstream=tuple(body.get("upstream", ())),
        decisions=tuple(DecisionTerms(each["name"], each["days"]) for each in body["decisions"]),
        criteria=tuple(criterion_of(each, gate=body["gate"]) for each in body["criteria"]),
        digest=digest_of(canonical_json(body)),
    )


def criterion_of(body: Body, *, gate: str) -> CriterionTerms:
    """Return one criterion's terms."""
    grade = Grade(body["grade"])
    return CriterionTerms(
        key=body["key"],
        gate=gate,
        metric=body["metric"],
        kind=ReadingKind(body["kind"]),
        comparison=Comparison(body["comparison"]),
        target=Decimal(str(body["target"])),
        warn=_optional_number(body.get("warn")),
        warn_comparison=_optional_comparison(body.get("warn_comparison")),
        hard=body["class"] == CriterionClass.HARD,
        due_days=body["due_days"],
        glide=tuple((days, Decimal(str(number))) for days, number in body.get("glide", ())),
        baseline=_baseline(body.get("baseline")),
        min_population=body.get("min_population", 1),
        in_meeting=body.get("in_meeting", False),
        origin=MetricOrigin(body["origin"]),
        ttl_days=body.get("ttl_days"),
        accountable=tuple(Role(role) for role in body["accountable"]),
        wording=body["wording"],
        noun=tuple(body["noun"]) if "noun" in body else ("item", "items"),
        unit=body.get("unit", ""),
        says=body["says"],
        todo=body["todo"],
        why=body["why"],
        grade=grade,
        threshold_grade=Grade(body.get("threshold_grade", grade)),
        sources=tuple(body["sources"]),
    )


@lru_cache(maxsize=1024)
def on_calendar(gate: GateTerms, *, opens_days: int, decision_days: int) -> GateTerms:
    """Return the gate on a project's own days; its digest says so when they differ."""
    if (opens_days, decision_days) == (gate.opens_days, gate.decision_days):
        return gate
    digest = f"{gate.digest}@{opens_days},{decision_days}"
    return replace(gate, opens_days=opens_days, decision_days=decision_days, digest=digest)


def _optional_number(number: object) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _optional_comparison(comparison: str | None) -> Comparison | None:
    return None if comparison is None else Comparison(comparison)


def _baseline(body: Body | None) -> BaselineTerms | None:
    if body is None:
        return None
    return BaselineTerms(body["metric"], is_factor=body["mode"] == "FACTOR")
