"""The parameters by which training records are filtered and ordered."""

from django_filters import CharFilter, ChoiceFilter, OrderingFilter

from governance.api.filters import Filters, MomentFilter
from training.choices import TrainingResult


class RecordFilters(Filters):
    """Find training records."""

    person = CharFilter(field_name="person__external_id", help_text="Id in the roster.")
    course = CharFilter(field_name="course__code", help_text="Code of the course.")
    result = ChoiceFilter(field_name="result", choices=TrainingResult.choices)
    source = CharFilter(field_name="source")
    since = MomentFilter(field_name="happened_at", lookup_expr="gte")
    until = MomentFilter(field_name="happened_at", lookup_expr="lt")
    ordering = OrderingFilter(fields=["happened_at"])
