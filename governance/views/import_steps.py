"""Doors beside an import: name its columns, take its refusals along, undo it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.imports import UndoForm
from governance.imports.undoing import UndoRefused, undo_import
from governance.models import ImportRun
from governance.pages.imports import reachable_runs
from governance.pages.recognised import MappingPage, asked_kind, mapping_page
from governance.pages.refusals import refusals_csv
from governance.pages.undoing import undo_page
from governance.services.imports import (
    ImportRefused,
    Wish,
    forget_mapping,
    job_of,
    request_again,
)
from governance.tasks import wake_worker
from governance.views.entry import SignedInRequest, answer_form, carried_out, signed_in
from governance.views.imports import refuse_importing


@signed_in
@require_http_methods(["GET", "POST"])
def map_columns(request: SignedInRequest, run: UUID) -> HttpResponse:
    """Take which column is which, remember it, and check the file anew with it."""
    found = _acted_on(request, run)
    kind = asked_kind(found, request.GET.get("kind", ""))
    page = mapping_page(found, place=_place_of(request), kind=kind)
    if page is None:
        raise Http404
    if not page.kind:
        return render(request, "governance/import_columns.html", {"page": page})
    if request.method == "POST" and "forget" in request.POST:
        return _forgotten(request, page)
    form = page.form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        again = _checked_again(request, page, {"map": form.fields_told()})
        if isinstance(again, ImportRun):
            return redirect("governance:import-detail", again.public_id)
        form.add_error(None, again)
    return answer_form(request, "governance/import_columns.html", form=form, page=page)


def _acted_on(request: SignedInRequest, run: UUID) -> ImportRun:
    """Return the import of the address, if the account may import there."""
    found = get_object_or_404(reachable_runs(request.user), public_id=run)
    refuse_importing(request.user, run=found)
    return found


def _place_of(request: SignedInRequest) -> int:
    """Return which table of the file is meant; what is no number is none."""
    text = request.GET.get("table", "0")
    return int(text) if text.isdecimal() and len(text) < 5 else -1  # noqa: PLR2004


def _checked_again(
    request: SignedInRequest, page: MappingPage, said: dict[str, object]
) -> ImportRun | str:
    """Ask for the file to be checked anew; return the run, or why it cannot be."""
    options = {name: value for name, value in page.run.options.items() if name != "map"} | said
    try:
        again = request_again(
            actor=request.user,
            run=page.run,
            wish=Wish(kind=page.kind, options=options, dry_run=True),
        )
    except ImportRefused as refusal:
        return str(refusal)
    wake_worker(job_of(again))
    return again


def _forgotten(request: SignedInRequest, page: MappingPage) -> HttpResponse:
    """Forget what was said about these headings, and check the file anew."""
    if page.known is not None:
        forget_mapping(mapping=page.known)
        messages.success(request, _("Forgotten. The headings speak for themselves again."))
    again = _checked_again(request, page, {})
    if not isinstance(again, ImportRun):
        messages.error(request, again)
        again = page.run
    return redirect("governance:import-detail", again.public_id)


@signed_in
@require_safe
def download_refusals(request: SignedInRequest, run: UUID) -> HttpResponse:
    """Hand out the refused rows as a file to mend by."""
    found = get_object_or_404(reachable_runs(request.user), public_id=run)
    answer = HttpResponse("\ufeff" + refusals_csv(found), content_type="text/csv; charset=utf-8")
    name = f"refused-{found.created_at:%Y-%m-%d}-{found.public_id.hex[:8]}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@signed_in
@require_http_methods(["GET", "POST"])
def undo(request: SignedInRequest, run: UUID) -> HttpResponse:
    """Show what undoing an import would do, and undo it."""
    found = _acted_on(request, run)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and carried_out(
        form,
        lambda: undo_import(
            run=found,
            reason=form.cleaned_data["reason"],
            undone_by=request.user,
            undone_at=timezone.now(),
        ),
        refusals=(UndoRefused,),
    ):
        messages.success(request, _("The import is undone; the gate is being judged again."))
        return redirect("governance:import-detail", found.public_id)
    page = undo_page(found)
    return answer_form(request, "governance/import_undo.html", form=form, page=page)
