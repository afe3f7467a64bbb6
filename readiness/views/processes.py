"""Doors to the evidence of a process, and to signing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.models import BusinessProcess, Signoff
from governance.permissions import Seat
from governance.permissions.acts import SIGN
from governance.services.proving import ways_of
from governance.services.signoffs import EvidenceChanged
from governance.views.entry import (
    SignedInRequest,
    answer_form,
    in_project,
    refuse_unless,
)
from governance.views.signing import Outcome, Signing
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
    signing = Signing(request)
    if signing.confirms and page.may_sign and not page.hold:
        return signing.confirm_page(seat)
    form = _sign_form(signing, seat, page) if page.may_sign and not page.hold else None
    try:
        outcome = _outcome(signing, seat, found, form)
    except EvidenceChanged as refusal:
        shown = {"seat": seat, "page": page, "reason": str(refusal)}
        return render(request, "readiness/process_changed.html", shown, status=CONFLICT)
    if form is not None and outcome.done:
        messages.success(request, DONE_WORDS[form.cleaned_data["act"]])
        return _show_receipt(seat, found)
    return outcome.away or answer_form(
        request, "readiness/process.html", form=form, seat=seat, page=page
    )


def _show_receipt(seat: Seat, process: BusinessProcess) -> HttpResponse:
    """Lead to what was just signed, where its receipt is taken along."""
    mine = Signoff.objects.filter(process=process, signer=seat.user).newest_first()
    names = [seat.project.public_id, mine.values_list("public_id", flat=True)[0]]
    return redirect("readiness:signature-detail", *names)


def _outcome(
    signing: Signing, seat: Seat, process: BusinessProcess, form: SignForm | None
) -> Outcome:
    """Sign, or say what became of it.

    :raises EvidenceChanged: the page that was sent shows older evidence.
    """
    if form is None:
        return Outcome()
    return signing.carry_out(
        form,
        lambda credentials: sign_evidence(
            process=process,
            signer=seat.user,
            statement=form.statement(),
            credentials=credentials,
            as_of=timezone.now(),
        ),
    )


def _sign_form(signing: Signing, seat: Seat, page: ProcessPage) -> SignForm:
    return SignForm(
        signing.sent,
        may_withdraw=page.standing.is_signed,
        initial={"evidence_hash": page.standing.evidence_hash},
        ways=ways_of(seat.user, at=timezone.now()),
    )


def _show_elsewhere(request: SignedInRequest, seat: Seat, process: BusinessProcess) -> HttpResponse:
    """Lead to the process that answers for a part, or from a whole to its parts."""
    if process.accountable is not None:
        owned = process.accountable
        return redirect("readiness:process-detail", seat.project.public_id, owned.public_id)
    parts = BusinessProcess.objects.filter(project=seat.project, parent=process).order_by("code")
    shown = {"seat": seat, "process": process, "parts": parts}
    return render(request, "readiness/process_parts.html", shown)
