"""Let a passkey sign a statement: its challenge is the SHA-256 of what is signed.

The assertion is kept as FORMAT.md, section 4, says, so that anybody can check it later.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import get_credentials
from django.db import transaction
from django.utils.translation import gettext as _
from fido2.cose import ES256, RS256, CoseKey, EdDSA
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    UserVerificationRequirement,
)

from governance.choices import AuthenticationMethod
from governance.models import User
from governance.services.accounts import IdentityNotProved, Proof, Seed, counted_attempt
from governance.services.attempts import forgive_attempt, note_wrong_attempt
from governance.services.factors import PASSKEY

LONGEST_ANSWER = 16_384
P256, ED25519 = 1, 6
DOUBTS = (ValueError, TypeError, LookupError, AttributeError, RecursionError, struct.error)
"""Whatever reading something made up may end in."""
REQUIRED = UserVerificationRequirement.REQUIRED
log = structlog.get_logger("security")


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys are asked for: the relying party, and the one origin that may ask."""

    rp: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyAnswer:
    """What a browser brought back for a statement, as it came; `response` is JSON."""

    site: Site
    seed: Seed
    statement_hash: str
    response: str
    agreed: bool = False


def options_for(user: User, *, site: Site, statement_hash: str) -> dict[str, Any]:
    """Return what a browser is asked so that a passkey of the account signs a statement."""
    options, _state = _server(site).authenticate_begin(
        credentials=get_credentials(user),
        user_verification=REQUIRED,
        challenge=bytes.fromhex(statement_hash),
    )
    return dict(options)


def prove_by_passkey(*, user: User, answer: PasskeyAnswer, at: datetime) -> Proof:
    """Check what a passkey of the account signed; the device verified its holder.

    :raises IdentityNotProved: it is no passkey of the account, signed something else, was
        asked elsewhere, did not verify its holder, or may be a copy.
    """
    times = counted_attempt(user, at=at)
    try:
        if not user.is_active:
            raise ValueError("the account is closed")
        response = _read(answer.response)
        assertion = _checked(user, answer, response)
    except DOUBTS as doubt:
        log.warning("passkey_not_believed", account=str(user.public_id), reason=str(doubt))
        note_wrong_attempt(user, times=times, at=at, way="PASSKEY")
        message = _("That passkey did not sign this. Try again, or use another way.")
        raise IdentityNotProved(message) from doubt
    forgive_attempt(user, at=at)
    return Proof(
        account_id=user.pk,
        method=AuthenticationMethod.PASSKEY,
        seed=answer.seed,
        assertion=assertion,
        statement_hash=answer.statement_hash,
        agreed=answer.agreed,
    )


def _server(site: Site) -> Fido2Server:
    rp = PublicKeyCredentialRpEntity(name=site.rp, id=site.rp)
    return Fido2Server(rp, verify_origin=lambda origin: origin == site.origin)


def _read(response: str) -> AuthenticationResponse:
    if len(response) > LONGEST_ANSWER:
        raise ValueError("the answer is too long")
    found: AuthenticationResponse | None = AuthenticationResponse.from_dict(json.loads(response))
    if found is None:
        raise ValueError("the answer is empty")
    return found


def _checked(user: User, answer: PasskeyAnswer, response: AuthenticationResponse) -> dict[str, Any]:
    """Return the assertion once everything about it is right."""
    said, told = response.response.client_data, response.response.authenticator_data
    if said.cross_origin:
        raise ValueError("asked from within another site")
    held = _server(answer.site).authenticate_complete(
        {
            "challenge": websafe_encode(bytes.fromhex(answer.statement_hash)),
            "user_verification": REQUIRED,
        },
        get_credentials(user),
        response,
    )
    key = public_key(held.public_key)
    _count_up(user, held, counter=told.counter)
    return {
        "authenticator_data": bytes(told).hex(),
        "client_data": bytes(said).hex(),
        "credential": held.credential_id.hex(),
        "key": key,
        "rp": answer.site.rp,
        "signature": response.response.signature.hex(),
    }


def public_key(key: CoseKey) -> dict[str, Any]:
    """Return a passkey's public key as the record keeps it.

    :raises ValueError: of a kind that the record does not know.
    """
    kept: Mapping[int, Any] = key
    algorithm = kept[3]
    if algorithm == ES256.ALGORITHM and kept[-1] == P256:
        return {"alg": algorithm, "x": _wide(kept[-2]), "y": _wide(kept[-3])}
    if algorithm == EdDSA.ALGORITHM and kept[-1] == ED25519:
        return {"alg": algorithm, "x": kept[-2].hex()}
    if algorithm == RS256.ALGORITHM:
        return {"alg": algorithm, "e": kept[-2].hex(), "n": kept[-1].hex()}
    raise ValueError(f"a passkey of algorithm {algorithm} signs nothing here")


def _wide(number: bytes) -> str:
    return number.rjust(32, b"\0").hex()


@transaction.atomic
def _count_up(user: User, used: AttestedCredentialData, *, counter: int) -> None:
    """Keep how often the device says it signed; one that counts and stands still is a copy.

    Source: WebAuthn, 7.2, step 22.
    """
    rows: Sequence[Authenticator] = Authenticator.objects.select_for_update().filter(
        user=user, type=PASSKEY
    )
    for row in rows:
        told = row.wrap().authenticator_data
        if told.credential_data.credential_id != used.credential_id:
            continue
        before = max(told.counter, row.data.get("counter", 0))
        if (counter or before) and counter <= before:
            raise ValueError(f"its counter went from {before} to {counter}")
        row.data = {**row.data, "counter": counter}
        row.save(update_fields=["data"])
        return
    raise ValueError("the passkey was removed meanwhile")
