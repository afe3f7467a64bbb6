"""Read the token in which an identity provider says who signed in, and believe only a whole one.

The checks are those of OpenID Connect Core 1.0, 3.1.3.7, the signature always among them: that
a token came over TLS says nothing about who wrote it.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt
from jwt.types import Options

# Only keys that nobody but the provider has: never "none", never a secret we share (HS256).
ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA"),
)
CLOCK_SKEW = timedelta(seconds=60)
OLDEST = timedelta(minutes=10)
LONGEST_SUBJECT = 191
LONGEST_TOKEN = 64 * 1024
# the times are held against the moment handed in, below
_OPTIONS: Options = {
    "require": ["iss", "sub", "aud", "exp", "iat", "nonce"],
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}


class TokenNotBelieved(Exception):
    """Say, for the operator's log, what is wrong with a provider's token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a token has to say to be an answer to our question."""

    issuer: str
    client_id: str
    nonce: str


def read_claims(
    token: str, *, keys: Sequence[dict[str, Any]], expected: Expected, at: datetime
) -> dict[str, Any]:
    """Return what a token says once its signature and every claim about itself are right.

    :raises TokenNotBelieved: anything is wrong, missing, too old or from the future.
    """
    if len(token) > LONGEST_TOKEN:
        raise TokenNotBelieved("the token is too long")
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise TokenNotBelieved(f"signed with {algorithm!r}")
        claims: dict[str, Any] = jwt.decode(
            token,
            key=jwt.PyJWK(_key_of(header, keys=keys), algorithm=algorithm),
            algorithms=[algorithm],
            audience=expected.client_id,
            issuer=expected.issuer,
            options=_OPTIONS,
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise TokenNotBelieved(f"{type(error).__name__}: {error}") from error
    _refuse_other_reader(claims, expected=expected)
    _refuse_wrong_time(claims, at=at)
    return claims


def _key_of(header: dict[str, Any], *, keys: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the one key the token names; a token that names none is read by an only key."""
    named = [key for key in keys if "kid" not in header or key.get("kid") == header["kid"]]
    fit = [
        key
        for key in named
        if key.get("use", "sig") == "sig" and key.get("alg", header["alg"]) == header["alg"]
    ]
    if len(fit) != 1:
        raise TokenNotBelieved(f"{len(fit)} keys of the provider fit")
    return fit[0]


def _refuse_other_reader(claims: dict[str, Any], *, expected: Expected) -> None:
    """Refuse a token that answers somebody else's question."""
    nonce, subject, audience = claims["nonce"], claims["sub"], claims["aud"]
    if not isinstance(nonce, str) or not hmac.compare_digest(
        nonce.encode(), expected.nonce.encode()
    ):
        raise TokenNotBelieved("the nonce is not ours")
    several = isinstance(audience, list) and len(audience) > 1
    if (several or "azp" in claims) and claims.get("azp") != expected.client_id:
        raise TokenNotBelieved("made for another client")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise TokenNotBelieved("the subject is empty or too long")


def _refuse_wrong_time(claims: dict[str, Any], *, at: datetime) -> None:
    now, skew = at.timestamp(), CLOCK_SKEW.total_seconds()
    ends, made, starts = claims["exp"], claims["iat"], claims.get("nbf", claims["iat"])
    if not all(
        isinstance(moment, int | float) and not isinstance(moment, bool)
        for moment in (ends, made, starts)
    ):
        raise TokenNotBelieved("its times are not numbers")
    if ends <= now - skew:
        raise TokenNotBelieved("expired")
    if max(made, starts) > now + skew:
        raise TokenNotBelieved("made in the future")
    if made < now - OLDEST.total_seconds() - skew:
        raise TokenNotBelieved("made too long ago to answer our question")
