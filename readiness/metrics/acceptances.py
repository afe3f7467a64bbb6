"""Measure the scenarios that nobody tested and nobody signed for; tell which risks lapsed."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from governance.querysets.batches import Batch, batches
from governance.readings import Readings, count
from readiness.metrics.risks import criterion_words
from readiness.models import Acceptance, AcceptanceScenario, Criterion, Gate
from readiness.policy.covering import Ground, Lapsed, lapses_of
from readiness.querysets import accepted_scenarios
from uat.metrics.coverage import EXECUTED
from uat.querysets.tallies import untested_among

UNSIGNED_UNTESTED = "uat.unsigned_untested"


def measure_untested(*, batch: Batch, tested: Readings) -> Readings:
    """Return the scenarios in scope without a valid run by the business or an acceptance.

    `tested` holds what testing measured of the same batch.
    """
    lapsed = lapsed_acceptances(project_ids=batch.project_ids, as_of=batch.as_of)
    accepted = accepted_scenarios(project_ids=batch.project_ids, as_of=batch.as_of, besides=lapsed)
    covered = untested_among(batch, scenario_ids=accepted) if accepted else {}
    readings = Readings()
    for project_id in batch.days:
        run = tested.get(project_id, EXECUTED)
        done, due = (run.done or 0, run.due or 0) if run else (0, 0)
        value = due - done - covered.get(project_id, 0)
        reading = count(UNSIGNED_UNTESTED, value=value, population=due, as_of=batch.as_of)
        readings.put(project_id, reading)
    return readings


def lapsed_acceptances(
    *, project_ids: Collection[int], as_of: datetime
) -> dict[int, tuple[Lapsed, ...]]:
    """Return acceptance -> what changed since it was signed; those that stand are left out.

    A lapsed acceptance counts no more. One without a signature says nothing of what it covers
    beyond its own row, and does not lapse.
    """
    rows = list(
        Acceptance.objects.filter(project_id__in=project_ids, signature__isnull=False)
        .running_at(as_of)
        .values_list(
            "pk",
            "project_id",
            "project__time_zone",
            "gate_key",
            "criterion_key",
            "expires_at",
            "signature__evidence",
        )
    )
    if not rows:
        return {}
    signed = [_Signed(*row) for row in rows]
    around = _around(signed, as_of)
    found = {}
    for each in signed:
        covered = json.loads(each.evidence)
        changed = lapses_of(covered, ground=around.of(each), until=each.until)
        if changed:
            found[each.pk] = changed
    return found


@dataclass(frozen=True, slots=True)
class _Signed:
    """One signed acceptance that runs."""

    pk: int
    project_id: int
    zone: str
    gate_key: str
    criterion_key: str
    expires_at: datetime
    evidence: str

    @property
    def until(self) -> date:
        """Return the last day on which it counts, in the project's own zone."""
        return self.expires_at.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class _Around:
    """What these acceptances rest on now."""

    criteria: dict[tuple[int, str, str], dict[str, Any]]
    dates: dict[int, date | None]
    gone: dict[int, list[str]]

    def of(self, signed: _Signed) -> Ground:
        """Return what one of them rests on."""
        key = (signed.project_id, signed.gate_key, signed.criterion_key)
        return Ground(
            criterion=self.criteria.get(key),
            go_live=self.dates[signed.project_id],
            out_of_scope=self.gone.get(signed.pk, ()),
        )


def _around(signed: Sequence[_Signed], as_of: datetime) -> _Around:
    projects = {each.project_id for each in signed}
    gates = list(
        Gate.objects.filter(project_id__in=projects).values_list("project_id", "key", "policy_id")
    )
    asked = Criterion.objects.filter(
        policy_id__in={policy for _, _, policy in gates},
        key__in={each.criterion_key for each in signed},
    )
    words = {(row.policy_id, row.gate_key, row.key): criterion_words(row) for row in asked}
    keys = {key for _, _, key in words}
    criteria = {
        (project, gate, key): words[policy, gate, key]
        for project, gate, policy in gates
        for key in keys
        if (policy, gate, key) in words
    }
    gone: defaultdict[int, list[str]] = defaultdict(list)
    left = AcceptanceScenario.objects.out_of_scope().filter(
        acceptance__in=[row.pk for row in signed]
    )
    for acceptance, code in left.values_list("acceptance_id", "scenario__code"):
        gone[acceptance].append(code)
    dates = {
        key: day.go_live
        for batch in batches(project_ids=projects, as_of=as_of)
        for key, day in batch.days.items()
    }
    return _Around(criteria, dates, dict(gone))
