"""Defects and what happened to them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

from django.db.models import Case, CharField, Count, Q, Value, When

from governance.querysets import ImportedQuerySet
from governance.querysets.facts import still_seen
from governance.querysets.statements import change_rows, fetch_rows, fill
from uat.choices import OPEN_STATES, Severity

if TYPE_CHECKING:
    from uat.models import Defect, DefectEvent

_KEPT = still_seen("v", dated=False)
STATES_BY_DEFECT = """
    SELECT defect_id, state,
           MAX(CASE WHEN state = 'REOPENED' THEN 1 ELSE 0 END)
               OVER (PARTITION BY defect_id) AS reopened,
           ROW_NUMBER() OVER (
               PARTITION BY defect_id ORDER BY happened_at DESC, id DESC) AS place
      FROM uat_defectevent v
     WHERE project_id IN ({projects}) AND {seen}
"""
_REOPEN = """
    UPDATE uat_defect SET state = 'OPEN', was_reopened = {no}
     WHERE project_id IN ({projects})
       AND id IN (SELECT defect_id FROM uat_defectevent WHERE project_id IN ({projects}))
       AND id NOT IN (SELECT defect_id FROM uat_defectevent v
                       WHERE project_id IN ({projects}) AND {kept})
"""
_DIFFERS = """
    (d.state <> e.state OR d.was_reopened <> (e.reopened = 1))
"""
_KEEP = """
    UPDATE uat_defect AS d SET state = e.state, was_reopened = (e.reopened = 1)
      FROM ({states}) e WHERE e.defect_id = d.id AND e.place = 1 AND {differs}
"""
_CHECK = """
    SELECT d.id FROM uat_defect d JOIN ({states}) e ON e.defect_id = d.id AND e.place = 1
     WHERE {differs} ORDER BY d.id
"""


class OpenAge(NamedTuple):
    """Open defects of one severity in one age group."""

    age: str
    severity: str
    number: int


class DefectQuerySet(ImportedQuerySet["Defect"]):
    """Select defects."""

    happened_field = "raised_at"

    def open(self) -> Self:
        """Keep those that are not closed and not rejected."""
        return self.filter(state__in=OPEN_STATES)

    def of_owned_process(self, public_id: str) -> Self:
        """Keep those of an owned process: named by the defect itself, else by its scenario."""
        return self.filter(
            Q(process__accountable__public_id=public_id)
            | Q(process__isnull=True, scenario__process__accountable__public_id=public_id)
        )

    def of_no_process(self) -> Self:
        """Keep those that neither themselves nor by their scenario belong to an owned process."""
        return self.filter(
            Q(process__isnull=True, scenario__process__accountable__isnull=True)
            | Q(process__isnull=False, process__accountable__isnull=True)
        )

    def not_cared_for(self) -> Self:
        """Keep the open ones that have no owner or no date to be fixed by."""
        return self.open().filter(Q(owner_name="") | Q(fix_due_date__isnull=True))

    def worst_first(self) -> Self:
        """Order by severity, then by age."""
        ranks = [
            When(severity=severity, then=Value(rank)) for rank, severity in enumerate(Severity)
        ]
        return self.order_by(Case(*ranks), "raised_at", "pk")

    def open_ages(
        self, *, ages: Mapping[str, tuple[int, int | None]], now: datetime
    ) -> list[OpenAge]:
        """Count the open ones by age group (days since raised: from, up to) and severity.

        What is raised after `now` counts as young.
        """
        groups = [
            When(raised_at__gt=now - timedelta(days=before), then=Value(age))
            for age, (_, before) in ages.items()
            if before is not None
        ]
        oldest = next(age for age, (_, before) in ages.items() if before is None)
        group = Case(*groups, default=Value(oldest), output_field=CharField())
        rows = self.open().values_list(group, "severity").annotate(Count("pk")).order_by()
        return [OpenAge._make(row) for row in rows]


class DefectEventQuerySet(ImportedQuerySet["DefectEvent"]):
    """Select what happened to defects."""

    happened_field = "happened_at"


def _states(project_ids: Iterable[int]) -> str:
    return fill(STATES_BY_DEFECT, seen=_KEPT, projects=list(project_ids))


def keep_states(*, project_id: int) -> int:
    """Write each defect's newest state on it; return how many moved."""
    return change_rows(fill(_KEEP, states=_states([project_id]), differs=_DIFFERS))


def reopen_untold(*, project_id: int) -> int:
    """Open the defects of whose events undone imports left none; return how many."""
    return change_rows(fill(_REOPEN, kept=_KEPT, no="FALSE", projects=[project_id]))


def defects_out_of_step(*, project_ids: Iterable[int]) -> list[int]:
    """Return the defects whose kept state is not the one their events say."""
    text = fill(_CHECK, states=_states(project_ids), differs=_DIFFERS)
    return [row[0] for row in fetch_rows(text)]
