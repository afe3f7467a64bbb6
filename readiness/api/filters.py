"""The parameters by which the gate's lists are filtered and ordered."""

from django.db.models import QuerySet
from django_filters import (
    BooleanFilter,
    CharFilter,
    ChoiceFilter,
    DateFilter,
    OrderingFilter,
)

from governance.api.filters import Filters
from governance.choices import Criticality, Phase, ProcessLevel
from governance.models import BusinessProcess
from readiness.choices import (
    FindingState,
    MetricOrigin,
    ReportedColour,
    SnapshotTrigger,
    Verdict,
)


class ProjectFilters(Filters):
    """Find projects."""

    client = CharFilter(field_name="organisation__slug", help_text="The client's slug.")
    slug = CharFilter(field_name="slug")
    phase = ChoiceFilter(field_name="phase", choices=Phase.choices)
    verdict = ChoiceFilter(field_name="newest_verdict", choices=Verdict.choices)
    go_live_since = DateFilter(field_name="go_live_date", lookup_expr="gte")
    go_live_until = DateFilter(field_name="go_live_date", lookup_expr="lte")
    ordering = OrderingFilter(fields=["name", "go_live_date"])


class ProcessFilters(Filters):
    """Find processes."""

    code = CharFilter(field_name="code")
    below = CharFilter(field_name="code", method="keep_below", help_text="Codes below this one.")
    level = ChoiceFilter(field_name="level", choices=ProcessLevel.choices)
    criticality = ChoiceFilter(field_name="criticality", choices=Criticality.choices)
    in_scope = BooleanFilter(field_name="in_scope")
    owned = BooleanFilter(field_name="owner", lookup_expr="isnull", exclude=True)
    ordering = OrderingFilter(fields=["code", "name"])

    def keep_below(
        self, rows: "QuerySet[BusinessProcess]", name: str, value: str
    ) -> "QuerySet[BusinessProcess]":
        """Keep the rows whose code starts with this one and a point."""
        return rows.filter(code__startswith=f"{value}.")


class CriterionFilters(Filters):
    """Find criteria."""

    gate = CharFilter(field_name="gate_key")
    metric = CharFilter(field_name="metric")
    origin = ChoiceFilter(field_name="origin", choices=MetricOrigin.choices)


class SnapshotFilters(Filters):
    """Find snapshots."""

    verdict = ChoiceFilter(field_name="verdict", choices=Verdict.choices)
    trigger = ChoiceFilter(field_name="trigger", choices=SnapshotTrigger.choices)
    since = DateFilter(field_name="local_date", lookup_expr="gte")
    until = DateFilter(field_name="local_date", lookup_expr="lte")
    ordering = OrderingFilter(fields=["as_of"])


class FindingFilters(Filters):
    """Find findings of one snapshot."""

    gate = CharFilter(field_name="gate_key")
    criterion = CharFilter(field_name="criterion_key")
    metric = CharFilter(field_name="metric")
    state = ChoiceFilter(field_name="state", choices=FindingState.choices)
    is_hard = BooleanFilter(field_name="is_hard")


class MetricFilters(Filters):
    """Find measurements over time."""

    gate = CharFilter(field_name="gate_key")
    criterion = CharFilter(field_name="criterion_key")
    metric = CharFilter(field_name="metric")
    trigger = ChoiceFilter(field_name="snapshot__trigger", choices=SnapshotTrigger.choices)
    since = DateFilter(field_name="snapshot__local_date", lookup_expr="gte")
    until = DateFilter(field_name="snapshot__local_date", lookup_expr="lte")


class ReportedMetricFilters(Filters):
    """Find reported figures."""

    metric = CharFilter(field_name="metric")
    since = DateFilter(field_name="reported_at", lookup_expr="date__gte")
    until = DateFilter(field_name="reported_at", lookup_expr="date__lte")


class ReportedStatusFilters(Filters):
    """Find reported colours."""

    gate = CharFilter(field_name="gate_key")
    colour = ChoiceFilter(field_name="colour", choices=ReportedColour.choices)
