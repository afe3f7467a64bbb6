"""What a document says, in plain words: the canonical JSON that is signed, told by sections."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import Criticality, Power, SignoffKind
from readiness.pages.spoken import policy_text
from readiness.pages.words import day_text, number_text
from readiness.policy.differences import Difference
from uat.choices import DefectState, ScenarioClass, Severity

Body = dict[str, Any]
WHAT = {
    Difference.ADDED: gettext_lazy("Asked for anew"),
    Difference.REMOVED: gettext_lazy("Looser: no longer asked for"),
    Difference.LOOSENED: gettext_lazy("Looser"),
    Difference.TIGHTENED: gettext_lazy("Stricter"),
    Difference.REWORDED: gettext_lazy("Neither looser nor stricter"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the document says: of what, and what."""

    of: str
    says: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the document; without lines it says that there is nothing."""

    title: str
    lines: list[Line]


def sections_of(kind: SignoffKind, body: str) -> list[Section]:
    """Return what a document says."""
    return list(_TOLD[kind](json.loads(body)))


def _scope(body: Body) -> Iterator[Section]:
    levels = dict(Criticality.choices)
    for is_in, title in ((True, _("Belongs to it")), (False, _("Does not belong to it"))):
        rows = [row for row in body["nodes"] if row[3] is is_in]
        lines = [Line(f"{row[0]} {row[1]}", str(levels.get(row[2], ""))) for row in rows]
        yield Section(title, lines)
    codes = body["scenarios"]
    lines = [Line(number_text(len(codes)), ", ".join(codes))] if codes else []
    yield Section(_("Scenarios in scope"), lines)


def _charter(body: Body) -> Iterator[Section]:
    charter = body["charter"]
    if charter is None:
        return
    yield Section(
        _("Who is given the powers"), [Line(_("Project manager"), charter["project_manager"])]
    )
    names = dict(Power.choices)
    for is_granted, title in ((True, _("Granted")), (False, _("Withheld"))):
        powers = [key for key, granted in charter["powers"] if granted is is_granted]
        lines = [Line(str(names.get(key, key)), str(_WORD_OF_POWER[is_granted])) for key in powers]
        if lines and not is_granted:
            lines.append(Line(_("Why"), charter["withheld_reason"]))
        yield Section(title, lines)


_WORD_OF_POWER = {True: gettext_lazy("granted"), False: gettext_lazy("withheld")}


def _closure(body: Body) -> Iterator[Section]:
    names = dict(ScenarioClass.choices)
    every = [[_("Every kind"), *body["total"]], *body["classes"]]
    yield Section(
        _("Scenarios by kind"),
        [Line(str(names.get(row[0], row[0])), _tested(*row[1:])) for row in every],
    )
    levels = dict(Severity.choices)
    defects = [Line(str(levels[key]), number_text(count)) for key, count in body["open_defects"]]
    yield Section(_("Open defects"), defects)
    yield Section(_("Accepted risks that name scenarios"), list(map(_risk, body["accepted_risks"])))


def _tested(due: int, tested: int, passed: int) -> str:
    text = _("%(tested)s of %(due)s run by the business, %(passed)s passed")
    return text % {
        name: number_text(value)
        for name, value in (("due", due), ("tested", tested), ("passed", passed))
    }


def _risk(risk: Body) -> Line:
    text = _("accepted by %(who)s until %(until)s: %(codes)s")
    until = day_text(datetime.fromisoformat(risk["until"]).date())
    told = {"who": risk["approver"], "until": until, "codes": ", ".join(risk["scenarios"])}
    return Line(f"{risk['gate']} {risk['criterion']}", text % told)


def _handover(body: Body) -> Iterator[Section]:
    levels, states = dict(Severity.choices), dict(DefectState.choices)
    defects = [
        Line(code, f"{levels.get(severity, '')}, {states.get(state, '')}")
        for code, severity, state in body["open_defects"]
    ]
    yield Section(_("Open defects"), defects)
    yield Section(
        _("Open caveats"), [Line(_("Caveat"), text) for _id, text in body["open_caveats"]]
    )
    yield Section(_("Open decisions"), [Line(code, text) for code, text in body["open_decisions"]])


def _policy(body: Body) -> Iterator[Section]:
    before, now = body["from"], body["to"]
    lines = [Line(_("So far"), _policy_name(before)), Line(_("From now on"), _policy_name(now))]
    looser = _("Yes: something becomes easier to meet.") if body["is_looser"] else _("No")
    yield Section(_("Policy"), [*lines, Line(_("Is it looser?"), looser)])
    yield Section(_("What is demanded differently"), list(map(_difference, body["changes"])))


def _policy_name(policy: Body | None) -> str:
    if policy is None:
        return _("None")
    told = {"name": policy["name"], "key": policy["key"], "version": policy["version"]}
    return _("%(name)s (%(key)s, version %(version)s)") % told


def _difference(change: Body) -> Line:
    parts = [str(WHAT[Difference(change["what"])])]
    before, now = change["from"], change["to"]
    parts += [policy_text((now or before)["wording"])]
    if before and now:
        parts += list(_moves(before, now))
    return Line(f"{change['gate']} {change['criterion']}", " · ".join(parts))


def _moves(before: Body, now: Body) -> Iterable[str]:
    names = {
        "wording": _("words"),
        "metric": _("figure"),
        "origin": _("where it comes from"),
        "comparison": _("comparison"),
        "target": _("target"),
        "warn": _("edge of the warning"),
        "class": _("class"),
        "due_days": _("days before go-live"),
        "ttl_days": _("days it counts"),
    }
    for key, name in names.items():
        if before[key] != now[key]:
            old, new = (_("none") if each[key] is None else each[key] for each in (before, now))
            yield _("%(what)s: was %(before)s, now %(now)s") % {
                "what": name,
                "before": old,
                "now": new,
            }


_TOLD: dict[SignoffKind, Callable[[Body], Iterator[Section]]] = {
    SignoffKind.SCOPE: _scope,
    SignoffKind.CHARTER: _charter,
    SignoffKind.CLOSURE: _closure,
    SignoffKind.HANDOVER: _handover,
    SignoffKind.POLICY_CHANGE: _policy,
}
