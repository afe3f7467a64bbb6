"""Read projects and their process tree."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.views import ApiView, ListView
from governance.models import BusinessProcess, Project
from readiness.api.filters import ProcessFilters, ProjectFilters
from readiness.api.serializers.projects import ProcessSerializer, ProjectSerializer
from readiness.pages.listing import judged_projects
from readiness.querysets import judged_at


class ProjectListView(ListView):
    """The upgrades the account may see."""

    queryset = Project.objects.none()
    filterset_class = ProjectFilters
    serializer_class = ProjectSerializer

    @extend_schema(
        operation_id="project_list",
        summary="Projects",
        tags=["Projects"],
        responses=ProjectSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """List projects, each with its newest judgement, by name unless asked otherwise."""
        now = timezone.now()
        reached = Project.objects.visible_to(self.caller).select_related("organisation", "mark")
        rows = self.filter_queryset(judged_at(reached.order_by("name", "pk"), as_of=now))
        page = judged_projects(self.paginate_queryset(rows) or [], as_of=now)
        return self.get_paginated_response(ProjectSerializer(page, many=True).data)


class ProjectView(ApiView):
    """One upgrade."""

    @extend_schema(
        operation_id="project_show",
        summary="One project",
        tags=["Projects"],
        responses=ProjectSerializer,
    )
    def get(self, request: Request, project: UUID) -> Response:
        """Show a project with its newest judgement."""
        found = self.reached_project(project)
        (judged,) = judged_projects([found], as_of=timezone.now())
        return Response(ProjectSerializer(judged).data)


class ProcessListView(ListView):
    """The process tree of a project."""

    queryset = BusinessProcess.objects.none()
    filterset_class = ProcessFilters
    serializer_class = ProcessSerializer

    @extend_schema(
        operation_id="process_list",
        summary="Processes",
        tags=["Projects"],
        responses=ProcessSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the nodes of the process tree, by code unless asked otherwise."""
        return self.answer_page(processes_of(self.reached_project(project)).order_by("code"))


class ProcessView(ApiView):
    """One process."""

    @extend_schema(
        operation_id="process_show",
        summary="One process",
        tags=["Projects"],
        responses=ProcessSerializer,
    )
    def get(self, request: Request, project: UUID, process: UUID) -> Response:
        """Show a node of the process tree."""
        rows = processes_of(self.reached_project(project))
        return Response(ProcessSerializer(get_object_or_404(rows, public_id=process)).data)


def processes_of(project: Project) -> "QuerySet[BusinessProcess]":
    """Return the process tree of a project with what its rows name."""
    rows = BusinessProcess.objects.filter(project=project)
    return rows.select_related("parent", "accountable", "owner", "deputy")
