"""Findings as JSON text, put together from parts that are made once: a night prints 100,000.

A finding is {criterion, wording, class, metric, kind, comparison, unit, grade,
threshold_grade, sources, who, state, beneath, done, due, value, population, due_today,
target, need, measured, sentence, todo, acceptance, report}. `sources` is one text; `who`
names the accountable in words; `beneath` is the state without the acceptance; `measured`
and `sentence` are ready words; `acceptance` is its id or null; `report` is null for what
was counted here, else {source, measured_at, expires_at}.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring as quoted

from governance.choices import Role, english
from governance.readings import Reading
from readiness.choices import FindingState
from readiness.policy.hashing import decimal_text, moment_text, ordered_json
from readiness.policy.needs import need_of
from readiness.policy.outcomes import Finding
from readiness.policy.sentences import measured_text, sentence_of, todo_of
from readiness.policy.terms import CriterionTerms, GateTerms, ProjectCase

Holders = Mapping[str, Sequence[str]]
_UNMEASURED = '"done":null,"due":null,"value":null,"population":0'


def who_of(roles: Iterable[Role], holders: Holders) -> list[str]:
    """Return the accountable in words: 'Ada Brandt (Sponsor)', or the role of many or none."""
    named = []
    for role in roles:
        names = holders.get(role, ())
        word = english(role)
        named.append(f"{names[0]} ({word})" if len(names) == 1 else word)
    return named


class FindingPrinter:
    """Print one project's findings; what was said of one is kept for the list of actions."""

    def __init__(self, case: ProjectCase, holders: Holders) -> None:
        """Take what all findings of a project have in common."""
        self.holders = holders
        self._zone = case.zone
        self._days_left = case.days_left or 0
        self._stock = {key: made for gate in case.gates for key, made in _stock_of(gate).items()}
        self._who: dict[str, str] = {}
        self._said: dict[str, str] = {}

    def finding_text(self, finding: Finding) -> str:
        """Return one finding as JSON."""
        criterion = finding.criterion
        stock = self._stock[criterion.key]
        if finding.reading is None and finding.state is FindingState.NOT_REPORTED:
            said, tail = stock.unreported(finding)
        else:
            said, tail = self._words_of(finding), _tail_of(finding)
        self._said[criterion.key] = said
        return f"{stock.head},{self._who_text(stock)},{said},{tail}}}"

    def _words_of(self, finding: Finding) -> str:
        sentence = sentence_of(finding, days_left=self._days_left, zone=self._zone)
        return f'"sentence":{quoted(sentence)},"todo":{quoted(todo_of(finding))}'

    def action_text(self, finding: Finding) -> str:
        """Return what one printed finding asks for, as JSON."""
        key = finding.criterion.key
        stock = self._stock[key]
        return (
            f'{{{stock.address},"state":"{finding.state._value_}"'
            f",{self._said[key]},{self._who_text(stock)}}}"
        )

    def _who_text(self, stock: "_Stock") -> str:
        text = self._who.get(stock.roles)
        if text is None:
            who = who_of(stock.accountable, self.holders)
            text = self._who[stock.roles] = f'"who":{ordered_json(who)}'
        return text


class _Stock:
    """Keep of one criterion what is the same in every project: its head, and silence."""

    def __init__(self, criterion: CriterionTerms) -> None:
        self.head = ordered_json(_head(criterion))[:-1]
        self.address = (
            f'"gate":"{criterion.gate}","criterion":"{criterion.key}"'
            f',"class":"{_class_of(criterion)}"'
        )
        self.accountable = criterion.accountable
        self.roles = ",".join(criterion.accountable)
        self._unreported: dict[Decimal | None, tuple[str, str]] = {}

    def unreported(self, finding: Finding) -> tuple[str, str]:
        """Return the words and the tail of a finding that nobody has reported."""
        made = self._unreported.get(finding.due_today)
        if made is None or finding.criterion.baseline is not None:
            sentence = sentence_of(finding, days_left=0, zone=UTC)
            words = f'"sentence":{quoted(sentence)},"todo":{quoted(todo_of(finding))}'
            made = self._unreported[finding.due_today] = words, _tail_of(finding)
        return made


@lru_cache(maxsize=1024)
def _stock_of(gate: GateTerms) -> dict[str, _Stock]:
    """Return criterion -> what is made once per gate."""
    return {criterion.key: _Stock(criterion) for criterion in gate.criteria}


def _tail_of(finding: Finding) -> str:
    reading, acceptance = finding.reading, finding.acceptance
    return (
        f'"state":"{finding.state._value_}","beneath":"{finding.beneath._value_}"'
        f",{_UNMEASURED if reading is None else _numbers(reading)}"
        f',"due_today":{_number(finding.due_today)},"target":{_number(finding.target)}'
        f',"need":{_number(need_of(finding))},"measured":{quoted(measured_text(finding))}'
        f',"acceptance":{"null" if acceptance is None else quoted(acceptance.public_id)}'
        f',"report":{_report(reading)}'
    )


def _head(criterion: CriterionTerms) -> dict[str, str]:
    return {
        "criterion": criterion.key,
        "wording": criterion.wording,
        "class": _class_of(criterion),
        "metric": criterion.metric,
        "kind": criterion.kind,
        "comparison": criterion.comparison,
        "unit": criterion.unit,
        "grade": criterion.grade,
        "threshold_grade": criterion.threshold_grade,
        "sources": ", ".join(criterion.sources),
    }


def _class_of(criterion: CriterionTerms) -> str:
    return "HARD" if criterion.hard else "SOFT"


def _numbers(reading: Reading) -> str:
    done = "null" if reading.done is None else reading.done
    due = "null" if reading.due is None else reading.due
    return (
        f'"done":{done},"due":{due},"value":{_number(reading.value)}'
        f',"population":{reading.population}'
    )


def _number(number: Decimal | None) -> str:
    return "null" if number is None else f'"{decimal_text(number)}"'


def _report(reading: Reading | None) -> str:
    if reading is None or reading.expires_at is None:
        return "null"
    return (
        f'{{"source":{quoted(reading.source)},"measured_at":"{moment_text(reading.as_of)}"'
        f',"expires_at":"{moment_text(reading.expires_at)}"}}'
    )
