"""Read metrics over time, as JSON or as CSV."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from governance.api.problems import QueryRefused
from governance.api.renderers import CsvRenderer
from governance.api.views import ListView, ready_made
from governance.exports import csv_text
from readiness.api.filters import MetricFilters
from readiness.api.serializers.snapshots import MetricPointSerializer
from readiness.models import Finding

MOST_CSV_ROWS = 50_000
COLUMNS = {
    "as_of": "snapshot__as_of",
    "local_date": "snapshot__local_date",
    "trigger": "snapshot__trigger",
    "gate": "gate_key",
    "criterion": "criterion_key",
    "metric": "metric",
    "state": "state",
    "done": "done",
    "due": "due",
    "value": "value",
    "population": "population",
    "due_today": "due_today",
    "target": "target",
}


class MetricListView(ListView):
    """What was measured, judgement by judgement."""

    queryset = Finding.objects.none()
    filterset_class = MetricFilters
    serializer_class = MetricPointSerializer
    renderer_classes = [JSONRenderer, CsvRenderer]

    @extend_schema(
        operation_id="metric_list",
        summary="Metrics over time",
        description=(
            "Every measurement that was judged, the oldest first. With `Accept: text/csv` or "
            f"`format=csv` all matching rows at once, at most {MOST_CSV_ROWS:,}."
        ),
        tags=["Judgements"],
        responses={
            (200, "application/json"): MetricPointSerializer(many=True),
            (200, "text/csv"): OpenApiTypes.STR,
        },
    )
    def get(self, request: Request, project: UUID) -> HttpResponse:
        """List measurements of a project."""
        found = Finding.objects.filter(project=self.reached_project(project))
        rows = found.order_by("snapshot__as_of", "pk").values(*COLUMNS.values())
        if request.accepted_renderer.format == "csv":
            return self._sheet(self.filter_queryset(rows))
        return self.answer_page(rows)

    def _sheet(self, rows: "QuerySet[Any, dict[str, Any]]") -> HttpResponse:
        found = list(rows[: MOST_CSV_ROWS + 1])
        if len(found) > MOST_CSV_ROWS:
            text = f"More than {MOST_CSV_ROWS:,} rows; narrow it down with since and until."
            raise QueryRefused({"since": [text]})
        named = ({name: row[source] for name, source in COLUMNS.items()} for row in found)
        response = ready_made(csv_text(list(COLUMNS), named), media_type="text/csv")
        response["Content-Disposition"] = 'attachment; filename="metrics.csv"'
        return response
