"""Which passwords are taken, and which of them somebody could guess."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from governance.models import User
from governance.services.passwords import LONGEST, PasswordRules, normal_password
from tests.factories import PASSWORD, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_user(
        organisation=make_organisation(name="Northwind Mills"),
        name="Anna Kowalczyk",
        email="a.kowalczyk@northwind.example",
    )


def refusal(password: str, user: User | None = None) -> str:
    """Return why a password is refused; nothing where it is taken."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


class TestPasswordRules:
    @pytest.mark.parametrize(
        "password",
        [
            PASSWORD,
            "a quiet pump never fails",
            "vier braune Ochsen am Kanal",
            "xkjq wvbn tuzh plmo",
            "correct pump battery upgrade owl",
            "ümläüte sind gern gesehen",
            "пять рыжих коней у реки",  # noqa: RUF001
            "🐢🐇🦔 langsam durch den garten",
            "x" * 3 + " tall yellow giraffes " * 40,
        ],
    )
    def test_takes_what_is_long_and_ones_own(self, password: str, user: User) -> None:
        assert refusal(password, user) == ""

    def test_demands_fifteen_characters_without_a_second_factor(self, user: User) -> None:
        assert "at least 15" in refusal("gray owl trots", user)
        assert refusal("gray owl trotss", user) == ""

    def test_demands_eight_with_one(self, user: User) -> None:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
        assert refusal("owl xz37", user) == ""
        assert "at least 8" in refusal("owl xz3", user)

    def test_counts_recovery_codes_for_no_second_factor(self, user: User) -> None:
        Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
        assert "at least 15" in refusal("owl xz37", user)

    def test_takes_up_to_its_limit_and_cuts_nothing_off(self, user: User) -> None:
        words = " ".join(f"w{number}ord" for number in range(300))
        longest = words[:LONGEST]
        assert refusal(longest, user) == ""
        assert f"at most {LONGEST}" in refusal(longest + "x", user)
        user.set_password(longest)
        assert user.check_password(longest)
        assert not user.check_password(longest[:-1])
        assert not user.check_password(longest[:72])

    @pytest.mark.parametrize(
        "password",
        [
            "passwordpassword",
            "PasswordPassword1",
            "p4ssw0rdp4ssw0rd",
            "12password12345678",
            "Password-Password-1",
            "sunshineprincess",
            "basketballfootball",
            "correcthorsebatterystaple",
            "Correct Horse Battery Staple 1",
            "may the force be with you",
            "Das ist mein Passwort",
        ],
    )
    def test_refuses_common_ones_and_their_disguises(self, password: str, user: User) -> None:
        assert "Many people use" in refusal(password, user)

    @pytest.mark.parametrize(
        "password",
        [
            "aaaaaaaaaaaaaaaaaaaa",
            "abababababababababab",
            "xyzzyxyzzyxyzzyxyzzy",
            "1111 1111 1111 1111",
        ],
    )
    def test_refuses_repetition(self, password: str, user: User) -> None:
        assert "repeats a few characters" in refusal(password, user)

    @pytest.mark.parametrize(
        "password",
        [
            "qwertyuiopasdfghjkl",
            "qwertzuiopasdfghjkl",
            "1234567890123456",
            "abcdefghijklmnopqrst",
            "zyxwvutsrqponmlkjihg",
            "1qaz2wsx3edc4rfv5tgb",
            "asdfghjkl1234567890!",
        ],
    )
    def test_refuses_the_keyboard_and_the_alphabet(self, password: str, user: User) -> None:
        assert "follows the keyboard" in refusal(password, user)

    @pytest.mark.parametrize(
        "password",
        [
            "annakowalczyk2026!",
            "northwindmills2026",
            "Northwind-Mills-2026-06",
            "readiness-gate-2026",
            "A.Kowalczyk.Northwind",
            "kowalczyk kowalczyk",
            "golive-upgrade-2026",
        ],
    )
    def test_refuses_what_others_know_of_somebody(self, password: str, user: User) -> None:
        assert refusal(password, user) != ""

    def test_takes_a_known_word_in_a_sentence_of_ones_own(self, user: User) -> None:
        assert refusal("anna paints seventeen lighthouses", user) == ""

    def test_says_one_sentence_for_each_mistake(self, user: User) -> None:
        with pytest.raises(ValidationError) as refused:
            PasswordRules().validate("anna", user)
        assert len(refused.value.messages) == 2
        assert all(message.endswith(".") for message in refused.value.messages)

    def test_judges_somebody_who_has_no_account_yet(self) -> None:
        assert refusal(PASSWORD) == ""
        assert "at least 15" in refusal("gray owl trots")

    def test_says_the_rules_in_advance(self) -> None:
        text = PasswordRules().get_help_text()
        assert "15 characters" in text
        assert "8 once" in text


class TestNormalPassword:
    def test_makes_one_word_of_two_keyboards(self, user: User) -> None:
        composed, apart = "caf\u00e9 am kalten fluss", "cafe\u0301 am kalten fluss"
        assert normal_password(composed) == normal_password(apart)
        user.set_password(apart)
        assert user.check_password(composed)
        assert user.check_password(apart)
        assert not user.check_password("cafe am kalten fluss")

    def test_opens_what_was_kept_as_typed(self, user: User) -> None:
        apart = "cafe\u0301 am kalten fluss"
        user.password = make_password(apart)
        assert user.check_password(apart)

    def test_leaves_an_account_without_password_alone(self, user: User) -> None:
        user.set_password(None)
        assert not user.has_usable_password()
        assert not user.check_password("")
        assert not user.check_password(None)
