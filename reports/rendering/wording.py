"""Dates and moments of the paper, which is read long after its day: always with the year."""

from datetime import UTC, date, datetime
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from readiness.charts.trend import VERDICT_WORDS

RIGHT_TO_LEFT = ("R", "AL")
LEFT_TO_RIGHT_MARK = "\u200e"


def kept_apart(text: str) -> str:
    """Return what people wrote so that a date behind it keeps its own direction."""
    turns = any(bidirectional(letter) in RIGHT_TO_LEFT for letter in text)
    return f"{text}{LEFT_TO_RIGHT_MARK}" if turns else text


def day_words(day: date) -> str:
    """Return a day: '3 May 2026'."""
    return date_format(day, "j F Y")


def short_day_words(day: date) -> str:
    """Return a day where room is short: '3 May 2026' with a short month."""
    return date_format(day, "j M Y")


def utc_words(moment: datetime) -> str:
    """Return a moment in UTC to the second: '2026-05-28 07:12:44 UTC'."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def local_words(moment: datetime, *, zone: ZoneInfo) -> str:
    """Return a moment on a zone's own clock, with the clock's name: '28 May 2026, 09:12 CEST'."""
    local = moment.astimezone(zone)
    return f"{date_format(local, 'j M Y, H:i')} {local:%Z}"


def verdict_word(verdict: str) -> str:
    """Return a verdict as it is called out: 'NO-GO'."""
    return str(VERDICT_WORDS[verdict])
