"""Dates and spans as people write them; every moment in the zone of its project."""

from datetime import date, datetime, timedelta, tzinfo

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def day_text(day: date) -> str:
    """Return a day: 'Mon 4 Jan 2027'."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def moment_text(moment: datetime, *, zone: tzinfo) -> str:
    """Return a moment of a zone's own clock: '3 Nov 2026, 02:04'."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %Y, %H:%M}"


def date_text(moment: datetime, *, zone: tzinfo) -> str:
    """Return the date of a moment on a zone's own calendar: '3 Nov 2026'."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %Y}"


def ago_text(moment: datetime, *, now: datetime) -> str:
    """Return how long ago a moment was: 'just now', '12 min ago', '7 h ago', '3 days ago'."""
    gone = now - moment
    if gone < timedelta(minutes=2):
        return "just now"
    if gone < HOUR:
        return f"{gone // timedelta(minutes=1)} min ago"
    if gone < 2 * DAY:
        return f"{gone // HOUR} h ago"
    return f"{gone // DAY} days ago"


def countdown_text(days: int) -> str:
    """Return how far a day lies ahead: 'in 42 days', 'tomorrow', 'today', '3 days ago'."""
    if days < 0:
        return "yesterday" if days == -1 else f"{-days:,} days ago"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days:,} days")


def t_minus_text(days: int) -> str:
    """Return days before go-live as planners write them: 'T-42', 'T+3'."""
    return f"T{'+' if days < 0 else '-'}{abs(days)}"


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: '1 risk', '2 risks'."""
    return f"{number:,} {one if number == 1 else many}"
