"""What somebody saw when signing, and what is different now, in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readiness.pages.evidence import Change, changes_between, figures_of
from readiness.pages.words import day_text, number_text

_WORDS = {
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
}
_PASSED_OVER = ("version", "id")
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
    told = [(key, _in_words(value)) for key, value in content.items() if key not in _PASSED_OVER]
    return [SeenLine(_label(key), text) for key, text in told if text]


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
    return [SeenLine(label, text) for label, text in lines]


def _label(key: str) -> str:
    return str(_WORDS.get(key, key.replace("_", " ").capitalize()))


def _in_words(value: Any) -> str:
    """Return a value in short: a text as it is, a row by its name, a list by its length."""
    if isinstance(value, dict):
        named = [value.get("code"), value.get("key"), value.get("name"), value.get("version")]
        return " ".join(str(each) for each in named if each)
    if isinstance(value, list):
        is_plain = value and all(isinstance(each, int) for each in value)
        return " / ".join(map(number_text, value)) if is_plain else number_text(len(value))
    if value is None or value == "":
        return ""
    return str(value)[:LONGEST]


def _change(key: str, before: Any, after: Any) -> Change:
    told = {"what": _label(key)}
    if isinstance(before, list) and isinstance(after, list) and len(before) != len(after):
        told |= {"before": number_text(len(before)), "now": number_text(len(after))}
        return Change(_("%(what)s: was %(before)s, now %(now)s.") % told)
    return Change(_("%(what)s: changed.") % told)
