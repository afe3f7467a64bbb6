"""Doors to the account's own API tokens."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance.forms.tokens import TokenForm
from governance.models import ApiToken
from governance.pages.tokens import token_rows
from governance.services.accounts import (
    IdentityNotProved,
    demo_code_of,
    prove_identity,
    second_factor_of,
)
from governance.services.tokens import NewToken, TokenRefused, make_token, revoke_token
from governance.views.entry import SignedInRequest, answer_form, signed_in
from governance.views.proving import passkey_first


@signed_in
@passkey_first
@require_http_methods(["GET", "POST"])
def list_tokens(request: SignedInRequest) -> HttpResponse:
    """Show the account's tokens; make one, whose secret this answer shows and no other."""
    now = timezone.now()
    form = TokenForm(
        request.POST or None,
        user=request.user,
        needs_code=second_factor_of(request.user) is not None,
        demo_code=demo_code_of(request.user, at=now),
    )
    made = _made(request, form, now) if form.is_valid() else None
    shown = {"made": made, "rows": token_rows(request.user, at=now)}
    empty = TokenForm(user=request.user, needs_code="code" in form.fields) if made else form
    return answer_form(request, "governance/tokens.html", form=empty, **shown)


def _made(request: SignedInRequest, form: TokenForm, now: datetime) -> NewToken | None:
    terms = form.terms()
    try:
        prove_identity(user=request.user, credentials=form.credentials(), at=now)
        return make_token(
            user=request.user,
            name=terms["name"],
            scopes=terms["scopes"],
            client=terms["client"],
            expires_at=now + timedelta(days=terms["days"]),
            made_at=now,
        )
    except IdentityNotProved as refusal:
        form.add_error(refusal.field or None, str(refusal))
    except TokenRefused as refusal:
        form.add_error(None, str(refusal))
    return None


@signed_in
@require_POST
def end_token(request: SignedInRequest, token: UUID) -> HttpResponse:
    """Revoke one of the account's own tokens; another account's does not exist here."""
    found = get_object_or_404(ApiToken.objects.shown_to(request.user), public_id=token)
    revoke_token(token=found, revoked_at=timezone.now())
    messages.success(
        request, _("The token “%(name)s” no longer opens anything.") % {"name": found.name}
    )
    return redirect("governance:token-list")
