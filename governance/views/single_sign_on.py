"""Doors of single sign-on: to the provider, and back with its answer.

What is asked for is kept in the session under a state that is spent once: `LOGIN` signs in,
`LINK` links the identity to the account that asked, `INVITATION` hands it to the invitation
that asked, `SIGNING` to the draft of a signature; both look at it themselves.
"""

import secrets
from typing import Any, cast

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from governance.models import User
from governance.services.identities import (
    IdentityRefused,
    account_of_identity,
    link_identity,
    link_invited_identity,
)
from governance.services.identity_providers import (
    Claims,
    IdentityProvider,
    Question,
    address_to_ask,
    claims_for_code,
    identity_providers,
)
from governance.services.identity_tokens import TokenNotBelieved
from governance.services.identity_wire import ProviderFailed
from governance.views.drafts import FIELD, TOO_LATE, answer_draft, draft_of, second_step
from governance.views.slowing import provider_buckets, sent_buckets, slowed

LOGIN, LINK, INVITATION, SIGNING = "login", "link", "invitation", "signing"
PROVED = "proved_identity"
PROVED_SECONDS = 600
REFUSED, UNAVAILABLE, STALE = 403, 503, 400
LONGEST_CODE = 4096
log = structlog.get_logger("security")


def provider_or_404(name: str) -> IdentityProvider:
    """Return the provider of that name.

    :raises Http404: the environment names none.
    """
    for provider in identity_providers():
        if provider.name == name:
            return provider
    raise Http404


@require_POST
@slowed(sent_buckets, forgives=False)
@slowed(provider_buckets)
def begin(request: HttpRequest, provider: str) -> HttpResponse:
    """Send a browser to its provider, to sign in or to show an invitation who it is."""
    process = INVITATION if request.POST.get("for") == INVITATION else LOGIN
    state = {"process": process, "next": get_next_redirect_url(request)}
    return send_to_provider(request, provider_or_404(provider), state)


def send_to_provider(
    request: HttpRequest, provider: IdentityProvider, state: dict[str, Any]
) -> HttpResponse:
    """Keep what is asked for in the session, and send the browser to the provider."""
    challenge = generate_code_challenge()
    question = Question(
        redirect_uri=_own_address(request, provider),
        nonce=secrets.token_urlsafe(32),
        verifier=challenge["code_verifier"],
        is_fresh=state["process"] == SIGNING,
    )
    state_id = secrets.token_urlsafe(32)
    try:
        place = address_to_ask(
            provider,
            question=question,
            state=state_id,
            challenge=challenge["code_challenge"].decode(),
        )
    except ProviderFailed as failure:
        return _unavailable(request, provider, failure)
    kept = {**state, "nonce": question.nonce, "verifier": question.verifier}
    statekit.stash_state(request, provider_id=provider.provider_id, state=kept, state_id=state_id)
    return HttpResponseRedirect(place)


@require_GET
def finish(request: HttpRequest, provider: str) -> HttpResponse:
    """Take the answer that a browser brings back from its provider."""
    asked = provider_or_404(provider)
    state = statekit.unstash_state(
        request, provider_id=asked.provider_id, state_id=request.GET.get("state", "")
    )
    code = request.GET.get("code", "")
    if state is None or request.GET.get("iss", asked.issuer) != asked.issuer:
        sentence = _("This sign-in was begun elsewhere, or too long ago.")
        return _refused(request, asked, sentence, status=STALE)
    if "error" in request.GET or not code or len(code) > LONGEST_CODE:
        return _refused(request, asked, _("The provider did not sign you in."))
    question = Question(
        redirect_uri=_own_address(request, asked),
        nonce=state["nonce"],
        verifier=state["verifier"],
    )
    try:
        claims = claims_for_code(asked, code=code, question=question, at=timezone.now())
        return _answered(request, asked, claims, state)
    except ProviderFailed as failure:
        return _unavailable(request, asked, failure)
    except TokenNotBelieved as doubt:
        log.warning("identity_token_not_believed", provider=asked.name, reason=str(doubt))
        return _refused(request, asked, _("The provider's answer could not be believed."))
    except IdentityRefused as refusal:
        return _refused(request, asked, str(refusal))


def _answered(
    request: HttpRequest, provider: IdentityProvider, claims: Claims, state: dict[str, Any]
) -> HttpResponse:
    if state["process"] == LINK:
        return _linked(request, provider, claims, state)
    if state["process"] == SIGNING:
        return _to_be_signed(request, provider, claims, state)
    if state["process"] == INVITATION:
        request.session[PROVED] = {
            "provider": provider.name,
            "subject": claims.subject,
            "email": claims.email,
            "verified": claims.verified,
            "for": state["next"],
            "at": timezone.now().timestamp(),
        }
        sentence = _("You are known at %(provider)s. Open the account, and you can sign in there.")
        messages.success(request, sentence % {"provider": provider.label})
        return redirect(state["next"] or "/")
    account = account_of_identity(claims, provider=provider, signed_in_at=timezone.now())
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    record_authentication(
        request, account, "socialaccount", provider=provider.provider_id, uid=claims.subject
    )
    # the rest of the way in is everybody's: the second factor, the limits, the new session
    return cast(HttpResponse, perform_login(request, account, redirect_url=state["next"]))


def _linked(
    request: HttpRequest, provider: IdentityProvider, claims: Claims, state: dict[str, Any]
) -> HttpResponse:
    if not request.user.is_authenticated or request.user.pk != state["account"]:
        sentence = _("This sign-in was begun elsewhere, or too long ago.")
        return _refused(request, provider, sentence, status=STALE)
    link_identity(account=request.user, provider=provider, claims=claims)
    messages.success(
        request, _("You can sign in with %(provider)s now.") % {"provider": provider.label}
    )
    return redirect("governance:identity-list")


def _to_be_signed(
    request: HttpRequest, provider: IdentityProvider, claims: Claims, state: dict[str, Any]
) -> HttpResponse:
    """Hand who signed in to the draft that asked, and lead back to it; nothing is signed here."""
    draft = draft_of(request, state[FIELD])
    if draft is None or (draft.account, draft.provider) != (state["account"], provider.name):
        return _refused(request, provider, str(TOO_LATE), status=STALE)
    answer_draft(request, draft, claims)
    return redirect(second_step(draft))


def link_proved_identity(request: HttpRequest, account: User) -> None:
    """Link the identity that this browser proved for the invitation it has just accepted.

    The account is open either way; where the identity does not fit, a message says why.
    """
    proved = _take_proved_identity(request)
    if proved is None:
        return
    provider, claims = proved
    try:
        link_invited_identity(account=account, provider=provider, claims=claims)
    except IdentityRefused as refusal:
        messages.warning(request, str(refusal))


def _take_proved_identity(request: HttpRequest) -> tuple[IdentityProvider, Claims] | None:
    kept = request.session.pop(PROVED, None)
    if kept is None or kept["for"] != request.path:
        return None
    if timezone.now().timestamp() - kept["at"] > PROVED_SECONDS:
        return None
    provider = next((each for each in identity_providers() if each.name == kept["provider"]), None)
    if provider is None:
        return None
    claims = Claims(subject=kept["subject"], email=kept["email"], verified=kept["verified"])
    return provider, claims


def _own_address(request: HttpRequest, provider: IdentityProvider) -> str:
    address = reverse("governance:sign-on-finish", args=[provider.name])
    return request.build_absolute_uri(address)


def _unavailable(
    request: HttpRequest, provider: IdentityProvider, failure: ProviderFailed
) -> HttpResponse:
    log.warning("identity_provider_failed", provider=provider.name, reason=str(failure))
    sentence = _("The provider does not answer as it should. Try again in a few minutes.")
    return _refused(request, provider, sentence, status=UNAVAILABLE)


def _refused(
    request: HttpRequest, provider: IdentityProvider, sentence: str, *, status: int = REFUSED
) -> HttpResponse:
    shown = {"provider": provider, "sentence": sentence}
    return render(request, "governance/sign_on_refused.html", shown, status=status)
