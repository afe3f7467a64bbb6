"""Read scenarios and runs; push a run."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.fields import row_named
from governance.api.idempotency import KEY_PARAMETER, PushView
from governance.api.problems import Conflict
from governance.api.views import ListView
from governance.models import Project
from uat.api.filters import ExecutionFilters, ScenarioFilters
from uat.api.serializers import (
    ExecutionPushSerializer,
    ExecutionSerializer,
    ScenarioSerializer,
)
from uat.models import Execution, Photo, Scenario, StepResult
from uat.services.executions import (
    ExecutionRefused,
    RunDetails,
    StepDetails,
    record_execution,
)

WITH = (
    Prefetch("steps", StepResult.objects.order_by("number")),
    Prefetch("photos", Photo.objects.select_related("attachment").order_by("pk")),
)


class ScenarioListView(ListView):
    """What has to be tested."""

    queryset = Scenario.objects.none()
    filterset_class = ScenarioFilters
    serializer_class = ScenarioSerializer

    @extend_schema(
        operation_id="scenario_list",
        summary="Scenarios",
        tags=["Testing"],
        responses=ScenarioSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the scenarios of a project, by code unless asked otherwise."""
        rows = Scenario.objects.filter(project=self.reached_project(project))
        return self.answer_page(rows.select_related("process").order_by("code"))


class ExecutionListView(PushView, ListView):
    """The runs of scenarios."""

    queryset = Execution.objects.none()
    filterset_class = ExecutionFilters
    serializer_class = ExecutionSerializer
    push_serializer_class = ExecutionPushSerializer
    refusals = (ExecutionRefused,)

    @extend_schema(
        operation_id="execution_list",
        summary="Runs",
        tags=["Testing"],
        responses=ExecutionSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the runs of a project, the newest first unless asked otherwise."""
        rows = Execution.objects.filter(project=self.reached_project(project))
        found = rows.select_related("scenario").prefetch_related(*WITH)
        return self.answer_page(found.order_by("-executed_at", "-pk"))

    @extend_schema(
        operation_id="execution_add",
        summary="Push a run",
        description=(
            "The tester is the account behind the token, and so is its side: a run by a "
            "partner's account is kept and shown, and never counted. Steps may come with it; "
            "without a result of its own the run ended as they did."
        ),
        tags=["Testing"],
        parameters=[KEY_PARAMETER],
        request=ExecutionPushSerializer,
        responses={201: ExecutionSerializer},
    )
    def post(self, request: Request, project: UUID) -> HttpResponse:
        """Record one run."""
        return self.push(request, self.reached_project(project))

    def record(self, project: Project, fields: dict[str, Any]) -> dict[str, Any]:
        """Write the run.

        :raises Conflict: the source has named another run so.
        :raises ExecutionRefused: the run cannot be.
        """
        scenarios = Scenario.objects.filter(project=project)
        scenario = row_named(
            scenarios, field="scenario", noun="scenario", code=fields.pop("scenario")
        )
        steps = tuple(StepDetails(**step) for step in fields.pop("steps"))
        run = RunDetails(**fields, steps=steps)
        named = {"source": run.source, "external_id": run.external_id}
        if run.external_id and Execution.objects.filter(project=project, **named).exists():
            raise Conflict(f"{run.source} has sent a run {run.external_id} before.")
        row = record_execution(
            project=project,
            scenario=scenario,
            tester=self.caller,
            run=run,
            as_of=timezone.now(),
        )
        written = Execution.objects.select_related("scenario").prefetch_related(*WITH)
        return dict(ExecutionSerializer(written.get(pk=row.pk)).data)
