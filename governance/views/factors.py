"""Doors to the account's own second factors: each change ends what was open elsewhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic.edit import FormView

from governance.models import User
from governance.services.factors import (
    MUST_SET_FACTOR,
    TOTP,
    factors_of,
    has_passkey,
    has_second_factor,
    needs_second_factor,
    settle_factors,
    spend_code,
)
from governance.services.security import Whence
from governance.views.entry import SignedInRequest

Page = Callable[..., HttpResponse]
freshly_proved: Callable[[Any], Any] = reauthentication_required(app="allauth.mfa")
"""Ask who it is once more, where that was not shown in the last five minutes."""


def settling(view: Page) -> Page:
    """Let a change of the account's factors end its other sessions and its API tokens.

    The session itself goes on under a new identifier. The account's row is locked, so that
    of two changes at once the second sees the first.
    """

    @wraps(view)
    def settled(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        if request.method != "POST" or not request.user.is_authenticated:
            return view(request, *args, **names)
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=request.user.pk)
            before = factors_of(user)
            response = view(request, *args, **names)
            if factors_of(user) != before:
                request.session.cycle_key()
                settle_factors(
                    user=user,
                    before=before,
                    kept_session=request.session.session_key or "",
                    settled_at=timezone.now(),
                    whence=Whence(request.META.get("REMOTE_ADDR")),
                )
                if has_second_factor(user):
                    request.session.pop(MUST_SET_FACTOR, None)
        return response

    return settled


def dated(view: Page) -> Page:
    """Read the clock for the forms behind a door: a code counts at a moment."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        request.asked_at = timezone.now()  # type: ignore[attr-defined]
        return view(request, *args, **names)

    return opened


def renewing(view: Page) -> Page:
    """Let the session go on under a new identifier once somebody has proved who they are."""

    @wraps(view)
    @dated
    def renewed(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        known = len(get_authentication_records(request, request.user))
        response = view(request, *args, **names)
        if len(get_authentication_records(request, request.user)) > known:
            request.session.cycle_key()
        return response

    return renewed


def for_passkeys(view: Page) -> Page:
    """Show a page that asks for a passkey only to whoever has one.

    Whoever has none, and comes by an old link, proves it in another way.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        if request.user.is_authenticated and not has_passkey(request.user):
            return redirect("account_reauthenticate")
        return view(request, *args, **names)

    return asked


class FactorsView(IndexView):  # type: ignore[misc]
    """Show which factors the account has."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether the account needs a factor, and what it has."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        held = shown["authenticators"]
        codes = held.get(Authenticator.Type.RECOVERY_CODES)
        has_any = bool({Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN} & held.keys())
        return {
            **shown,
            "has_any": has_any,
            "needs": needs_second_factor(cast(User, self.request.user)),
            "app": held.get(Authenticator.Type.TOTP),
            "passkeys": held.get(Authenticator.Type.WEBAUTHN, []),
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
        }


class ActivateAppView(ActivateTOTPView):  # type: ignore[misc]
    """Set up an authenticator app; its first code is used up by that."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the app, and spend the code it was tried with."""
        answer: HttpResponse = super().form_valid(form)
        user = cast(User, self.request.user)
        spend_code(user=user, code=form.cleaned_data["code"], at=timezone.now())
        return answer


@method_decorator(freshly_proved, name="dispatch")
class ReplaceAppView(ActivateAppView):
    """Set up an authenticator app in place of the one there is."""

    extra_context = {"replaces": True}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in who has an app; the others set one up."""
        if not Authenticator.objects.filter(user=request.user, type=TOTP).exists():
            return redirect("mfa_activate_totp")
        return cast(HttpResponse, FormView.dispatch(self, request, *args, **kwargs))

    def form_valid(self, form: Any) -> HttpResponse:
        """Let the old app go in the same transaction."""
        Authenticator.objects.filter(user=self.request.user, type=TOTP).delete()
        return super().form_valid(form)


class AddPasskeyView(AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey that can sign in by itself: kept on the device, its holder verified."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the device for such a passkey."""
        shown: dict[str, Any] = FormView.get_context_data(self, **kwargs)
        options = passkeys.begin_registration(self.request.user, True)
        return {**shown, "js_data": {"creation_options": options}}


class RemovePasskeyView(RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a passkey, but never the last factor of an account that needs one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(reverse("mfa_index"))
        answer: HttpResponse = super().form_valid(form)
        return answer


def _codes_left(user: User) -> list[str]:
    """Return the recovery codes that were not used yet.

    :raises Http404: the account has none.
    """
    held = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    if held is None:
        raise Http404
    codes: list[str] = held.wrap().get_unused_codes()
    return codes


@require_safe
def show_recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Show the recovery codes; looking at them writes nothing."""
    return render(request, "mfa/recovery_codes/index.html", {"codes": _codes_left(request.user)})


@require_safe
def download_recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Hand the recovery codes out as a file of text."""
    lines = "".join(f"{code}\n" for code in _codes_left(request.user))
    file = HttpResponse(lines, content_type="text/plain; charset=utf-8")
    file["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return file
