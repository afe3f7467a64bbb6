"""Read who needs which course, and how far each is."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.problems import QueryRefused
from governance.api.views import ListView
from governance.models import Person, Project
from training.api.serializers import NeedSerializer
from training.models import Course, JobRole, Requirement
from training.pages.needs import NeedRows
from training.querysets.needs import NEEDS, STATES, NeedFilter

PARAMETERS = [
    OpenApiParameter("state", str, enum=sorted(STATES), description="How far somebody is."),
    OpenApiParameter("need", str, enum=[*NEEDS]),
    OpenApiParameter("person", str, description="Id in the roster."),
    OpenApiParameter("course", str, description="Code of the course."),
    OpenApiParameter("job_role", str, description="Code of the job role."),
]


class NeedListView(ListView):
    """People and the courses they need."""

    queryset = Requirement.objects.none()
    filter_backends = []
    parameters = frozenset(each.name for each in PARAMETERS)
    serializer_class = NeedSerializer

    @extend_schema(
        operation_id="training_need_list",
        summary="People and the courses they need",
        description=(
            "As things stand today, in the project's own time zone; those furthest behind first."
        ),
        tags=["Training"],
        parameters=PARAMETERS,
        responses=NeedSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List every pair of a person and a course the person needs."""
        reached = self.reached_project(project)
        today = timezone.localdate(timezone=ZoneInfo(reached.time_zone))
        wanted = _wanted(request, reached)
        return self.answer_page(NeedRows(project=reached, today=today, wanted=wanted))


def _wanted(request: Request, project: Project) -> NeedFilter:
    """Return what the address asks for.

    :raises QueryRefused: a word is not known; what is not in the project fits nothing.
    """
    asked = {each.name: request.query_params.get(each.name, "") for each in PARAMETERS}
    if asked["state"] and asked["state"] not in STATES:
        raise QueryRefused({"state": [f"Give one of {', '.join(sorted(STATES))}."]})
    if asked["need"] and asked["need"] not in NEEDS:
        raise QueryRefused({"need": ["Give mandatory or optional."]})
    people = Person.objects.filter(project=project, external_id=asked["person"])
    courses = Course.objects.filter(project=project, code=asked["course"])
    roles = JobRole.objects.filter(project=project, code=asked["job_role"])
    return NeedFilter(
        state=asked["state"],
        is_mandatory=NEEDS.get(asked["need"]),
        person_id=_named(people, asked["person"]),
        course_id=_named(courses, asked["course"]),
        job_role_id=_named(roles, asked["job_role"]),
    )


def _named(rows: "QuerySet[Any]", name: str) -> int | None:
    """Return the row of a name; none asked for asks for every row, an unknown one for none."""
    if not name:
        return None
    return int(rows.values_list("pk", flat=True).first() or 0)
