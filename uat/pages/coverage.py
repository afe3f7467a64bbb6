"""Processes against scenario classes: what the business has run, of what is in scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.forms.decisions import owned_processes
from governance.models import BusinessProcess, Project
from governance.pages.amounts import amount_text
from governance.pages.looks import Look
from governance.pages.trail import Step, trail_of
from uat.choices import ScenarioClass
from uat.forms.search import NO_PROCESS
from uat.models import Scenario
from uat.querysets.scenarios import CoverageTally, ScenarioQuerySet


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """One class of one process: run by the business, of those in scope; none due has no look.

    `text` is read in the cell, `label` says the whole of it.
    """

    column: str
    text: str
    label: str
    look: Look | None
    href: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One process with its cells, all of it together first."""

    name: str
    href: str
    cells: list[CoverageCell]


@dataclass(frozen=True, slots=True)
class Part:
    """A number of scenarios in one state, with the rows behind it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix, with the line that answers first."""

    columns: list[str]
    rows: list[CoverageRow]
    parts: list[Part]
    answer: str
    trail: list[Step]


def coverage_matrix(project: Project) -> Coverage:
    """Return what the business has run, by process and class, and what nobody has."""
    scope = Scenario.objects.filter(project=project).in_scope()
    tallies = list(scope.coverage())
    kinds: list[ScenarioClass] = list(ScenarioClass)[:-1]
    if any(tally.scenario_class == ScenarioClass.UNCLASSIFIED for tally in tallies):
        kinds = list(ScenarioClass)
    address = reverse("uat:scenario-list", args=[project.public_id])
    by_process: dict[int | None, list[CoverageTally]] = {}
    for tally in tallies:
        by_process.setdefault(tally.process_id, []).append(tally)
    rows = [
        _row(process, by_process.get(process.pk if process else None, []), kinds, address)
        for process in (*owned_processes(project), None)
        if process or None in by_process
    ]
    above = Step(_("Scenarios"), address)
    return Coverage(
        columns=[str(kind.label) for kind in kinds],
        rows=rows if tallies else [],
        parts=_parts(scope, tallies, address),
        answer=_answer(tallies),
        trail=trail_of(project, above, _("Coverage")),
    )


def _answer(tallies: Iterable[CoverageTally]) -> str:
    rows = list(tallies)
    due = sum(row.due for row in rows)
    nobody = due - sum(row.tested for row in rows)
    if not due:
        return _("No scenario is in scope yet.")
    if not nobody:
        return _("The business has tested every one of the %(due)s scenarios in scope.") % {
            "due": amount_text(due)
        }
    return ngettext(
        "Nobody of the business has tested %(nobody)s of the %(due)s scenarios in scope.",
        "Nobody of the business has tested %(nobody)s of the %(due)s scenarios in scope.",
        nobody,
    ) % {"nobody": amount_text(nobody), "due": amount_text(due)}


def _parts(scope: ScenarioQuerySet, tallies: list[CoverageTally], address: str) -> list[Part]:
    """Return what the open scenarios are made of, each with its rows."""
    counted = {
        "open": sum(row.due - row.tested for row in tallies),
        "failed": sum(row.failed for row in tallies),
    }
    texts = {
        "open": _("%(number)s still to be run"),
        "never": _("%(number)s never run by anybody"),
        "partner": _("%(number)s run only by a partner or somebody unknown"),
        "blocked": _("%(number)s blocked"),
        "changed": _("%(number)s changed since the run"),
        "failed": _("%(number)s failed"),
    }
    return [
        Part(text % {"number": amount_text(number)}, f"{address}?{urlencode({'state': state})}")
        for state, text in texts.items()
        if (number := counted[state] if state in counted else scope.in_state(state).count())
    ]


def _row(
    process: BusinessProcess | None,
    tallies: list[CoverageTally],
    kinds: list[ScenarioClass],
    address: str,
) -> CoverageRow:
    name = str(process) if process else _("No process")
    asked = {"process": str(process.public_id) if process else NO_PROCESS}
    everything = _("%(process)s, all classes") % {"process": name}
    whole = _cell(tallies, (_("All classes"), everything), address, asked)
    cells = [
        _cell(
            [tally for tally in tallies if tally.scenario_class == kind],
            (str(kind.label), _("%(process)s, %(kind)s") % {"process": name, "kind": kind.label}),
            address,
            {**asked, "kind": kind.value},
        )
        for kind in kinds
    ]
    return CoverageRow(name, f"{address}?{urlencode(asked)}", [whole, *cells])


def _cell(
    tallies: list[CoverageTally], names: tuple[str, str], address: str, asked: dict[str, str]
) -> CoverageCell:
    """Return a cell by the name of its column and its own whole name."""
    column, label = names
    due, done = sum(row.due for row in tallies), sum(row.tested for row in tallies)
    failed = sum(row.failed for row in tallies)
    address += f"?{urlencode(asked)}"
    if not due:
        return CoverageCell(column, "", label, None, address)
    look = _look(done, due, failed)
    text = _("%(done)s of %(due)s") % {"done": amount_text(done), "due": amount_text(due)}
    whole = _("%(cell)s: %(text)s, %(word)s") % {"cell": label, "text": text, "word": look.word}
    return CoverageCell(column, text, whole, look, address)


def _look(done: int, due: int, failed: int) -> Look:
    """Return how a cell looks; only what was run whole and passed whole is green."""
    if failed:
        words = ngettext("%(number)s failed", "%(number)s failed", failed)
        return Look(words % {"number": amount_text(failed)}, "circle-x", "bad")
    if not done:
        return Look(_("Nobody ran it"), "circle-dashed", "unknown")
    if done < due:
        return Look(_("Partly run"), "alert-triangle", "warn")
    return Look(_("All passed"), "circle-check", "good")
