"""Doors to what is signed besides evidence: a scope, and the documents of the project."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from governance.models import BusinessProcess
from governance.permissions import Seat
from governance.services.proving import ways_of
from governance.services.signoffs import EvidenceChanged
from governance.views.entry import SignedInRequest, answer_form, in_project, refuse_unless
from governance.views.signing import Signing
from readiness.forms.documents import DocumentForm
from readiness.pages.documents import KIND_OF_SLUG, DocumentPage, document_page
from readiness.services.documents import (
    Document,
    project_document,
    scope_document,
    sign_document,
)
from readiness.views.processes import CONFLICT, DONE_WORDS


@in_project
@require_http_methods(["GET", "POST"])
def show_scope(request: SignedInRequest, seat: Seat, process: UUID) -> HttpResponse:
    """Show what belongs to a process and what does not, and take the owner's word on it."""
    reached = BusinessProcess.objects.filter(project=seat.project)
    fetched = reached.select_related("project", "accountable", "owner", "deputy")
    found = get_object_or_404(fetched, public_id=process)
    if found.accountable is None:
        raise Http404
    if found.accountable_id != found.pk:
        names = [seat.project.public_id, found.accountable.public_id]
        return redirect("readiness:scope-show", *names)
    return _answer(request, seat, scope_document(found, as_of=timezone.now()))


@in_project
@require_http_methods(["GET", "POST"])
def show_document(request: SignedInRequest, seat: Seat, kind: str) -> HttpResponse:
    """Show a document of the project, and take the sponsor's word on it."""
    if kind not in KIND_OF_SLUG:
        raise Http404
    found = project_document(seat.project, kind=KIND_OF_SLUG[kind], as_of=timezone.now())
    return _answer(request, seat, found)


def _answer(request: SignedInRequest, seat: Seat, document: Document) -> HttpResponse:
    """Show a document; sign it where that is sent."""
    page = document_page(document, seat=seat, at=timezone.localtime())
    if request.method == "POST":
        refuse_unless(page.may_sign, document.gap or page.who_signs)
        refuse_unless(not page.hold, page.hold)
    shown = {"seat": seat, "page": page}
    if not page.may_sign or page.hold:
        return render(request, "readiness/document.html", {**shown, "form": None})
    signing = Signing(request)
    if signing.confirms:
        return signing.confirm_page(seat)
    form = _form(signing, seat, page)
    try:
        outcome = signing.carry_out(
            form,
            lambda credentials: sign_document(
                document,
                signer=seat.user,
                word=form.word(),
                credentials=credentials,
                as_of=timezone.now(),
            ),
        )
    except EvidenceChanged as changed:
        shown["reason"] = str(changed)
        return render(request, "readiness/document_changed.html", shown, status=CONFLICT)
    if outcome.done:
        messages.success(request, DONE_WORDS[form.cleaned_data["act"]])
        return redirect(request.path)
    template = "readiness/document.html"
    return outcome.away or answer_form(request, template, form=form, seat=seat, page=page)


def _form(signing: Signing, seat: Seat, page: DocumentPage) -> DocumentForm:
    return DocumentForm(
        signing.sent,
        kind=page.document.kind,
        is_signed=page.is_signed,
        initial={"evidence_hash": page.shown_hash},
        ways=ways_of(seat.user, at=timezone.now()),
    )
