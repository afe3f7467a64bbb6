"""Dates, spans and numbers as people write them, in the language of the page.

Every moment is shown in the zone of its project. A date's pattern is named by what English
writes; `readiness.config.formats` holds what another language writes instead.
"""

from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_DOWN, Decimal

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.policy.sentences import number_text as english_number

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
TENTH = Decimal("0.1")


def day_text(day: date) -> str:
    """Return a day: 'Mon 4 Jan 2027'."""
    return date_format(day, "D j M Y")


def moment_text(moment: datetime, *, zone: tzinfo) -> str:
    """Return a moment of a zone's own clock: '3 Nov 2026, 02:04'."""
    return date_format(moment.astimezone(zone), "j M Y, H:i")


def date_text(moment: datetime, *, zone: tzinfo) -> str:
    """Return the date of a moment on a zone's own calendar: '3 Nov 2026'."""
    return date_format(moment.astimezone(zone), "j M Y")


def ago_text(moment: datetime, *, now: datetime) -> str:
    """Return how long ago a moment was: 'just now', '12 min ago', '7 h ago', '3 days ago'."""
    gone = now - moment
    if gone < 2 * MINUTE:
        return _("just now")
    if gone < HOUR:
        return _("%(number)s min ago") % {"number": gone // MINUTE}
    if gone < 2 * DAY:
        return _("%(number)s h ago") % {"number": gone // HOUR}
    return _days_ago(gone // DAY)


def countdown_text(days: int) -> str:
    """Return how far a day lies ahead: 'in 42 days', 'tomorrow', 'today', '3 days ago'."""
    if days < 0:
        return _("yesterday") if days == -1 else _days_ago(-days)
    if days > 1:
        ahead = ngettext("in %(number)s day", "in %(number)s days", days)
        return ahead % {"number": number_text(days)}
    return _("tomorrow") if days else _("today")


def _days_ago(days: int) -> str:
    gone = ngettext("%(number)s day ago", "%(number)s days ago", days)
    return gone % {"number": number_text(days)}


def t_minus_text(days: int) -> str:
    """Return days before go-live as planners write them: 'T-42', 'T+3'."""
    return f"T{'+' if days < 0 else '-'}{abs(days)}"


def number_text(number: Decimal | int) -> str:
    """Return a number, grouped and with at most two decimals: '1,234', '4.5'."""
    return with_separators(english_number(number))


def percent_text(done: int, due: int) -> str:
    """Return a share in percent, never rounded up: 349 of 350 is '99.7 %', not 100 %."""
    percent = (Decimal(100) * done / due).quantize(TENTH, ROUND_DOWN)
    return f"{with_separators(str(percent).removesuffix('.0'))} %"


def with_separators(number: str) -> str:
    """Return a number written in English as the page's language writes it: '1.234,5'."""
    thousand, point = get_format("THOUSAND_SEPARATOR"), get_format("DECIMAL_SEPARATOR")
    return number.translate({ord(","): thousand, ord("."): point})
