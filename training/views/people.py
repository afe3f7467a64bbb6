"""Doors to the training matrix and the people of the roster."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.models import Person
from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project
from training.forms.search import RosterSearchForm, TraineeSearchForm
from training.models import Course
from training.pages.matrix import training_matrix
from training.pages.people import person_page, roster, trainee_list


@in_project
@require_safe
def show_matrix(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show job roles against courses."""
    matrix = training_matrix(seat.project, today=timezone.localdate())
    return render(request, "training/matrix.html", {"seat": seat, "matrix": matrix})


@in_project
@require_safe
def list_trainees(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show people and the courses they need, narrowed as asked."""
    return _trainees(request, seat, None)


@in_project
@require_safe
def list_course_people(request: SignedInRequest, seat: Seat, course: UUID) -> HttpResponse:
    """Show who needs a course and how each stands, narrowed as asked."""
    found = get_object_or_404(Course.objects.filter(project=seat.project), public_id=course)
    return _trainees(request, seat, found)


def _trainees(request: SignedInRequest, seat: Seat, course: Course | None) -> HttpResponse:
    form = TraineeSearchForm(request.GET, project=seat.project, course=course)
    listed = trainee_list(
        seat.project,
        course=course,
        asked=form,
        number=request.GET.get("page", "1"),
        today=timezone.localdate(),
    )
    shown = {"seat": seat, "list": listed, "form": form}
    return render(request, "training/trainee_list.html", shown)


@in_project
@require_safe
def list_roster(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the people of the roster."""
    form = RosterSearchForm(request.GET, project=seat.project)
    listed = roster(
        seat.project,
        asked=form.asked(),
        kept=form.kept(),
        number=request.GET.get("page", "1"),
        today=timezone.localdate(),
    )
    return render(request, "training/roster.html", {"seat": seat, "list": listed, "form": form})


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
