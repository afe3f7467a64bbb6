"""Who was planned to test and did, department by department: the rows behind participation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.models import Department, Person, Project
from governance.pages.looks import Look
from governance.pages.trail import Step, trail_of
from governance.querysets.batches import Batch, batches
from uat.metrics.engagement import Turnout, turnouts

NO_DEPARTMENT = "none"
TOOK_PART = Look(gettext_lazy("Took part"), "circle-check", "good")
PARTLY = Look(gettext_lazy("In some weeks only"), "alert-triangle", "warn")
NEVER = Look(gettext_lazy("Ran nothing"), "circle-x", "bad")


@dataclass(frozen=True, slots=True)
class TesterLine:
    """One planned tester: in how many of the planned weeks that are over there was a run."""

    person: Person
    href: str
    look: Look
    ran: int
    planned: int


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """One department: how many of its planned testers took part in each planned week."""

    key: str
    name: str
    manager: str
    done: int
    due: int
    is_chosen: bool = False

    @property
    def look(self) -> Look:
        """Return how it looks."""
        if self.done == self.due:
            return TOOK_PART
        return PARTLY if self.done else NEVER


@dataclass(frozen=True, slots=True)
class TesterList:
    """The testers, the quietest department first, with the line that answers first."""

    departments: list[DepartmentLine]
    rows: list[TesterLine]
    answer: str
    trail: list[Step]

    @property
    def is_narrowed(self) -> bool:
        """Say whether one department alone is shown."""
        return any(line.is_chosen for line in self.departments)


def turnout_list(project: Project, *, at: datetime, department: str = "") -> TesterList:
    """Return everybody planned for a week that is over, and what the departments make of it."""
    found = turnouts(batch_of(project, at=at))
    people = _people(project, found)
    lines = department_lines(found, people=people, chosen=department)
    rows = [
        _line(turnout, people[turnout.person_id], project=project)
        for turnout in found
        if not department or _key(people[turnout.person_id].department) == department
    ]
    place = {line.key: number for number, line in enumerate(lines)}
    rows.sort(
        key=lambda row: (
            place[_key(row.person.department)],
            row.ran - row.planned,
            row.person.name,
        )
    )
    return TesterList(
        departments=lines,
        rows=rows,
        answer=_answer(lines),
        trail=trail_of(
            project,
            Step(_("Scenarios"), reverse("uat:scenario-list", args=[project.public_id])),
            _("Testers"),
        ),
    )


def batch_of(project: Project, *, at: datetime) -> Batch:
    """Return one project as it is measured at a moment."""
    return next(batches(project_ids=[project.pk], as_of=at))


def department_lines(
    found: Iterable[Turnout], *, people: dict[int, Person], chosen: str = ""
) -> list[DepartmentLine]:
    """Return the departments with planned testers, the quietest first."""
    counts: dict[str, list[int]] = {}
    named: dict[str, Department | None] = {}
    for turnout in found:
        department = people[turnout.person_id].department
        key = _key(department)
        named[key] = department
        done, due = counts.get(key, [0, 0])
        counts[key] = [done + turnout.took_part, due + 1]
    lines = [
        DepartmentLine(
            key=key,
            name=str(named[key] or _("No department")),
            manager=_manager_of(named[key]),
            done=done,
            due=due,
            is_chosen=key == chosen,
        )
        for key, (done, due) in counts.items()
    ]
    return sorted(lines, key=lambda line: (line.done / line.due, -line.due, line.name))


def _people(project: Project, found: Iterable[Turnout]) -> dict[int, Person]:
    rows = Person._base_manager.filter(project=project, pk__in=[each.person_id for each in found])
    return {row.pk: row for row in rows.select_related("department__manager")}


def _key(department: Any) -> str:
    return str(department.public_id) if department else NO_DEPARTMENT


def _manager_of(department: Department | None) -> str:
    return department.manager.name if department and department.manager else ""


def _line(turnout: Turnout, person: Person, *, project: Project) -> TesterLine:
    ran, planned = turnout.weeks
    return TesterLine(
        person=person,
        href=reverse("training:person-detail", args=[project.public_id, person.public_id]),
        look=TOOK_PART if turnout.took_part else PARTLY if ran else NEVER,
        ran=ran,
        planned=planned,
    )


def _answer(lines: list[DepartmentLine]) -> str:
    if not lines:
        return _("No planned week of testing is over yet.")
    quietest = lines[0]
    if quietest.done == quietest.due:
        return _("In every department each planned tester took part in each planned week.")
    said = ngettext(
        "In the quietest department, %(name)s, %(done)d of %(due)d planned tester took part in "
        "each planned week.",
        "In the quietest department, %(name)s, %(done)d of %(due)d planned testers took part in "
        "each planned week.",
        quietest.due,
    )
    return said % {"name": quietest.name, "done": quietest.done, "due": quietest.due}
