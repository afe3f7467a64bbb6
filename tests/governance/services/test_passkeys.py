"""The public key of a passkey as the record keeps it."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448
from fido2.cose import ES256, ES384, CoseKey, Ed448

from governance.services.passkeys import public_key
from tests.passkeys import Device


class TestPublicKey:
    def test_is_as_wide_as_the_format_says(self) -> None:
        held = Device().public
        short: CoseKey = ES256({**held, -2: held[-2].lstrip(b"\0")})
        assert len(public_key(short)["x"]) == len(public_key(short)["y"]) == 64

    @pytest.mark.parametrize("other", ["p384", "ed448"])
    def test_of_another_algorithm_signs_nothing(self, other: str) -> None:
        makers: dict[str, tuple[Any, Any]] = {
            "p384": (ES384, ec.generate_private_key(ec.SECP384R1()).public_key()),
            "ed448": (Ed448, ed448.Ed448PrivateKey.generate().public_key()),
        }
        maker, key = makers[other]
        with pytest.raises(ValueError, match="signs nothing here"):
            public_key(maker.from_cryptography_key(key))
