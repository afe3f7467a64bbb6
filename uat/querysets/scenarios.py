"""Scenarios: which are in scope, tested, passed and old."""

from typing import TYPE_CHECKING, Self

from django.db.models import F, Q

from governance.querysets import FactQuerySet
from uat.choices import PASS_RESULTS, ExecutionResult

if TYPE_CHECKING:
    from uat.models import Scenario

TESTED_RESULTS = (*PASS_RESULTS, ExecutionResult.FAILED)
_CURRENT = Q(changed_at__isnull=True) | Q(latest_executed_at__gte=F("changed_at"))


class ScenarioQuerySet(FactQuerySet["Scenario"]):
    """Select scenarios."""

    def in_scope(self) -> Self:
        """Keep what counts: in scope itself, and its process too where it has one."""
        return self.filter(Q(process__isnull=True) | Q(process__in_scope=True), in_scope=True)

    def tested(self) -> Self:
        """Keep those the business ran since the last change; a blocked run tested nothing."""
        return self.filter(_CURRENT, latest_result__in=TESTED_RESULTS)

    def untested(self) -> Self:
        """Keep those without a valid run by the business."""
        return self.exclude(pk__in=self.tested().values("pk"))

    def passed(self) -> Self:
        """Keep those whose newest run by the business passed since the last change."""
        return self.filter(_CURRENT, latest_result__in=PASS_RESULTS)

    def passed_before_change(self) -> Self:
        """Keep those whose pass is older than the last change of the system."""
        return self.filter(latest_result__in=PASS_RESULTS, latest_executed_at__lt=F("changed_at"))
