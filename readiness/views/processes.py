"""Doors to the evidence of a process, and to signing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.models import BusinessProcess
from governance.permissions import Seat
from governance.permissions.acts import SIGN
from governance.services.accounts import IdentityNotProved, demo_code_of, second_factor_of
from governance.services.signoffs import EvidenceChanged, SignoffRefused
from governance.views.entry import (
    SignedInRequest,
    answer_form,
    carried_out,
    in_project,
    refuse_unless,
)
from readiness.forms.signing import SignForm
from readiness.pages.process_list import process_list
from readiness.pages.processes import ProcessPage, process_page
from readiness.services.signing import sign_evidence

CONFLICT = 409
DONE_WORDS = {
    "SIGNED": _("You signed. Your name, the time and the evidence are on record."),
    "REFUSED": _("You refused. The reason is on record, as visible as a signature."),
    "WITHDRAWN": _("You withdrew the signature. It stays on record as withdrawn."),
}


@in_project
@require_safe
def list_processes(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the processes that are owned and signed."""
    listed = process_list(seat.project, at=timezone.localtime())
    return render(request, "readiness/process_list.html", {"seat": seat, "list": listed})


@in_project
@require_http_methods(["GET", "POST"])
def show_process(request: SignedInRequest, seat: Seat, process: UUID) -> HttpResponse:
    """Show the evidence of a process, and take the owner's word on it."""
    reached = BusinessProcess.objects.filter(project=seat.project)
    fetched = reached.select_related("accountable", "owner", "deputy", "parent")
    found = get_object_or_404(fetched, public_id=process)
    if found.accountable_id != found.pk:
        return _show_elsewhere(request, seat, found)
    seen = request.GET.get("shown", "")
    page = process_page(found, seat=seat, at=timezone.localtime(), shown=seen)
    if request.method == "POST":
        refuse_unless(page.may_sign, SIGN.refusal)
        refuse_unless(not page.hold, page.hold)
    form = _sign_form(request, seat, page) if page.may_sign and not page.hold else None
    try:
        if form is not None and form.is_valid() and _is_signed(seat, found, form):
            messages.success(request, DONE_WORDS[form.cleaned_data["act"]])
            return redirect(request.path)
    except EvidenceChanged as refusal:
        shown = {"seat": seat, "page": page, "reason": str(refusal)}
        return render(request, "readiness/process_changed.html", shown, status=CONFLICT)
    return answer_form(request, "readiness/process.html", form=form, seat=seat, page=page)


def _is_signed(seat: Seat, process: BusinessProcess, form: SignForm) -> bool:
    """Sign; say False where the form has to come back with what was refused.

    :raises EvidenceChanged: the page that was sent shows older evidence.
    """
    try:
        return carried_out(
            form,
            lambda: sign_evidence(
                process=process,
                signer=seat.user,
                statement=form.statement(),
                credentials=form.credentials(),
                as_of=timezone.now(),
            ),
            refusals=(IdentityNotProved,),
        )
    except EvidenceChanged:
        raise
    except SignoffRefused as refusal:
        form.add_error(None, str(refusal))
        return False


def _sign_form(request: SignedInRequest, seat: Seat, page: ProcessPage) -> SignForm:
    return SignForm(
        request.POST or None,
        may_withdraw=page.standing.is_signed,
        initial={"evidence_hash": page.standing.evidence_hash},
        needs_code=second_factor_of(seat.user) is not None,
        demo_code=demo_code_of(seat.user, at=timezone.now()),
    )


def _show_elsewhere(request: SignedInRequest, seat: Seat, process: BusinessProcess) -> HttpResponse:
    """Lead to the process that answers for a part, or from a whole to its parts."""
    if process.accountable is not None:
        owned = process.accountable
        return redirect("readiness:process-detail", seat.project.public_id, owned.public_id)
    parts = BusinessProcess.objects.filter(project=seat.project, parent=process).order_by("code")
    shown = {"seat": seat, "process": process, "parts": parts}
    return render(request, "readiness/process_parts.html", shown)
