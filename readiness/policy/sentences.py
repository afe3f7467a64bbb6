"""What a judgement says in the users' words: one short sentence at a time.

A criterion brings its own words: `says` names a shortfall, `todo` what to do about it.
Both may use the fields of `FIELDS`; `{missing_noun}` is a number with its noun.
"""

from datetime import tzinfo
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from governance.readings import Reading, ReadingKind
from readiness.choices import Comparison, FindingState
from readiness.policy.hashing import decimal_text
from readiness.policy.needs import need_of
from readiness.policy.outcomes import Finding
from readiness.policy.speech import ENGLISH, Speech
from readiness.policy.speech import gettext_noop as _
from readiness.policy.speech import ngettext_noop as _n

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
_TODAY = {
    Comparison.AT_LEAST: _("%(amount)s due today"),
    Comparison.AT_MOST: _("at most %(amount)s allowed today"),
    Comparison.LESS_THAN: _("less than %(amount)s allowed today"),
    Comparison.EQUAL: _("exactly %(amount)s due today"),
    Comparison.IS_TRUE: _("due now"),
}
_LATER = {
    Comparison.AT_LEAST: _n(
        "%(amount)s due in %(days)s day",
        "%(amount)s due in %(days)s days",
    ),
    Comparison.AT_MOST: _n(
        "at most %(amount)s allowed in %(days)s day",
        "at most %(amount)s allowed in %(days)s days",
    ),
    Comparison.LESS_THAN: _n(
        "less than %(amount)s allowed in %(days)s day",
        "less than %(amount)s allowed in %(days)s days",
    ),
    Comparison.EQUAL: _n(
        "exactly %(amount)s due in %(days)s day",
        "exactly %(amount)s due in %(days)s days",
    ),
    Comparison.IS_TRUE: _n("due in %(days)s day", "due in %(days)s days"),
}
_HUNDREDTH = Decimal("0.01")
_NONE_TODAY = _("none allowed today")
_NONE_LATER = _n("none allowed in %(days)s day", "none allowed in %(days)s days")
_NO_BASELINE = _("no baseline to compare with")
_DAYS = _n("%(number)s days", "%(number)s days")
_YES, _NO = _("Yes"), _("No")
_NONE = _("no")
_OF = _("%(done)s of %(due)s")
_NOTHING_REPORTED = _("Nothing reported")
_NOTHING_TO_MEASURE = _("Nothing to measure")
_NOT_APPLICABLE = _("Does not apply: %(reason)s (approved by %(approver)s)")
_ACCEPTED = _("%(said)s. Risk accepted by %(approver)s until %(day)s")
_NOT_REPORTED = _("Nobody has reported this yet")
_BASELINE_NOT_REPORTED = _("Nobody has reported the baseline to compare with")
_OUT_OF_DATE = _("The last report is out of date since %(day)s")
_INSUFFICIENT = _("Nothing to measure yet: %(emptiness)s")
_NONE_ON_RECORD = _("no %(nouns)s on record")
_FEW_ON_RECORD = _("only %(number)s on record")
_REPORT = _("Report: %(wording)s")
_REPORT_AGAIN = _("Report again: %(wording)s")
_PUT_ON_RECORD = _("Put %(nouns)s on record, so that there is something to measure")


class _Fields:
    """Fill the fields of a criterion's own words, only those that are asked for."""

    def __init__(self, finding: Finding, speech: Speech) -> None:
        self._finding = finding
        self._speech = speech

    def __getitem__(self, name: str) -> str:
        base = name.removesuffix("_noun")
        number = _number(self._finding, base)
        if number is None:
            return self._speech.text(_NONE)
        text = self._speech.number(number_text(number))
        if base == name:
            return text
        criterion = self._finding.criterion
        nouns = (criterion.due_noun or criterion.noun) if base == "due" else criterion.noun
        return f"{text} {nouns[number != 1]}"


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


def amount_text(
    number: Decimal, kind: ReadingKind, unit: str = "", *, speech: Speech = ENGLISH
) -> str:
    """Return a threshold or a measured number with its unit."""
    if speech is ENGLISH:
        return _english_amount(number, kind, unit)
    return _amount(number, kind, unit, speech)


@lru_cache(maxsize=4096)
def _english_amount(number: Decimal, kind: ReadingKind, unit: str) -> str:
    return _amount(number, kind, unit, ENGLISH)


def _amount(number: Decimal, kind: ReadingKind, unit: str, speech: Speech) -> str:
    if kind is ReadingKind.YES_NO:
        return speech.text(_YES if number >= 1 else _NO)
    text = speech.number(number_text(number))
    if kind is ReadingKind.SHARE:
        return f"{text} %"
    if kind is ReadingKind.DAYS:
        return speech.plural(*_DAYS, int(number == 1)) % {"number": text}
    return f"{text} {unit}" if unit else text


def measured_text(finding: Finding, *, speech: Speech = ENGLISH) -> str:
    """Return what was measured: '309 of 350 scenarios', '3 defects', 'Yes', '4.5 days'."""
    reading, criterion = finding.reading, finding.criterion
    if reading is None:
        return speech.text(_NOTHING_REPORTED)
    if reading.kind is ReadingKind.SHARE:
        return _share(reading, criterion.due_noun or criterion.noun, speech)
    if reading.value is None:
        return speech.text(_NOTHING_TO_MEASURE)
    if reading.kind is ReadingKind.COUNT:
        number = speech.number(number_text(reading.value))
        return f"{number} {criterion.noun[reading.value != 1]}"
    return amount_text(reading.value, reading.kind, criterion.unit, speech=speech)


def _share(reading: Reading, noun: tuple[str, str], speech: Speech) -> str:
    done, due = speech.number(f"{reading.done or 0:,}"), speech.number(f"{reading.due or 0:,}")
    return speech.text(_OF) % {"done": done, "due": f"{due} {noun[reading.due != 1]}"}


def demand_text(finding: Finding, *, days_left: int, speech: Speech = ENGLISH) -> str:
    """Return what is asked: '98 % due today', 'at most 5 allowed in 14 days', 'due now'."""
    criterion = finding.criterion
    number = finding.due_today if finding.due_today is not None else finding.target
    if number is None:
        return speech.text(_NO_BASELINE)
    days = None if finding.due_today is not None else days_left - criterion.due_days
    asked = (criterion.comparison._value_, number, criterion.kind._value_, criterion.unit, days)
    return _english_demand(*asked) if speech is ENGLISH else _demand(*asked, speech)


@lru_cache(maxsize=4096)
def _english_demand(
    comparison: str, number: Decimal, kind: str, unit: str, days: int | None
) -> str:
    return _demand(comparison, number, kind, unit, days, ENGLISH)


def _demand(
    comparison: str, number: Decimal, kind: str, unit: str, days: int | None, speech: Speech
) -> str:
    """Return what is asked in so many days; today without any."""
    is_none = comparison == Comparison.AT_MOST and number == 0
    filled = {"amount": amount_text(number, ReadingKind(kind), unit, speech=speech)}
    if days is None:
        return speech.text(_NONE_TODAY if is_none else _TODAY[Comparison(comparison)]) % filled
    later = speech.plural(*(_NONE_LATER if is_none else _LATER[Comparison(comparison)]), days)
    return (later % {**filled, "days": days}).replace(" 1 days", " 1 day")


def sentence_of(finding: Finding, *, days_left: int, zone: tzinfo, speech: Speech = ENGLISH) -> str:
    """Return why a finding is what it is, with who accepted or exempted it and until when."""
    exemption, acceptance = finding.exemption, finding.acceptance
    if exemption is not None:
        filled = {"reason": exemption.reason, "approver": exemption.approver}
        return speech.text(_NOT_APPLICABLE) % filled
    said = _said(finding, days_left=days_left, zone=zone, speech=speech)
    if acceptance is None:
        return said
    day = speech.day(acceptance.ends_at.astimezone(zone))
    return speech.text(_ACCEPTED) % {"said": said, "approver": acceptance.approver, "day": day}


def _said(finding: Finding, *, days_left: int, zone: tzinfo, speech: Speech) -> str:
    reading, state = finding.reading, finding.beneath
    if reading is None:
        return speech.text(_NOT_REPORTED)
    if state is FindingState.NOT_REPORTED:
        return speech.text(_BASELINE_NOT_REPORTED)
    if state is FindingState.STALE:
        return speech.text(_OUT_OF_DATE) % {"day": _expiry_text(reading, zone, speech)}
    if state is FindingState.INSUFFICIENT:
        emptiness = _emptiness(reading, finding.criterion.noun[1], speech)
        return speech.text(_INSUFFICIENT) % {"emptiness": emptiness}
    demand = demand_text(finding, days_left=days_left, speech=speech)
    if state is FindingState.MET or not finding.criterion.says:
        return f"{measured_text(finding, speech=speech)}; {demand}"
    return f"{finding.criterion.says.format_map(_Fields(finding, speech))}; {demand}"


def _emptiness(reading: Reading, nouns: str, speech: Speech) -> str:
    if reading.population == 0:
        return speech.text(_NONE_ON_RECORD) % {"nouns": nouns}
    return speech.text(_FEW_ON_RECORD) % {"number": speech.number(f"{reading.population:,}")}


def _expiry_text(reading: Reading, zone: tzinfo, speech: Speech) -> str:
    return "" if reading.expires_at is None else speech.day(reading.expires_at.astimezone(zone))


def todo_of(finding: Finding, *, speech: Speech = ENGLISH) -> str:
    """Return what has to happen for a finding to become MET; empty when nothing has to."""
    criterion, state = finding.criterion, finding.beneath
    if state is FindingState.MET or finding.exemption is not None:
        return ""
    if state is FindingState.NOT_REPORTED:
        return speech.text(_REPORT) % {"wording": criterion.wording}
    if state is FindingState.STALE:
        return speech.text(_REPORT_AGAIN) % {"wording": criterion.wording}
    if state is FindingState.INSUFFICIENT:
        return speech.text(_PUT_ON_RECORD) % {"nouns": criterion.noun[1]}
    return criterion.todo.format_map(_Fields(finding, speech))
