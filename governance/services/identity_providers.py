"""Ask an identity provider who signed in there (OpenID Connect, authorization code with PKCE)."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from governance.services.identity_tokens import Expected, TokenNotBelieved, read_claims
from governance.services.identity_wire import Ask, ProviderFailed, ask_for_object, refuse_foreign

SCOPE = "openid email"
ANY_FACTORS = "any"
"""Instead of an `acr` or an `amr`: the provider lets nobody in by one factor."""
SAID_BY_AMR = frozenset({ANY_FACTORS, "mfa", "otp", "hwk", "swk", "sc", "fpt", "face", "pin"})
"""What is said after a sign-in (RFC 8176) and cannot be asked for before it."""
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityProvider:
    """Where the people of one organisation sign in, as the environment names it."""

    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    label: str
    organisation: str
    hosts: tuple[str, ...] = ()
    hidden: bool = False
    factors: tuple[str, ...] = ("mfa",)

    @property
    def provider_id(self) -> str:
        """Return what an identity is kept under: it changes with the issuer alone."""
        return f"oidc-{hashlib.sha256(self.issuer.encode()).hexdigest()[:32]}"

    @property
    def own_hosts(self) -> frozenset[str]:
        """Return the hosts that may be asked, and a browser sent to."""
        return frozenset({urlsplit(self.issuer).netloc, *self.hosts})

    def shows_factors(self, claims: "Claims") -> bool:
        """Say whether an answer shows as many factors as a signature needs."""
        return ANY_FACTORS in self.factors or bool({claims.acr, *claims.amr} & set(self.factors))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What we asked a provider with, and hold its answer against.

    `is_fresh` asks it to let the person sign in anew, whatever session there is.
    """

    redirect_uri: str
    nonce: str
    verifier: str
    is_fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Who a provider says signed in; `verified` is None where it does not say.

    `signed_in_at` is when, in seconds since 1970, `acr` and `amr` how; empty where it does
    not say.
    """

    subject: str
    email: str
    verified: bool | None
    signed_in_at: int = 0
    acr: str = ""
    amr: tuple[str, ...] = ()


def identity_providers() -> list[IdentityProvider]:
    """Return every provider the environment names."""
    return [IdentityProvider(**words) for words in settings.IDENTITY_PROVIDERS]


def providers_of(organisation: str) -> list[IdentityProvider]:
    """Return the providers of one organisation, by its slug."""
    return [each for each in identity_providers() if each.organisation == organisation]


def describe(provider: IdentityProvider) -> dict[str, Any]:
    """Return what a provider says about itself, its addresses checked.

    :raises ProviderFailed: it cannot be asked, names another issuer or a foreign host.
    """
    url = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
    said = ask_for_object(Ask(url=url, hosts=provider.own_hosts))
    if said.get("issuer") != provider.issuer:
        raise ProviderFailed(f"{url} speaks for the issuer {said.get('issuer')!r}")
    for name in ENDPOINTS:
        refuse_foreign(said.get(name), hosts=provider.own_hosts)
    return said


def address_to_ask(
    provider: IdentityProvider, *, question: Question, state: str, challenge: str
) -> str:
    """Return where a browser is sent to sign in at the provider.

    :raises ProviderFailed: as `describe`.
    """
    place: str = describe(provider)["authorization_endpoint"]
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": question.redirect_uri,
        "scope": SCOPE,
        "state": state,
        "nonce": question.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if question.is_fresh:
        asked |= {"prompt": "login", "max_age": "0"}
        wanted = [each for each in provider.factors if each not in SAID_BY_AMR]
        asked |= {"acr_values": " ".join(wanted)} if wanted else {}
    return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"


def claims_for_code(
    provider: IdentityProvider, *, code: str, question: Question, at: datetime
) -> Claims:
    """Return who signed in, for the code that a browser brought back.

    The tokens are read and dropped; none is kept.

    :raises ProviderFailed: as `describe`, or the code is not taken, or no e-mail can be asked.
    :raises TokenNotBelieved: the provider's token is not whole.
    """
    said = describe(provider)
    tokens = _tokens(provider, said=said, code=code, question=question)
    token = tokens.get("id_token")
    if not isinstance(token, str):
        raise TokenNotBelieved("the answer holds no identity token")
    keys = ask_for_object(Ask(url=said["jwks_uri"], hosts=provider.own_hosts)).get("keys")
    claims = read_claims(
        token,
        keys=[key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else [],
        expected=Expected(
            issuer=provider.issuer, client_id=provider.client_id, nonce=question.nonce
        ),
        at=at,
    )
    if "email" not in claims and "userinfo_endpoint" in said:
        claims |= _more(provider, said=said, tokens=tokens, subject=claims["sub"])
    return _worded(claims)


def _tokens(
    provider: IdentityProvider, *, said: dict[str, Any], code: str, question: Question
) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": question.redirect_uri,
        "code_verifier": question.verifier,
        "client_id": provider.client_id,
    }
    # what the standard says where the provider says nothing (RFC 8414, 2)
    ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    login = None
    if "client_secret_post" in ways:
        form["client_secret"] = provider.client_secret
    else:
        login = (provider.client_id, provider.client_secret)
    ask = Ask(
        url=said["token_endpoint"],
        hosts=provider.own_hosts,
        method="POST",
        form=form,
        login=login,
    )
    return ask_for_object(ask)


def _more(
    provider: IdentityProvider, *, said: dict[str, Any], tokens: dict[str, Any], subject: str
) -> dict[str, Any]:
    """Return the e-mail of a provider that keeps it out of its token, of the same person only."""
    bearer = tokens.get("access_token")
    if not isinstance(bearer, str) or not bearer.isascii() or not bearer.isprintable():
        raise ProviderFailed("the answer holds no access token")
    ask = Ask(url=said["userinfo_endpoint"], hosts=provider.own_hosts, bearer=bearer)
    more = ask_for_object(ask)
    if more.get("sub") != subject:
        raise TokenNotBelieved("the e-mail was of somebody else")
    return {name: more[name] for name in ("email", "email_verified") if name in more}


def _worded(claims: dict[str, Any]) -> Claims:
    email, verified = claims.get("email"), claims.get("email_verified")
    since, acr, amr = claims.get("auth_time"), claims.get("acr"), claims.get("amr")
    is_moment = isinstance(since, int | float) and not isinstance(since, bool)
    return Claims(
        subject=claims["sub"],
        email=email if isinstance(email, str) else "",
        # some providers write the word instead of the value
        verified=None if verified is None else verified is True or verified == "true",
        signed_in_at=int(since) if is_moment and since is not None else 0,
        acr=acr if isinstance(acr, str) else "",
        amr=tuple(each for each in amr if isinstance(each, str)) if isinstance(amr, list) else (),
    )
