"""What a judgement says in the users' words: one short sentence at a time.

A criterion brings its own words: `says` names a shortfall, `todo` what to do about it.
Both may use the fields of `FIELDS`; `{missing_noun}` is a number with its noun.
"""

from datetime import datetime, tzinfo
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from governance.readings import Reading, ReadingKind
from readiness.choices import Comparison, FindingState
from readiness.policy.hashing import decimal_text
from readiness.policy.needs import need_of
from readiness.policy.outcomes import Finding

FIELDS = (
    "done",
    "due",
    "missing",
    "value",
    "population",
    "need",
    "done_noun",
    "due_noun",
    "missing_noun",
    "value_noun",
    "population_noun",
    "need_noun",
)
_DIRECTION = {
    Comparison.AT_LEAST: ("{} due today", "{} due in {} days"),
    Comparison.AT_MOST: ("at most {} allowed today", "at most {} allowed in {} days"),
    Comparison.LESS_THAN: ("less than {} allowed today", "less than {} allowed in {} days"),
    Comparison.EQUAL: ("exactly {} due today", "exactly {} due in {} days"),
    Comparison.IS_TRUE: ("due now", "due in {1} days"),
}
_HUNDREDTH = Decimal("0.01")
_NONE_ALLOWED = ("none allowed today", "none allowed in {1} days")
_UNITS = {ReadingKind.SHARE: " %", ReadingKind.DAYS: " days"}


class _Fields:
    """Fill the fields of a criterion's own words, only those that are asked for."""

    def __init__(self, finding: Finding) -> None:
        self._finding = finding

    def __getitem__(self, name: str) -> str:
        base = name.removesuffix("_noun")
        number = _number(self._finding, base)
        if number is None:
            return "no"
        if base == name:
            return number_text(number)
        one, many = self._finding.criterion.noun
        return f"{number_text(number)} {one if number == 1 else many}"


def _number(finding: Finding, name: str) -> Decimal | int | None:
    reading = finding.reading
    if name == "need":
        return need_of(finding)
    if reading is None:
        return None
    if name == "missing":
        return (reading.due or 0) - (reading.done or 0)
    number: Decimal | int | None = getattr(reading, name)
    return number


def number_text(number: Decimal | int) -> str:
    """Return a number as people write it: grouped, at most two decimals, no empty ones."""
    if number == (rounded := int(number)):
        return f"{rounded:,}"
    text = decimal_text(Decimal(number).quantize(_HUNDREDTH, ROUND_HALF_EVEN))
    whole, _, decimals = text.partition(".")
    return text if decimals else f"{int(whole):,}"


@lru_cache(maxsize=4096)
def amount_text(number: Decimal, kind: ReadingKind, unit: str = "") -> str:
    """Return a threshold or a measured number with its unit."""
    if kind is ReadingKind.YES_NO:
        return "Yes" if number >= 1 else "No"
    return f"{number_text(number)}{_UNITS.get(kind, f' {unit}' if unit else '')}"


def measured_text(finding: Finding) -> str:
    """Return what was measured: '309 of 350 scenarios', '3 defects', 'Yes', '4.5 days'."""
    reading, noun = finding.reading, finding.criterion.noun
    if reading is None:
        return "Nothing reported"
    if reading.kind is ReadingKind.SHARE:
        return f"{reading.done or 0:,} of {reading.due or 0:,} {noun[reading.due != 1]}"
    if reading.value is None:
        return "Nothing to measure"
    if reading.kind is ReadingKind.COUNT:
        return f"{number_text(reading.value)} {noun[reading.value != 1]}"
    return amount_text(reading.value, reading.kind, finding.criterion.unit)


def demand_text(finding: Finding, *, days_left: int) -> str:
    """Return what is asked: '98 % due today', 'at most 5 allowed in 14 days', 'due now'."""
    criterion = finding.criterion
    number = finding.due_today if finding.due_today is not None else finding.target
    if number is None:
        return "no baseline to compare with"
    amount = amount_text(number, criterion.kind, criterion.unit)
    today, later = _DIRECTION[criterion.comparison]
    if criterion.comparison is Comparison.AT_MOST and number == 0:
        today, later = _NONE_ALLOWED
    if finding.due_today is not None:
        return today.format(amount)
    days = days_left - criterion.due_days
    return later.format(amount, days).replace(" 1 days", " 1 day")


def sentence_of(finding: Finding, *, days_left: int, zone: tzinfo) -> str:
    """Return why a finding is what it is, with who accepted or exempted it and until when."""
    said = _said(finding, days_left=days_left, zone=zone)
    exemption = finding.exemption
    if exemption is not None:
        return f"Does not apply: {exemption.reason} (approved by {exemption.approver})"
    if finding.acceptance is not None:
        until = day_text(finding.acceptance.ends_at, zone)
        return f"{said}. Risk accepted by {finding.acceptance.approver} until {until}"
    return said


def _said(finding: Finding, *, days_left: int, zone: tzinfo) -> str:
    reading, state = finding.reading, finding.beneath
    if reading is None:
        return "Nobody has reported this yet"
    if state is FindingState.NOT_REPORTED:
        return "Nobody has reported the baseline to compare with"
    if state is FindingState.STALE:
        return f"The last report is out of date since {_expiry_text(reading, zone)}"
    if state is FindingState.INSUFFICIENT:
        return f"Nothing to measure yet: {_emptiness(reading, finding.criterion.noun[1])}"
    demand = demand_text(finding, days_left=days_left)
    if state is FindingState.MET or not finding.criterion.says:
        return f"{measured_text(finding)}; {demand}"
    return f"{finding.criterion.says.format_map(_Fields(finding))}; {demand}"


def _emptiness(reading: Reading, nouns: str) -> str:
    if reading.population == 0:
        return f"no {nouns} on record"
    return f"only {reading.population:,} on record"


def _expiry_text(reading: Reading, zone: tzinfo) -> str:
    return "" if reading.expires_at is None else day_text(reading.expires_at, zone)


def todo_of(finding: Finding) -> str:
    """Return what has to happen for a finding to become MET; empty when nothing has to."""
    criterion, state = finding.criterion, finding.beneath
    if state is FindingState.MET or finding.exemption is not None:
        return ""
    if state is FindingState.NOT_REPORTED:
        return f"Report: {criterion.wording}"
    if state is FindingState.STALE:
        return f"Report again: {criterion.wording}"
    if state is FindingState.INSUFFICIENT:
        return f"Put {criterion.noun[1]} on record, so that there is something to measure"
    return criterion.todo.format_map(_Fields(finding))


def day_text(moment: datetime, zone: tzinfo) -> str:
    """Return the day of a moment in a zone: '3 May 2026'."""
    day = moment.astimezone(zone)
    return f"{day.day} {day:%B %Y}"
