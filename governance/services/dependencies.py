"""Note what waits for a decision; a loop in which each waits for the other is refused.

Whoever adds to the graph holds the project's lock, so that two who add at once see each other.
Locks are taken in one order: decisions by key, then the project.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import DependentKind
from governance.models import Decision, Dependency, Project, User
from governance.querysets.dependencies import downstream_ids
from governance.record.witnessing import witness_all
from governance.services.dependents import known_dependents
from governance.services.marks import mark_projects
from governance.services.questions import DecisionRefused, lock_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependents:
    """What waits for a decision beside processes, and `after` which decisions it comes itself."""

    scenarios: Collection[str] = field(default=())
    criteria: Collection[str] = field(default=())
    decisions: Collection[Decision] = field(default=())
    after: Collection[Decision] = field(default=())

    def __bool__(self) -> bool:
        """Say whether anything waits at all."""
        return any((self.scenarios, self.criteria, self.decisions, self.after))


@transaction.atomic
def note_dependents(
    *, decision: Decision, dependents: Dependents, noted_by: User, noted_at: datetime
) -> list[Dependency]:
    """Write what waits for an open decision; what is noted already stays as it is.

    :raises DecisionRefused: it is not open, a code is not the project's, or a loop would be.
    """
    held = lock_open(decision, *dependents.decisions, *dependents.after)
    rows = write_dependents(held, dependents=dependents, noted_by=noted_by, noted_at=noted_at)
    if rows:
        mark_projects(project_ids=[held.project_id])
        witness_all(rows, actor=noted_by)
    return rows


def write_dependents(
    decision: Decision, *, dependents: Dependents, noted_by: User, noted_at: datetime
) -> list[Dependency]:
    """Write what waits for a decision; the caller holds the locks and witnesses the rows.

    :raises DecisionRefused: as `note_dependents`.
    """
    Project.objects.select_for_update(no_key=True).get(pk=decision.project_id)
    _refuse_unknown(decision, dependents)
    wanted = list(_edges(decision, dependents))
    there = {
        (row.decision_id, row.kind, row.code, row.waiting_id)
        for row in Dependency.objects.filter(project=decision.project_id).about(decision)
    }
    rows = [
        Dependency.objects.create(
            organisation_id=decision.organisation_id,
            project_id=decision.project_id,
            decision_id=before,
            kind=kind,
            code=code,
            waiting_id=waiting,
            noted_by=noted_by,
            noted_at=noted_at,
        )
        for before, kind, code, waiting in dict.fromkeys(wanted)
        if (before, kind, code, waiting) not in there
    ]
    _refuse_loop(decision)
    return rows


Edge = tuple[int, str, str, int | None]


def _edges(decision: Decision, dependents: Dependents) -> Iterable[Edge]:
    for code in dependents.scenarios:
        yield decision.pk, DependentKind.SCENARIO, code, None
    for code in dependents.criteria:
        yield decision.pk, DependentKind.CRITERION, code, None
    for row in dependents.decisions:
        yield decision.pk, DependentKind.DECISION, "", row.pk
    for row in dependents.after:
        yield row.pk, DependentKind.DECISION, "", decision.pk


def _refuse_unknown(decision: Decision, dependents: Dependents) -> None:
    others = (*dependents.decisions, *dependents.after)
    if any(row.project_id != decision.project_id for row in others):
        raise DecisionRefused(_("Choose decisions of this project."), field="waiting")
    if any(row.pk == decision.pk for row in others):
        raise DecisionRefused(_("A decision does not wait for itself."), field="waiting")
    for kind, codes in (
        (DependentKind.SCENARIO, dependents.scenarios),
        (DependentKind.CRITERION, dependents.criteria),
    ):
        known = known_dependents(decision.project, kind=kind, codes=codes)
        unknown = [code for code in codes if code not in known]
        if unknown:
            message = _("This project knows no %(what)s.") % {"what": ", ".join(unknown)}
            raise DecisionRefused(message, field="waiting")


def _refuse_loop(decision: Decision) -> None:
    """Refuse when a decision would wait for itself, naming the whole loop.

    :raises DecisionRefused: it would.
    """
    below = downstream_ids(decision.pk)
    if decision.pk not in below:
        return
    rows = Dependency.objects.filter(project=decision.project_id, decision__in=below)
    edges: dict[int, list[int]] = {}
    for before, after in rows.between_decisions().values_list("decision_id", "waiting_id"):
        edges.setdefault(before, []).append(after)
    codes = dict(
        Decision.objects.filter(project=decision.project_id, pk__in=below).values_list("pk", "code")
    )
    path = " → ".join(codes.get(key, "?") for key in _loop(decision.pk, edges))
    message = _("That would be a loop, in which nothing could ever be decided: %(path)s.")
    raise DecisionRefused(message % {"path": path}, field="waiting")


def _loop(start: int, edges: Mapping[int, list[int]]) -> list[int]:
    """Return the shortest way from a decision back to itself."""
    ways = [[start]]
    seen: set[int] = set()
    while ways:
        way = ways.pop(0)
        for after in edges.get(way[-1], ()):
            if after == start:
                return [*way, start]
            if after not in seen:
                seen.add(after)
                ways.append([*way, after])
    return [start]
