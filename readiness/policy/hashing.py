"""Canonical bytes and their SHA-256: the same inputs give the same hash, on every machine.

Canonical JSON in the manner of RFC 8785: keys sorted, no spaces, UTF-8; decimals are
strings without trailing zeros, moments are UTC with microseconds.
"""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from governance.readings import Reading
from readiness.policy.terms import AcceptanceTerms, ExemptionTerms, GateTerms, ProjectCase

RULES_VERSION = "1"
"""Names the judging rules of this package; raise it when the same inputs may judge otherwise."""


def decimal_text(number: Decimal) -> str:
    """Return a decimal without exponent and trailing zeros; -0 is 0."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def moment_text(moment: datetime) -> str:
    """Return a moment in UTC, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


_SORTED, _ORDERED = (
    json.JSONEncoder(
        ensure_ascii=False,
        allow_nan=False,
        sort_keys=is_sorted,
        separators=(",", ":"),
        default=_plain,
    )
    for is_sorted in (True, False)
)


def canonical_json(value: Any) -> str:
    """Return the one JSON text of a value made of dicts, lists, text, numbers and times."""
    return _SORTED.encode(value)


def ordered_json(value: Any) -> str:
    """Return JSON in the order the value has; times and decimals as in canonical JSON."""
    return _ORDERED.encode(value)


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def inputs_of(case: ProjectCase) -> dict[str, Any]:
    """Return everything the verdict hangs on, and nothing else, as plain values.

    The moment itself is in it only as far as it matters: the local day, and which
    readings and acceptances counted at it. A criterion's words are in the gate's digest.
    """
    wanted = _metrics_of(case.gates)
    return {
        "rules": RULES_VERSION,
        "today": case.today,
        "go_live": case.go_live,
        "gates": [[gate.key, gate.digest] for gate in case.gates],
        "readings": {
            metric: _reading_inputs(reading, case.as_of)
            for metric, reading in case.readings.items()
            if metric in wanted
        },
        "acceptances": sorted(_acceptance_inputs(each, case.as_of) for each in case.acceptances),
        "exemptions": sorted(_exemption_inputs(each, case.as_of) for each in case.exemptions),
        "reported": {item: str(colour) for item, colour in case.reported.items()},
        **({"freeze": case.freeze} if case.freeze else {}),
        **({"stops": sorted(case.stops)} if case.stops else {}),
    }


def inputs_hash(case: ProjectCase) -> str:
    """Return the hash of everything the verdict hangs on."""
    return digest_of(canonical_json(inputs_of(case)))


_METRICS: dict[str, frozenset[str]] = {}


def _metrics_of(gates: tuple[GateTerms, ...]) -> set[str]:
    found: set[str] = set()
    for gate in gates:
        if gate.digest not in _METRICS:
            _METRICS[gate.digest] = frozenset(
                metric
                for criterion in gate.criteria
                for metric in (
                    criterion.metric,
                    criterion.baseline.metric if criterion.baseline else criterion.metric,
                )
            )
        found |= _METRICS[gate.digest]
    return found


def _reading_inputs(reading: Reading, as_of: datetime) -> list[Any]:
    is_fresh = reading.expires_at is None or as_of <= reading.expires_at
    value = None if reading.value is None else decimal_text(reading.value)
    return [str(reading.kind), reading.done, reading.due, value, reading.population, is_fresh]


def _acceptance_inputs(acceptance: AcceptanceTerms, as_of: datetime) -> list[Any]:
    is_active = acceptance.is_active(as_of)
    return [acceptance.criterion, acceptance.id, is_active, acceptance.scenarios]


def _exemption_inputs(exemption: ExemptionTerms, as_of: datetime) -> list[Any]:
    return [exemption.criterion, exemption.is_active(as_of)]
