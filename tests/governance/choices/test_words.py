"""Words of the lists, as they are stored and as they stand in a sentence."""

import pytest
from django.utils.translation import override

from governance.choices import Role, english, inside


class TestEnglish:
    def test_is_what_is_stored_whatever_is_spoken(self) -> None:
        with override("de"):
            assert english(Role.STEERING) == "Steering member"
            assert str(Role.STEERING.label) == "Mitglied des Lenkungsausschusses"


class TestInside:
    @pytest.mark.parametrize(
        ("language", "label", "inside_a_sentence"),
        [
            ("en", "At risk", "at risk"),
            ("en", "No-go", "no-go"),
            ("de", "Nicht gemeldet", "nicht gemeldet"),
            ("de", "Amtlicher Text", "amtlicher Text"),
            ("de", "No-Go", "No-Go"),
            ("de", "", ""),
        ],
    )
    def test_is_written_small_where_the_language_does(
        self, language: str, label: str, inside_a_sentence: str
    ) -> None:
        with override(language):
            assert inside(label) == inside_a_sentence
