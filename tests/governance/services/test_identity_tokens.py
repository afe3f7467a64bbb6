"""Only a token that the provider signed, for us, for this question and for now is believed."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from governance.services.identity_tokens import Expected, TokenNotBelieved, read_claims

AT = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC: dict[str, Any] = {**json.loads(RSAAlgorithm.to_jwk(KEY.public_key())), "kid": "1"}
EXPECTED = Expected(issuer="https://login.example.com", client_id="gate", nonce="asked")
CLAIMS: dict[str, Any] = {
    "iss": EXPECTED.issuer,
    "sub": "s-1",
    "aud": "gate",
    "iat": int(AT.timestamp()),
    "exp": int(AT.timestamp()) + 300,
    "nonce": "asked",
}


def token(key: Any = KEY, algorithm: str = "RS256", **headers: Any) -> str:
    return jwt.encode(CLAIMS, key, algorithm=algorithm, headers={"kid": "1", **headers})


def read(text: str, *keys: dict[str, Any], at: datetime = AT) -> dict[str, Any]:
    return read_claims(text, keys=keys or [PUBLIC], expected=EXPECTED, at=at)


class TestReadClaims:
    @pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256"])
    def test_believes_the_providers_signature(self, algorithm: str) -> None:
        assert read(token(algorithm=algorithm))["sub"] == "s-1"

    def test_believes_an_elliptic_one(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        public = {**json.loads(ECAlgorithm.to_jwk(key.public_key())), "kid": "1"}
        assert read(token(key, "ES256"), public)["sub"] == "s-1"

    def test_never_believes_a_secret_even_one_the_provider_shows(self) -> None:
        secret = b"0123456789abcdef0123456789abcdef"
        shown = {
            "kty": "oct",
            "kid": "1",
            "k": base64.urlsafe_b64encode(secret).rstrip(b"=").decode(),
        }
        with pytest.raises(TokenNotBelieved, match="HS256"):
            read(token(secret, "HS256"), shown)

    @pytest.mark.parametrize(
        ("later", "believed"),
        [
            (timedelta(seconds=359), True),
            (timedelta(seconds=361), False),
            (timedelta(seconds=-59), True),
            (timedelta(seconds=-61), False),
        ],
    )
    def test_grants_two_clocks_a_minute(self, later: timedelta, believed: bool) -> None:
        if believed:
            assert read(token(), at=AT + later)
            return
        with pytest.raises(TokenNotBelieved):
            read(token(), at=AT + later)

    @pytest.mark.parametrize(
        "keys",
        [
            [],
            [{**PUBLIC, "kid": "2"}],
            [{**PUBLIC, "use": "enc"}],
            [{**PUBLIC, "alg": "RS512"}],
            [PUBLIC, PUBLIC],
            [{"kid": "1"}],
            [{"kid": "1", "kty": "RSA", "n": "!", "e": 7}],
        ],
        ids=["none", "another", "no signing key", "another way", "two", "odd", "broken"],
    )
    def test_wants_the_one_key_the_token_names(self, keys: list[dict[str, Any]]) -> None:
        with pytest.raises(TokenNotBelieved):
            read_claims(token(), keys=keys, expected=EXPECTED, at=AT)

    @pytest.mark.parametrize("text", ["", "a.b.c", "..", "{}", "é.é.é", "long"])
    def test_survives_what_is_no_token(self, text: str) -> None:
        with pytest.raises(TokenNotBelieved):
            read(text.replace("long", "x" * 70_000))

    def test_misses_no_letter_of_a_token(self) -> None:
        for text in (token()[:-3], token() + "x"):
            with pytest.raises(TokenNotBelieved):
                read(text)

    def test_knows_no_extension_that_must_be_understood(self) -> None:
        with pytest.raises(TokenNotBelieved):
            read(token(crit=["b64"], b64=False))
