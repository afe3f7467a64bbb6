"""Lead somebody from a filled-in form to a signature, by whatever proves who they are.

Password and code go along with the form. For a passkey and for a sign-in at a provider what
would be signed is rehearsed first, and kept as a draft; the second step shows it once more.
"""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from governance.choices import AuthenticationMethod
from governance.forms.proof import SignerForm
from governance.permissions import Seat
from governance.services.accounts import IdentityNotProved, Seed
from governance.services.identity_providers import identity_providers
from governance.services.passkeys import PasskeyAnswer, Site, options_for
from governance.services.proving import Answer, Rehearsal
from governance.services.sign_ons import SignOnAnswer
from governance.services.signoffs import EvidenceChanged, SignoffRefused
from governance.services.statements import Rehearsed
from governance.views.drafts import (
    FIELD,
    TOO_LATE,
    Draft,
    draft_of,
    keep_draft,
    second_step,
    take_draft,
)
from governance.views.entry import SignedInRequest
from governance.views.single_sign_on import SIGNING, provider_or_404, send_to_provider

Act = Callable[[Answer], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a form: signed, sent on to prove who it is, or neither."""

    done: bool = False
    away: HttpResponse | None = None


class Signing:
    """The way of one request towards a signature."""

    def __init__(self, request: SignedInRequest) -> None:
        """Take up the draft that the request names, if it names one."""
        self.request = request
        self._draft: Draft | None = None
        self.sent: QueryDict | None = None
        key = (request.POST if request.method == "POST" else request.GET).get(FIELD, "")
        if request.method != "POST":
            self._draft = draft_of(request, key) if key else None
        elif key:
            self._draft = take_draft(request, key)
            self.sent = self._draft.sent if self._draft else None
        else:
            self.sent = request.POST
        if key and self._draft is None:
            messages.warning(request, str(TOO_LATE))

    @property
    def confirms(self) -> bool:
        """Say whether the request asks for the second step."""
        draft = self._draft
        return self.sent is None and draft is not None and draft.path == self.request.path

    def confirm_page(self, seat: Seat) -> HttpResponse:
        """Show what is signed once more, and ask for the passkey or for the last word."""
        draft = self._draft
        if draft is None:
            raise ValueError("There is no draft to confirm.")
        shown = {"seat": seat, "draft": draft}
        if draft.method == AuthenticationMethod.PASSKEY:
            options = options_for(
                self.request.user, site=site_of(self.request), statement_hash=draft.digest
            )
            return render(
                self.request,
                "governance/sign_passkey.html",
                {**shown, "options": {"request_options": options}},
            )
        provider = provider_or_404(draft.provider)
        return render(self.request, "governance/sign_known.html", {**shown, "provider": provider})

    def carry_out(
        self, form: SignerForm, act: Act, *, refusals: tuple[type[Exception], ...] = ()
    ) -> Outcome:
        """Sign, or lead to where the signer proves who it is; a refusal goes into the form.

        :raises EvidenceChanged: what is there is no longer what the signer was shown.
        """
        if self.sent is None or not form.is_valid():
            return Outcome()
        expected: tuple[type[Exception], ...] = (IdentityNotProved, SignoffRefused, *refusals)
        try:
            return self._carried_out(form, act)
        except EvidenceChanged:
            raise
        except expected as refusal:
            field = getattr(refusal, "field", "")
            form.add_error(field if field in form.fields else None, str(refusal))
            return Outcome()

    def _carried_out(self, form: SignerForm, act: Act) -> Outcome:
        if self._draft is not None:
            act(self._answer(self._draft, form))
            return Outcome(done=True)
        if form.way.method == AuthenticationMethod.PASSWORD_TOTP:
            act(form.credentials())
            return Outcome(done=True)
        return Outcome(away=self._lead_away(form, act))

    def _answer(self, draft: Draft, form: SignerForm) -> Answer:
        """Return what the signer brought back for the draft."""
        if draft.method == AuthenticationMethod.PASSKEY:
            return PasskeyAnswer(
                site=site_of(self.request),
                seed=draft.seed,
                statement_hash=draft.digest,
                response=self.request.POST.get("credential", ""),
                agreed=form.has_agreed,
            )
        provider = next((one for one in identity_providers() if one.name == draft.provider), None)
        if provider is None or not draft.claims:
            raise IdentityNotProved(_("Sign in there first."))
        return SignOnAnswer(
            provider=provider,
            claims=draft.said,
            seed=draft.seed,
            statement_hash=draft.digest,
            agreed=form.has_agreed,
        )

    def _lead_away(self, form: SignerForm, act: Act) -> HttpResponse:
        """Keep what would be signed as a draft, and send the signer to prove who it is."""
        try:
            act(Rehearsal(seed=Seed(), agreed=form.has_agreed))
        except Rehearsed as rehearsed:
            statement = rehearsed.statement
        else:
            raise RuntimeError("A rehearsal was carried out.")
        way, request = form.way, self.request
        if way.provider is None:
            draft = keep_draft(request, statement, method=way.method)
            return redirect(second_step(draft))
        draft = keep_draft(request, statement, method=way.method, provider=way.provider.name)
        state = {"process": SIGNING, FIELD: draft.key, "account": request.user.pk}
        return send_to_provider(request, way.provider, state)


def site_of(request: HttpRequest) -> Site:
    """Return whom the passkeys of this site are asked by."""
    entity = get_adapter().get_public_key_credential_rp_entity()
    return Site(rp=entity["id"], origin=f"{request.scheme}://{request.get_host()}")
