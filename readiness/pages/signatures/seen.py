"""What somebody saw when signing, and what is different now, in words."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import SignoffKind
from readiness.pages.document_words import Line, Section, sections_of
from readiness.pages.evidence import Change, changes_between, figures_of
from readiness.pages.words import day_text, number_text
from uat.choices import DefectState, ExecutionResult, ScenarioClass, Severity

_WORDS = {
    "charter": gettext_lazy("Charter"),
    "project_manager": gettext_lazy("Project manager"),
    "powers": gettext_lazy("Powers"),
    "withheld_reason": gettext_lazy("Why powers are withheld"),
    "project": gettext_lazy("Upgrade"),
    "process": gettext_lazy("Process"),
    "nodes": gettext_lazy("Processes that belong to it"),
    "scenarios": gettext_lazy("Scenarios in scope"),
    "classes": gettext_lazy("Kinds of scenarios"),
    "total": gettext_lazy("Scenarios in scope, run, passed"),
    "open_defects": gettext_lazy("Open defects"),
    "accepted_risks": gettext_lazy("Accepted risks"),
    "open_caveats": gettext_lazy("Open caveats"),
    "open_decisions": gettext_lazy("Open decisions"),
    "gate": gettext_lazy("Gate"),
    "criterion": gettext_lazy("Criterion"),
    "reason": gettext_lazy("Reason"),
    "control": gettext_lazy("Control"),
    "until": gettext_lazy("Until"),
    "expires_at": gettext_lazy("Until"),
    "policy": gettext_lazy("Policy"),
    "previous": gettext_lazy("Policy before"),
    "changes": gettext_lazy("Changes"),
    "go_live_date": gettext_lazy("Go-live date"),
    "policies": gettext_lazy("Policy behind the gates"),
    "scope": gettext_lazy("Processes in scope"),
    "defects": gettext_lazy("Defects"),
    "metrics": gettext_lazy("Figures"),
    "conditions": gettext_lazy("Decisions and assumptions it waited for"),
    "gates": gettext_lazy("Gates that ask for it"),
    "set_aside": gettext_lazy("Criteria set aside"),
    "done": gettext_lazy("Counted then"),
    "due": gettext_lazy("Of so many"),
    "value": gettext_lazy("Measured then"),
    "approver": gettext_lazy("Accepted by"),
    "from": gettext_lazy("Policy before"),
    "to": gettext_lazy("Policy now"),
}
_PASSED_OVER = ("version", "id", "hash", "is_looser", "asked")
_NAMES = ("code", "key", "name", "wording", "version")
_OF_LATER_VERSIONS = ("conditions", "gates", "set_aside")
_CODES_SHOWN = 12
TOLD_BY_PARTS = (
    SignoffKind.SCOPE,
    SignoffKind.CHARTER,
    SignoffKind.CLOSURE,
    SignoffKind.HANDOVER,
    SignoffKind.POLICY_CHANGE,
)
LONGEST = 300


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One thing that was shown: what it is, and what it was."""

    label: str
    value: str


def seen_lines(body: str) -> list[SeenLine]:
    """Return what an exhibit said, in figures and names; nothing where it is not to be read."""
    content = _read(body)
    if {"scenarios", "defects", "policies"} <= content.keys():
        return _of_evidence(body, content)
    return list(_told(content))


def seen_sections(kind: str, body: str) -> list[Section]:
    """Return the whole exhibit, part by part; nothing where its kind has no parts."""
    content = _read(body)
    if {"scenarios", "defects", "policies"} <= content.keys():
        return [_scenarios(content["scenarios"]), _defects(content["defects"])]
    if kind in TOLD_BY_PARTS and content:
        return sections_of(SignoffKind(kind), body)
    return []


def changes_since(signed: str, current: str, *, opening: str, who: str) -> list[Change]:
    """Return what is different now from what was signed; `opening` as `changes_between`."""
    if not current:
        return [Change(_("It is out of scope now; there is nothing to sign any more."))]
    before, after = _read(signed), _read(current)
    if {"scenarios", "defects", "policies"} <= before.keys() & after.keys():
        return changes_between(signed, current, opening=opening, who=who)
    changed = [key for key in after if before.get(key) != after[key]]
    found = [_change(key, before.get(key), after[key]) for key in changed]
    return found or [Change(_("The form in which evidence is written changed."))]


def _read(body: str) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _of_evidence(body: str, content: Mapping[str, Any]) -> list[SeenLine]:
    figures = figures_of(body)
    day = content.get("go_live_date")
    policies = [f"{key} {version}" for key, version, *_rest in content["policies"]]
    lines = [
        (_("Scenarios in scope"), number_text(figures.scenarios)),
        (_("Runs by the business"), number_text(figures.runs)),
        (_("Tested"), number_text(figures.tested)),
        (_("Passed"), number_text(figures.passed)),
        (_("Open defects"), number_text(figures.defects)),
        (_("Go-live date"), day_text(date.fromisoformat(day)) if day else _("without a date")),
        (_("Policy behind the gates"), ", ".join(policies) or _("None")),
    ]
    more = [(_label(key), _in_words(content[key])) for key in _OF_LATER_VERSIONS if key in content]
    return [SeenLine(label, text) for label, text in [*lines, *more]]


def _told(content: Mapping[str, Any]) -> Iterator[SeenLine]:
    """Yield each thing said; what is said of a thing without a name follows it, one by one."""
    for key, value in content.items():
        if key in _PASSED_OVER:
            continue
        if isinstance(value, dict) and not value.keys() & set(_NAMES):
            yield from _told(value)
        elif text := _in_words(value):
            yield SeenLine(_label(key), text)


def _scenarios(rows: Iterable[list[Any]]) -> Section:
    kinds, results = dict(ScenarioClass.choices), dict(ExecutionResult.choices)
    lines = [
        Line(row[0], f"{kinds.get(row[1], row[1])}: {results.get(row[6], '') or _('never run')}")
        for row in rows
    ]
    return Section(_("Scenarios in scope"), lines)


def _defects(rows: Iterable[list[Any]]) -> Section:
    levels, states = dict(Severity.choices), dict(DefectState.choices)
    lines = [Line(row[0], f"{levels.get(row[1], '')}, {states.get(row[2], '')}") for row in rows]
    return Section(_("Defects"), lines)


def _label(key: str) -> str:
    return str(_WORDS.get(key, key.replace("_", " ").capitalize()))


def _in_words(value: Any) -> str:
    """Return a value in short: a text as it is, a row by its name, a list by its length."""
    if isinstance(value, dict):
        return " ".join(str(value[name]) for name in _NAMES if value.get(name))[:LONGEST]
    if isinstance(value, list):
        return _list_in_words(value)
    if value is None or value == "":
        return ""
    return str(value)[:LONGEST]


def _list_in_words(values: list[Any]) -> str:
    """Return numbers side by side, a few codes by themselves, and anything else by its length."""
    if values and all(isinstance(each, int) for each in values):
        return " / ".join(map(number_text, values))
    if 0 < len(values) <= _CODES_SHOWN and all(isinstance(each, str) for each in values):
        return ", ".join(values)
    return number_text(len(values))


def _change(key: str, before: Any, after: Any) -> Change:
    told = {"what": _label(key)}
    if isinstance(before, list) and isinstance(after, list) and len(before) != len(after):
        told |= {"before": number_text(len(before)), "now": number_text(len(after))}
        return Change(_("%(what)s: was %(before)s, now %(now)s.") % told)
    return Change(_("%(what)s: changed.") % told)
