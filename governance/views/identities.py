"""Doors to the account's own identities at providers; each change asks for a fresh proof."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from governance.pages.identities import identity_page
from governance.services.identities import IdentityRefused, unlink_identity
from governance.services.identity_providers import providers_of
from governance.views.entry import Page, SignedInRequest, refuse_unless, signed_in
from governance.views.single_sign_on import LINK, provider_or_404, send_to_provider


def freshly_proved(view: Page) -> Page:
    """Ask for the password or a factor again before the view is entered."""
    return cast(Page, reauthentication_required(view))


@signed_in
@require_GET
def list_identities(request: SignedInRequest) -> HttpResponse:
    """Show which identities sign this account in, and which it may link."""
    return render(request, "governance/identities.html", {"page": identity_page(request.user)})


@signed_in
@require_POST
@freshly_proved
def link(request: SignedInRequest, provider: str) -> HttpResponse:
    """Send the account's owner to its organisation's provider, to link the identity there."""
    user = request.user
    asked = provider_or_404(provider)
    own = asked in providers_of(user.organisation.slug)
    refuse_unless(own, _("This provider signs in the accounts of another organisation."))
    # without a password nothing could have been proved again just now
    refuse_unless(user.has_usable_password(), _("Set a password first."))
    return send_to_provider(request, asked, {"process": LINK, "account": user.pk})


@signed_in
@require_POST
@freshly_proved
def unlink(request: SignedInRequest, identity: str) -> HttpResponse:
    """Take an identity of the account's own away."""
    rows = {row.id: row for row in identity_page(request.user).rows}
    label = rows[identity].label if identity in rows else ""
    try:
        unlinked = unlink_identity(
            account=request.user,
            provider_id=identity,
            label=label,
            unlinked_at=timezone.now(),
            but=request.session.session_key or "",
        )
    except IdentityRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("governance:identity-list")
    if unlinked:
        sentence = _("%(provider)s signs you in no longer; your other sessions have ended.")
        messages.success(request, sentence % {"provider": label})
    return redirect("governance:identity-list")
