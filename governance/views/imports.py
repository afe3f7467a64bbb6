"""Doors for files: hand one in, follow it, see what was refused, import after a check."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.forms.imports import AgainForm, UploadForm
from governance.models import ImportRun, User
from governance.pages.imports import import_list, import_page, reachable_runs
from governance.permissions import Seat, may_import_into
from governance.permissions.acts import IMPORT_FILES
from governance.services.attachments import Place
from governance.services.imports import (
    ImportRefused,
    Wish,
    job_of,
    request_again,
    request_import,
)
from governance.tasks import wake_worker
from governance.views.entry import (
    SignedInRequest,
    answer_form,
    in_project,
    refuse_unless,
    signed_in,
)


@signed_in
@require_safe
def list_imports(request: SignedInRequest) -> HttpResponse:
    """Show the files that were handed in."""
    listed = import_list(request.user, number=request.GET.get("page", "1"))
    return render(request, "governance/import_list.html", {"list": listed})


@in_project
@require_http_methods(["GET", "POST"])
def add_import(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Take a file with facts of a project."""
    form = UploadForm(request.POST or None, request.FILES or None)
    place = Place(organisation=seat.project.organisation, project=seat.project)
    run = _requested(request, form, place) if form.is_valid() else None
    if run is not None:
        return redirect("governance:import-detail", run.public_id)
    return answer_form(request, "governance/import_add.html", form=form, seat=seat)


@signed_in
@require_http_methods(["GET", "POST"])
def add_portfolio(request: SignedInRequest) -> HttpResponse:
    """Take a report that makes projects."""
    form = UploadForm(request.POST or None, request.FILES or None, for_portfolio=True)
    place = Place(organisation=request.user.organisation)
    run = _requested(request, form, place) if form.is_valid() else None
    if run is not None:
        return redirect("governance:import-detail", run.public_id)
    return answer_form(request, "governance/import_portfolio.html", form=form)


@signed_in
@require_safe
def show_import(request: SignedInRequest, run: UUID) -> HttpResponse:
    """Show what became of a file."""
    found = get_object_or_404(reachable_runs(request.user), public_id=run)
    page = import_page(found, user=request.user, asked=request.GET)
    return render(request, "governance/import.html", {"page": page})


@signed_in
@require_safe
def show_progress(request: SignedInRequest, run: UUID) -> HttpResponse:
    """Answer the page that follows an import; once it has ended, have the page read anew."""
    found = get_object_or_404(reachable_runs(request.user), public_id=run)
    page = import_page(found, user=request.user)
    answer = render(request, "governance/_import_progress.html", {"page": page})
    if not page.is_running:
        answer["HX-Refresh"] = "true"
    return answer


@signed_in
@require_POST
def import_again(request: SignedInRequest, run: UUID) -> HttpResponse:
    """Import the file of an earlier check."""
    found = get_object_or_404(reachable_runs(request.user), public_id=run)
    refuse_importing(request.user, run=found)
    form = AgainForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("governance:import-detail", found.public_id)
    taking = {"skip_refused": form.cleaned_data["skip_refused"]}
    options = {**found.options, **form.answers(), **taking}
    wish = Wish(kind=found.kind, options=options)
    try:
        again = request_again(actor=request.user, run=found, wish=wish)
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("governance:import-detail", found.public_id)
    wake_worker(job_of(again))
    return redirect("governance:import-detail", again.public_id)


def refuse_importing(user: User, *, run: ImportRun) -> None:
    """Stop whoever may not import where the file of a run was handed in.

    :raises PermissionDenied: the account may not; the address does not name the project.
    """
    refuse_unless(may_import_into(user, project=run.project), IMPORT_FILES.refusal)


def _requested(request: SignedInRequest, form: UploadForm, place: Place) -> ImportRun | None:
    """Ask for the import, or put on the form why the file is not even looked at."""
    try:
        run = request_import(
            actor=request.user,
            place=place,
            name=form.upload.name or "file",
            content=form.upload,
            wish=form.wish(),
        )
    except ImportRefused as refusal:
        form.add_error("file", str(refusal))
        return None
    wake_worker(job_of(run))
    return run
