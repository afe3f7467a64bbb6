"""The security log: what happened to the accounts of an organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.exports import csv_text
from governance.forms.security import WantedEvents
from governance.models import SecurityEvent, User
from governance.pages.amounts import amount_text
from governance.pages.looks import Look
from governance.pages.security_words import details_of, kind_word, look_of, sentence_of
from governance.querysets import SecurityEventQuerySet

ROWS_ON_A_PAGE = 50
ROWS_IN_A_FILE = 10_000
COLUMNS = ("when", "kind", "event", "who", "whom", "project", "address", "details")


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the log, in words."""

    event: SecurityEvent
    kind: str
    sentence: str
    details: list[tuple[str, str]]
    look: Look | None


@dataclass(frozen=True, slots=True)
class SecurityLog:
    """One page of the log, newest first."""

    rows: list[EventRow]
    page: "Page[SecurityEvent]"
    found: str
    answer: str


def zone_of(user: User) -> ZoneInfo:
    """Return the reader's time zone; one that nobody knows counts as UTC."""
    try:
        return ZoneInfo(user.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def events_for(user: User) -> SecurityEventQuerySet:
    """Return the events that an administrator may know, with everything a line names."""
    return SecurityEvent.objects.visible_to(user).select_related("actor", "account", "project")


def accounts_in_log(user: User) -> list[User]:
    """Return the accounts that the administrator's log speaks of, by name."""
    told = SecurityEvent.objects.visible_to(user).values("account")
    return list(User.objects.filter(pk__in=told).order_by("name", "pk"))


def security_log(user: User, *, wanted: WantedEvents, number: str, now: datetime) -> SecurityLog:
    """Return one page of the events that fit what the administrator looks for."""
    fitting = _matching(events_for(user), wanted)
    page = Paginator(fitting.newest_first(), ROWS_ON_A_PAGE).get_page(number)
    count = page.paginator.count
    return SecurityLog(
        rows=[row_of(event) for event in page],
        page=page,
        found=ngettext("%(number)s found", "%(number)s found", count)
        % {"number": amount_text(count)},
        answer=_answer(user, now),
    )


def row_of(event: SecurityEvent) -> EventRow:
    """Return an event in the reader's words."""
    return EventRow(
        event, kind_word(event.kind), sentence_of(event), details_of(event), look_of(event)
    )


def security_csv(user: User, *, wanted: WantedEvents) -> str:
    """Return what fits as a file, newest first; formulas in cells are disarmed."""
    fitting = _matching(events_for(user), wanted).newest_first()[:ROWS_IN_A_FILE]
    return csv_text(COLUMNS, _lines(fitting))


def _lines(events: SecurityEventQuerySet) -> Iterator[dict[str, Any]]:
    for event in events:
        yield {
            "when": event.happened_at,
            "kind": event.kind,
            "event": sentence_of(event),
            "who": str(event.actor or ""),
            "whom": str(event.account or ""),
            "project": str(event.project or ""),
            "address": event.address,
            "details": "; ".join(f"{label}: {value}" for label, value in details_of(event)),
        }


def _matching(events: SecurityEventQuerySet, wanted: WantedEvents) -> SecurityEventQuerySet:
    if wanted.kind:
        events = events.of_kind(wanted.kind)
    if wanted.account:
        events = events.about(wanted.account)
    if wanted.since:
        events = events.since(wanted.since)
    if wanted.before:
        events = events.before(wanted.before)
    return events


def _answer(user: User, now: datetime) -> str:
    """Return in one line what an administrator wants to know first."""
    urgent = SecurityEvent.objects.visible_to(user).urgent_lately(now).count()
    if urgent:
        return ngettext(
            "%(n)d urgent event in the last seven days.",
            "%(n)d urgent events in the last seven days.",
            urgent,
        ) % {"n": urgent}
    return _("Nothing urgent in the last seven days.")
