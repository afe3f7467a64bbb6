"""Dates and moments as people and exports write them."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

YEAR_FIRST = 1900
YEAR_LAST = 2200
CENTURY_TURNS = 70
DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,3})([/.\-])(\d{1,3})\2(\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})[ \-.]*([A-Za-z]{3,9})[ \-.,]*(\d{4}|\d{2})")
_WORDS_US = re.compile(r"([A-Za-z]{3,9})[ .]*(\d{1,2}),? +(\d{4})")
_TIME = re.compile(
    r"[T ,]*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?\s*(Z|[+-]\d\d:?\d\d)?"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}


class DateRefused(Exception):
    """Say why a text is no date: the reason, and the remedy."""

    def __init__(self, reason: str, remedy: str = "Write it as 2026-03-31.") -> None:
        """Keep both parts."""
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


@lru_cache(maxsize=50_000)
def read_date(text: str, order: str = "") -> tuple[date, str]:
    """Return the date that a text starts with, and what follows it.

    `order` says how 03/04/2026 is to be read; without it such a date is refused.

    :raises DateRefused: no date, one that does not exist, or one that can be read two ways.
    """
    if found := _ISO.match(text):
        return _exists(found[1], found[2], found[3]), text[found.end() :]
    if found := _NUMBERS.match(text):
        first, sign, second, year = found.groups()
        day, month = _sorted_parts(first, second, sign=sign, order=order)
        return _exists(year, month, day), text[found.end() :]
    if found := _WORDS.match(text):
        return _exists(found[3], _month(found[2]), found[1]), text[found.end() :]
    if found := _WORDS_US.match(text):
        return _exists(found[3], _month(found[1]), found[2]), text[found.end() :]
    raise DateRefused("is not a date")


def read_day(text: str, order: str = "") -> date:
    """Return the date that a text names; a time after it is let be.

    :raises DateRefused: as for `read_date`, or something else follows the date.
    """
    day, rest = read_date(text, order)
    if rest.strip() and not _TIME.fullmatch(rest.rstrip()):
        raise DateRefused("is not a date")
    return day


def _sorted_parts(first: str, second: str, *, sign: str, order: str) -> tuple[str, str]:
    """Return (day, month); dots always put the day first."""
    if sign == "." or order == DAY_FIRST or int(first) > 12:  # noqa: PLR2004 - months of a year
        return first, second
    if order == MONTH_FIRST or int(second) > 12:  # noqa: PLR2004
        return second, first
    if int(first) == int(second):
        return first, second
    raise DateRefused(
        "can be read as day/month or month/day",
        "Say which with the option dates (dmy or mdy), or write it as 2026-03-31.",
    )


def _month(word: str) -> str:
    number = _MONTHS.get(word[:3].lower())
    if number is None:
        raise DateRefused("is not a date")
    return str(number)


def _exists(year: str, month: str, day: str) -> date:
    full = int(year) if len(year) == 4 else _century(int(year))  # noqa: PLR2004
    if not YEAR_FIRST <= full <= YEAR_LAST:
        raise DateRefused(f"lies outside the years {YEAR_FIRST} to {YEAR_LAST}")
    try:
        return date(full, int(month), int(day))
    except ValueError as error:
        raise DateRefused(
            "is a date that does not exist", "Correct it; write it as 2026-03-31."
        ) from error


def _century(short: int) -> int:
    return short + (1900 if short >= CENTURY_TURNS else 2000)


@lru_cache(maxsize=50_000)
def read_moment(text: str, zone: ZoneInfo, order: str = "") -> datetime:
    """Return the moment that a text names, in UTC; a day alone is its first moment.

    :raises DateRefused: as for `read_date`, or a time that is none.
    """
    day, rest = read_date(text, order)
    if not rest.strip():
        return start_of(day, zone=zone)
    found = _TIME.fullmatch(rest.rstrip())
    if found is None:
        raise DateRefused("is not a date and time", "Write it as 2026-03-31 14:30.")
    try:
        at = datetime.combine(day, _clock(found), tzinfo=_offset(found[5], zone=zone))
    except ValueError as error:
        raise DateRefused("is a time that does not exist") from error
    return at.astimezone(UTC)


def _clock(found: re.Match[str]) -> time:
    hour = int(found[1])
    if found[4]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - a clock with am and pm
            raise DateRefused("is a time that does not exist")
        hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    return time(hour, int(found[2]), int(found[3] or 0))


def _offset(word: str | None, *, zone: ZoneInfo) -> tzinfo:
    """Return the offset that follows a time, or the project's own zone where none does."""
    if word is None:
        return zone
    if word == "Z":
        return UTC
    minutes = int(word[1:3]) * 60 + int(word[-2:])
    return timezone(timedelta(minutes=-minutes if word[0] == "-" else minutes))


def start_of(day: date, *, zone: ZoneInfo) -> datetime:
    """Return the first moment of a day in a zone, in UTC."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
