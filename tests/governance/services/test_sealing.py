"""Secrets lie sealed; an earlier key still opens them, a foreign one does not."""

import pytest
from cryptography.fernet import InvalidToken
from pytest_django import Settings

from governance.services.sealing import seal, unseal

SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - a test's own
FIRST, SECOND = "one key, and a long one" * 3, "another key, and a long one" * 3


class TestSeal:
    def test_gives_nothing_away(self) -> None:
        kept = seal(SECRET)
        assert SECRET not in kept
        assert kept != seal(SECRET), "the same secret lies there in another form each time"
        assert unseal(kept) == SECRET


class TestUnseal:
    def test_returns_what_lies_there_from_before(self) -> None:
        assert unseal(SECRET) == SECRET

    def test_opens_what_an_earlier_key_sealed(self, settings: Settings) -> None:
        settings.SECRET_KEY = FIRST
        kept = seal(SECRET)
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = SECOND, [FIRST]
        assert unseal(kept) == SECRET
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(InvalidToken):
            unseal(kept)

    def test_opens_nothing_that_was_changed(self) -> None:
        kept = seal(SECRET)
        with pytest.raises(InvalidToken):
            unseal(kept[:-4] + "AAAA")
