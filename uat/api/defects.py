"""Read defects; push a defect, and what happened to one."""

from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.fields import row_named
from governance.api.idempotency import KEY_PARAMETER, PushView
from governance.api.views import ListView
from governance.models import BusinessProcess, Project
from uat.api.filters import DefectFilters
from uat.api.serializers import DefectChangeSerializer, DefectPushSerializer, DefectSerializer
from uat.models import Defect, Scenario
from uat.services.defects import (
    DefectDetails,
    DefectRefused,
    change_defect_state,
    raise_defect,
    triage_defect,
)
from uat.services.executions import ExecutionRefused

REFUSALS = (DefectRefused, ExecutionRefused)


class DefectListView(PushView, ListView):
    """What does not work."""

    queryset = Defect.objects.none()
    filterset_class = DefectFilters
    serializer_class = DefectSerializer
    push_serializer_class = DefectPushSerializer
    refusals = REFUSALS

    @extend_schema(
        operation_id="defect_list",
        summary="Defects",
        tags=["Testing"],
        responses=DefectSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the defects of a project, the newest first unless asked otherwise."""
        rows = Defect.objects.filter(project=self.reached_project(project))
        found = rows.select_related("scenario", "process")
        return self.answer_page(found.order_by("-raised_at", "-pk"))

    @extend_schema(
        operation_id="defect_add",
        summary="Push a defect",
        tags=["Testing"],
        parameters=[KEY_PARAMETER],
        request=DefectPushSerializer,
        responses={201: DefectSerializer},
    )
    def post(self, request: Request, project: UUID) -> HttpResponse:
        """Record one defect; it is raised by the account behind the token."""
        return self.push(request, self.reached_project(project))

    def record(self, project: Project, fields: dict[str, Any]) -> dict[str, Any]:
        """Write the defect.

        :raises DefectRefused: the defect cannot be.
        """
        row = raise_defect(
            project=project,
            defect=_details(project, fields),
            actor=self.caller,
            as_of=timezone.now(),
        )
        return dict(DefectSerializer(_again(row)).data)


class DefectChangeView(PushView):
    """What happened to a defect."""

    push_serializer_class = DefectChangeSerializer
    refusals = REFUSALS

    @extend_schema(
        operation_id="defect_change",
        summary="Push a change of a defect",
        description="Only the client's business closes or rejects a defect.",
        tags=["Testing"],
        parameters=[KEY_PARAMETER],
        request=DefectChangeSerializer,
        responses={201: DefectSerializer},
    )
    def post(self, request: Request, project: UUID, defect: UUID) -> HttpResponse:
        """Record that a defect moved to another state, or what it turned out to be."""
        return self.push(request, self.reached_project(project))

    def record(self, project: Project, fields: dict[str, Any]) -> dict[str, Any]:
        """Write the change.

        :raises DefectRefused: the change cannot be.
        """
        rows = Defect.objects.filter(project=project)
        defect = get_object_or_404(rows, public_id=cast(UUID, self.kwargs["defect"]))
        self._change(defect, fields)
        return dict(DefectSerializer(_again(defect)).data)

    @transaction.atomic
    def _change(self, defect: Defect, fields: dict[str, Any]) -> None:
        if "triage" in fields:
            triage_defect(defect=defect, triage=fields["triage"], actor=self.caller)
        if "state" in fields:
            change_defect_state(
                defect=defect,
                state=fields["state"],
                actor=self.caller,
                as_of=timezone.now(),
                note=fields["note"],
            )


def _details(project: Project, fields: dict[str, Any]) -> DefectDetails:
    scenario, process = fields.pop("scenario"), fields.pop("process")
    scenarios = Scenario.objects.filter(project=project)
    processes = BusinessProcess.objects.filter(project=project)
    return DefectDetails(
        **fields,
        scenario=row_named(scenarios, field="scenario", noun="scenario", code=scenario)
        if scenario
        else None,
        process=row_named(processes, field="process", noun="process", code=process)
        if process
        else None,
    )


def _again(defect: Defect) -> Defect:
    return Defect.objects.select_related("scenario", "process").get(pk=defect.pk)
