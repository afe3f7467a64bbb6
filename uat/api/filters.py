"""The parameters by which lists of testing are filtered and ordered."""

from django_filters import (
    BooleanFilter,
    CharFilter,
    ChoiceFilter,
    OrderingFilter,
)

from governance.api.filters import Filters, MomentFilter
from governance.choices import Affiliation, Criticality
from uat.choices import DefectState, ExecutionResult, ScenarioClass, Severity, Triage


class ScenarioFilters(Filters):
    """Find scenarios."""

    code = CharFilter(field_name="code")
    process = CharFilter(field_name="process__code", help_text="Code of the process.")
    scenario_class = ChoiceFilter(field_name="scenario_class", choices=ScenarioClass.choices)
    criticality = ChoiceFilter(field_name="criticality", choices=Criticality.choices)
    in_scope = BooleanFilter(field_name="in_scope")
    latest_result = ChoiceFilter(field_name="latest_result", choices=ExecutionResult.choices)
    ordering = OrderingFilter(fields=["code", "latest_executed_at"])


class ExecutionFilters(Filters):
    """Find runs."""

    scenario = CharFilter(field_name="scenario__code", help_text="Code of the scenario.")
    result = ChoiceFilter(field_name="result", choices=ExecutionResult.choices)
    affiliation = ChoiceFilter(field_name="affiliation", choices=Affiliation.choices)
    source = CharFilter(field_name="source")
    since = MomentFilter(field_name="executed_at", lookup_expr="gte")
    until = MomentFilter(field_name="executed_at", lookup_expr="lt")
    ordering = OrderingFilter(fields=["executed_at"])


class DefectFilters(Filters):
    """Find defects."""

    code = CharFilter(field_name="code")
    severity = ChoiceFilter(field_name="severity", choices=Severity.choices)
    state = ChoiceFilter(field_name="state", choices=DefectState.choices)
    triage = ChoiceFilter(field_name="triage", choices=Triage.choices)
    scenario = CharFilter(field_name="scenario__code", help_text="Code of the scenario.")
    ordering = OrderingFilter(fields=["raised_at", "code"])
