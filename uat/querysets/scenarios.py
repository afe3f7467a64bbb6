"""Scenarios: which are in scope, tested, passed and old."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from governance.choices import Affiliation
from governance.querysets import ImportedQuerySet
from uat.choices import PASS_RESULTS, ExecutionResult

if TYPE_CHECKING:
    from uat.models import Execution, Scenario

TESTED_RESULTS = (*PASS_RESULTS, ExecutionResult.FAILED)
_CURRENT = Q(changed_at__isnull=True) | Q(latest_executed_at__gte=F("changed_at"))
_TESTED = Q(_CURRENT, latest_result__in=TESTED_RESULTS)
_PASSED = Q(_CURRENT, latest_result__in=PASS_RESULTS)
_FAILED = Q(_CURRENT, latest_result=ExecutionResult.FAILED)
_BLOCKED = Q(_CURRENT, latest_result=ExecutionResult.BLOCKED)

COVERAGE_COLUMNS = ("process__accountable", "process__accountable__code", "scenario_class")


class CoverageTally(NamedTuple):
    """Scenarios of one class of one accountable process (None: of none), for the business.

    `tested`, `passed` and `failed` are newest runs since the last change; a blocked run
    tested nothing.
    """

    process_id: int | None
    scenario_class: str
    due: int
    tested: int
    passed: int
    failed: int


class ScenarioQuerySet(ImportedQuerySet["Scenario"]):
    """Select scenarios."""

    def in_scope(self) -> Self:
        """Keep what counts: in scope itself, and its process too where it has one."""
        return self.filter(Q(process__isnull=True) | Q(process__in_scope=True), in_scope=True)

    def tested(self) -> Self:
        """Keep those the business ran since the last change; a blocked run tested nothing."""
        return self.filter(_TESTED)

    def untested(self) -> Self:
        """Keep those without a valid run by the business."""
        return self.exclude(pk__in=self.tested().values("pk"))

    def passed(self) -> Self:
        """Keep those whose newest run by the business passed since the last change."""
        return self.filter(_PASSED)

    def unpassed(self) -> Self:
        """Keep those without a valid pass by the business."""
        return self.exclude(pk__in=self.passed().values("pk"))

    def unrun(self) -> Self:
        """Keep those that the business never ran, whoever else did."""
        return self.filter(latest_result="")

    def failed_first(self) -> Self:
        """Keep those that failed when the business ran them first."""
        return self.filter(first_result=ExecutionResult.FAILED)

    def incomplete(self) -> Self:
        """Keep those that do not say their process, what must be ready, steps and outcome."""
        gaps = Q(entry_criteria="") | Q(steps="") | Q(expected_result="")
        return self.filter(gaps | Q(process__isnull=True))

    def passed_before_change(self) -> Self:
        """Keep those whose pass is older than the last change of the system."""
        return self.filter(latest_result__in=PASS_RESULTS, latest_executed_at__lt=F("changed_at"))

    def failed(self) -> Self:
        """Keep those whose newest run by the business failed since the last change."""
        return self.filter(_FAILED)

    def blocked(self) -> Self:
        """Keep those whose newest run by the business was blocked since the last change."""
        return self.filter(_BLOCKED)

    def changed_since(self) -> Self:
        """Keep those that the business ran before the last change, whatever came of it."""
        return self.filter(latest_executed_at__lt=F("changed_at"))

    def never_run(self) -> Self:
        """Keep those that nobody ever ran."""
        return self.filter(~Exists(_runs_of_it()), latest_result="")

    def only_by_others(self) -> Self:
        """Keep those that a partner or somebody unknown ran, and the business never did."""
        others = _runs_of_it().exclude(affiliation=Affiliation.CLIENT)
        return self.filter(Exists(others), latest_result="")

    def run_by(self, account_ids: Collection[int]) -> Self:
        """Keep those that one of these accounts ran."""
        return self.filter(Exists(_runs_of_it().filter(tester__in=account_ids)))

    def in_state(self, state: str) -> Self:
        """Keep those that a list calls so; a word it does not know keeps every one."""
        kept = {
            "open": self.untested,
            "never": self.never_run,
            "partner": self.only_by_others,
            "passed": self.passed,
            "failed": self.failed,
            "blocked": self.blocked,
            "changed": self.changed_since,
            "tested": self.tested,
            "unrun": self.unrun,
            "unpassed": self.unpassed,
            "old_pass": self.passed_before_change,
            "first_failed": self.failed_first,
            "incomplete": self.incomplete,
        }.get(state)
        return kept() if kept else self

    def of_accountable(self, process_ids: Collection[int | None]) -> Self:
        """Keep those of these accountable processes; None stands for those of none."""
        chosen = Q(process__accountable__in=[pk for pk in process_ids if pk])
        if None in process_ids:
            chosen |= Q(process__accountable__isnull=True)
        return self.filter(chosen)

    def coverage_rows(self) -> Any:
        """Count by accountable process and class: rows of `COVERAGE_COLUMNS`, by their codes."""
        rows = self.values(*COVERAGE_COLUMNS).annotate(
            due=Count("pk"),
            tested=Count("pk", filter=_TESTED),
            passed=Count("pk", filter=_PASSED),
            failed=Count("pk", filter=_FAILED),
        )
        return rows.order_by("process__accountable__code", "scenario_class")

    def coverage(self) -> Iterator[CoverageTally]:
        """Yield the scenarios counted by accountable process and class."""
        counts = ("process__accountable", "scenario_class", "due", "tested", "passed", "failed")
        return map(CoverageTally._make, self.coverage_rows().values_list(*counts))


def _runs_of_it() -> "QuerySet[Execution]":
    runs = apps.get_model("uat", "Execution").objects
    found: QuerySet[Execution] = runs.filter(scenario=OuterRef("pk"))
    return found
