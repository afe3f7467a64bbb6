"""Doors to the training matrix and the people of the roster."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.models import Department, Person
from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project, uuid_or_404
from training.models import Course, JobRole
from training.pages.matrix import training_matrix
from training.pages.people import course_people, person_page, roster


@in_project
@require_safe
def show_matrix(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show job roles against courses."""
    matrix = training_matrix(seat.project, today=timezone.localdate())
    return render(request, "training/matrix.html", {"seat": seat, "matrix": matrix})


@in_project
@require_safe
def list_course_people(request: SignedInRequest, seat: Seat, course: UUID) -> HttpResponse:
    """Show who needs a course and how each stands, all or those of one job role."""
    found = get_object_or_404(Course.objects.filter(project=seat.project), public_id=course)
    role = None
    if asked := request.GET.get("role"):
        roles = JobRole.objects.filter(project=seat.project)
        role = get_object_or_404(roles, public_id=uuid_or_404(asked))
    listed = course_people(
        seat.project,
        course=found,
        role=role,
        number=request.GET.get("page", "1"),
        today=timezone.localdate(),
    )
    return render(request, "training/course_people.html", {"seat": seat, "list": listed})


@in_project
@require_safe
def list_roster(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the people of the roster."""
    department = None
    if asked := request.GET.get("department"):
        departments = Department.objects.filter(project=seat.project)
        department = get_object_or_404(departments, public_id=uuid_or_404(asked))
    listed = roster(
        seat.project,
        words=request.GET.get("q", "").strip()[:100],
        department=department,
        number=request.GET.get("page", "1"),
        today=timezone.localdate(),
    )
    return render(request, "training/roster.html", {"seat": seat, "list": listed})


@in_project
@require_safe
def show_person(request: SignedInRequest, seat: Seat, person: UUID) -> HttpResponse:
    """Show one person with job roles and courses."""
    people = Person.objects.filter(project=seat.project).select_related(
        "department__manager", "project"
    )
    found = get_object_or_404(people, public_id=person)
    page = person_page(found, project=seat.project, today=timezone.localdate())
    return render(request, "training/person.html", {"seat": seat, "page": page})
