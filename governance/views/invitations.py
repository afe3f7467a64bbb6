"""Doors to invitations: an administrator sends them, and whoever holds the link accepts."""

from uuid import UUID

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance.forms.people import AcceptForm, InvitationForm
from governance.models import Invitation, User
from governance.services.administering import AdministrationRefused
from governance.services.invitations import (
    InvitationRefused,
    accept_invitation,
    invite,
    invite_again,
    letter_of_invitation,
    open_invitation,
    withdraw_invitation,
)
from governance.tasks import wake_worker
from governance.views.entry import SignedInRequest, answer_form, carried_out, signed_in
from governance.views.single_sign_on import link_proved_identity

GONE = 410


@signed_in
@require_http_methods(["GET", "POST"])
def add_invitation(request: SignedInRequest) -> HttpResponse:
    """Invite somebody into the own organisation."""
    form = InvitationForm(request.POST or None, administrator=request.user)
    if form.is_valid() and carried_out(
        form, lambda: _invite(request, form), refusals=(AdministrationRefused,)
    ):
        messages.success(request, _("The invitation is on its way. Its link works for seven days."))
        return redirect("governance:account-list")
    return answer_form(request, "governance/invitation_add.html", form=form)


@signed_in
@require_POST
def send_again(request: SignedInRequest, invitation: UUID) -> HttpResponse:
    """Send a new link; the one sent before opens nothing any more."""
    found = _invitation_or_404(request, invitation)
    try:
        row = invite_again(invitation=found, invited_by=request.user, invited_at=timezone.now())
    except AdministrationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        wake_worker(letter_of_invitation(row))
        messages.success(request, _("A new link is on its way; the old one is dead."))
    return redirect("governance:account-list")


@signed_in
@require_POST
def withdraw(request: SignedInRequest, invitation: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    found = _invitation_or_404(request, invitation)
    try:
        withdraw_invitation(
            invitation=found, withdrawn_by=request.user, withdrawn_at=timezone.now()
        )
    except AdministrationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation opens nothing any more."))
    return redirect("governance:account-list")


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what an invitation is for; make the account, and sign it in."""
    now = timezone.now()
    try:
        invitation = open_invitation(secret, at=now)
    except InvitationRefused as refusal:
        return render(request, "governance/invitation.html", {"why_not": str(refusal)}, status=GONE)
    if request.user.is_authenticated:
        shown = {"invitation": invitation, "is_signed_in": True}
        return render(request, "governance/invitation.html", shown)
    form = AcceptForm(
        request.POST or None,
        email=invitation.email,
        organisation=invitation.organisation,
        initial={"name": invitation.name},
    )
    made: list[User] = []
    if form.is_valid() and carried_out(
        form,
        lambda: made.append(
            accept_invitation(
                secret=secret,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                accepted_at=now,
            )
        ),
        refusals=(AdministrationRefused,),
    ):
        messages.success(request, _("Your account is open."))
        link_proved_identity(request, made[0])
        answer: HttpResponse = perform_login(request, made[0], redirect_url="/")
        return answer
    return answer_form(request, "governance/invitation.html", form=form, invitation=invitation)


def _invite(request: SignedInRequest, form: InvitationForm) -> None:
    """Invite, and send for a worker.

    :raises AdministrationRefused: it cannot be done.
    """
    row = invite(wish=form.wish(), invited_by=request.user, invited_at=timezone.now())
    wake_worker(letter_of_invitation(row))


def _invitation_or_404(request: SignedInRequest, invitation: UUID) -> Invitation:
    reached = Invitation.objects.visible_to(request.user).select_related("invited_by")
    return get_object_or_404(reached, public_id=invitation)
