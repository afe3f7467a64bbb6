"""Findings as JSON text, put together from parts that are made once: a night prints 100,000.

A finding is {criterion, wording, class, metric, kind, comparison, unit, grade,
threshold_grade, sources, who, state, beneath, done, due, value, population, due_today,
target, need, measured, sentence, todo, acceptance, report}. `sources` is one text; `who`
names the accountable in words; `beneath` is the state without the acceptance; `measured`
and `sentence` are ready words; `acceptance` is its id or null; `report` is null for what
was counted here, else {source, measured_at, expires_at}.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring as quoted

from governance.choices import Role
from governance.readings import Reading
from readiness.choices import FindingState
from readiness.policy.hashing import decimal_text, moment_text, ordered_json
from readiness.policy.needs import need_of
from readiness.policy.outcomes import Finding
from readiness.policy.sentences import measured_text, sentence_of, todo_of
from readiness.policy.terms import CriterionTerms, GateTerms, ProjectCase

Holders = Mapping[str, Sequence[str]]
_STATES = {state: f'"{state.value}"' for state in FindingState}
_UNMEASURED = '"done":null,"due":null,"value":null,"population":0'


def who_of(roles: Iterable[Role], holders: Holders) -> list[str]:
    """Return the accountable in words: 'Ada Brandt (Sponsor)', or the role of many or none."""
    named = []
    for role in roles:
        names = holders.get(role, ())
        named.append(f"{names[0]} ({role.label})" if len(names) == 1 else str(role.label))
    return named


class FindingPrinter:
    """Print one project's findings; what was said of one is kept for the list of actions."""

    def __init__(self, case: ProjectCase, holders: Holders) -> None:
        """Take what all findings of a project have in common."""
        self.holders = holders
        self._zone = case.zone
        self._days_left = case.days_left or 0
        self._heads = {key: head for gate in case.gates for key, head in _heads_of(gate).items()}
        self._who: dict[tuple[Role, ...], str] = {}
        self._said: dict[str, str] = {}

    def finding_text(self, finding: Finding) -> str:
        """Return one finding as JSON."""
        criterion, reading = finding.criterion, finding.reading
        said = quoted(sentence_of(finding, days_left=self._days_left, zone=self._zone))
        todo = quoted(todo_of(finding))
        self._said[criterion.key] = f'"sentence":{said},"todo":{todo}'
        acceptance = finding.acceptance
        return (
            f"{self._heads[criterion.key]},{self._who_text(criterion)}"
            f',"state":{_STATES[finding.state]},"beneath":{_STATES[finding.beneath]}'
            f",{_UNMEASURED if reading is None else _numbers(reading)}"
            f',"due_today":{_number(finding.due_today)},"target":{_number(finding.target)}'
            f',"need":{_number(need_of(finding))},"measured":{quoted(measured_text(finding))}'
            f",{self._said[criterion.key]}"
            f',"acceptance":{"null" if acceptance is None else quoted(acceptance.public_id)}'
            f',"report":{_report(reading)}}}'
        )

    def action_text(self, finding: Finding) -> str:
        """Return what one printed finding asks for, as JSON."""
        criterion = finding.criterion
        return (
            f'{{"gate":"{criterion.gate}","criterion":"{criterion.key}"'
            f',"class":"{_class_of(criterion)}","state":{_STATES[finding.state]}'
            f",{self._said[criterion.key]},{self._who_text(criterion)}}}"
        )

    def _who_text(self, criterion: CriterionTerms) -> str:
        roles = criterion.accountable
        text = self._who.get(roles)
        if text is None:
            text = self._who[roles] = f'"who":{ordered_json(who_of(roles, self.holders))}'
        return text


@lru_cache(maxsize=1024)
def _heads_of(gate: GateTerms) -> dict[str, str]:
    """Return criterion -> the unclosed head of its findings; made once per gate."""
    return {criterion.key: ordered_json(_head(criterion))[:-1] for criterion in gate.criteria}


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
