"""Which passwords are taken: the rules of NIST 800-63B-4, all of them kept without a network.

Long and not guessable, that is all: no kinds of characters are demanded, nothing runs out,
nothing is cut off. The common ones are those of Django's own list (20,000, from breaches),
seen through what people do to them: digits around them, doubled, letters swapped for signs.
"""

import re
import unicodedata
from functools import cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.models import User
from governance.services.factors import has_second_factor

SHORTEST_ALONE = 15
SHORTEST_WITH_FACTOR = 8
LONGEST = 1024
FEWEST_CHARACTERS = 5
LEAST_OF_ONES_OWN = 8
"""So many letters and digits have to be left beside words that anybody could guess."""
PRODUCT_WORDS = ("readiness", "gate", "readinessgate", "golive", "upgrade", "cutover")
FAMOUS = (
    "correcthorsebatterystaple",
    "thequickbrownfoxjumpsoverthelazydog",
    "tobeornottobethatisthequestion",
    "maytheforcebewithyou",
    "ilovemyhusband",
    "ilovemywife",
    "iloveyousomuch",
    "iloveyouforever",
    "letmeinplease",
    "opensesame",
    "donttellanyone",
    "thisismypassword",
    "mysecretpassword",
    "mypasswordis",
    "hellomynameis",
    "onceuponatime",
    "happybirthdaytoyou",
    "knockknockwhosthere",
    "dasistmeinpasswort",
    "meinpasswort",
    "ichliebedich",
    "franzjagtimkomplettverwahrlostentaxi",
)
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
RUN = 4
SWAPPED = str.maketrans("013457@$!€", "oleastasie")


def normal_password(text: str) -> str:
    """Return a password in the form that is kept: the same word however a keyboard builds it."""
    return unicodedata.normalize("NFKC", text)


class PasswordRules:
    """Refuse a password that somebody could guess, with a sentence for each mistake."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Check a password that somebody wants to have.

        :raises ValidationError: too short, too long, common, or made of what others know.
        """
        known = user if user is not None and user.pk else None
        text = normal_password(password)
        mistakes = [*_wrong_length(text, known), *_guessable(text, user)]
        if mistakes:
            raise ValidationError([ValidationError(one, code="password") for one in mistakes])

    def get_help_text(self) -> str:
        """Say the rules as they stand on the page."""
        return _(
            "At least 15 characters, or 8 once you have set up a second factor. Several words "
            "with spaces are fine; digits and signs are not demanded. Not allowed: passwords "
            "that many people use, and your name, your organisation or this product."
        )


def _wrong_length(text: str, user: User | None) -> list[str]:
    shortest = SHORTEST_WITH_FACTOR if user and has_second_factor(user) else SHORTEST_ALONE
    if len(text) < shortest:
        sentence = _("Too short: it needs at least %(number)s characters.")
        return [sentence % {"number": shortest}]
    if len(text) > LONGEST:
        return [_("Too long: at most %(number)s characters are taken.") % {"number": LONGEST}]
    return []


def _guessable(text: str, user: Any) -> list[str]:
    letters = _letters(text)
    unit = _unit(letters)
    repeats = unit != letters and len(unit) < SHORTEST_WITH_FACTOR
    if repeats or len(set(text)) < FEWEST_CHARACTERS:
        return [_("Too simple: it repeats a few characters.")]
    if len(_without_runs(letters)) < FEWEST_CHARACTERS:
        return [_("Too simple: it follows the keyboard, the alphabet or the digits.")]
    if _is_common(text):
        return [_("Many people use this password, or one like it.")]
    if _is_made_of(letters, _words_about(user)):
        return [
            _("Do not build it from your name, your address, your organisation or this product.")
        ]
    return []


def _is_common(text: str) -> bool:
    """Say whether it is a common password, or one in a thin disguise."""
    letters = _letters(text)
    plain = {letters, _letters(text.lower().translate(SWAPPED)), _unit(letters)}
    plain |= {re.sub(r"^\d+|\d+$", "", one) for one in plain}
    return any(_is_listed(one) for one in plain if one)


def _is_listed(word: str) -> bool:
    """Say whether it is in the list, is two of the list in a row, or is a famous phrase."""
    common = _common()
    if word in common or any(word.strip("0123456789") == phrase for phrase in FAMOUS):
        return True
    halves = ((word[:cut], word[cut:]) for cut in range(RUN, len(word) - RUN + 1))
    return any(first in common and second in common for first, second in halves)


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


def _words_about(user: Any) -> list[str]:
    """Return what anybody may know about an account; the longest first."""
    about = list(PRODUCT_WORDS)
    if user is not None:
        organisation = getattr(user, "organisation", None)
        sources = (getattr(user, "name", ""), getattr(user, "email", ""))
        for source in (*sources, organisation.name if organisation else ""):
            parts = [_letters(part) for part in re.split(r"[^\w]+|_", source)]
            about += [*parts, "".join(parts)]
    return sorted({word for word in about if len(word) >= RUN}, key=len, reverse=True)


def _is_made_of(letters: str, words: list[str]) -> bool:
    """Say whether too little is left once the known words, and digits, are taken out."""
    rest = letters
    for word in words:
        rest = rest.replace(word, "")
    return rest != letters and len(re.sub(r"\d", "", rest)) < LEAST_OF_ONES_OWN


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def _unit(text: str) -> str:
    """Return what a text repeats: "abab" -> "ab"; the text itself where it repeats nothing."""
    at = (text + text).find(text, 1)
    return text[:at] if 0 < at < len(text) else text


def _without_runs(text: str) -> str:
    """Return a text without stretches of the keyboard, the alphabet or the digits."""
    rest = text
    for row in (*ROWS, *(row[::-1] for row in ROWS)):
        for size in range(len(row), RUN - 1, -1):
            for start in range(len(row) - size + 1):
                rest = rest.replace(row[start : start + size], "")
    return rest
