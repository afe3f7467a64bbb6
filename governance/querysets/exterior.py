"""What the project needs from outside, and which days of the calendar meet the cutover."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from governance.querysets.batches import Batch
from governance.querysets.facts import still_seen
from governance.querysets.raid import CALENDAR_DAYS, FRESH_DAYS, cutover_of
from governance.querysets.statements import day_of, fetch_rows, fill


class NeedTally(NamedTuple):
    """What one project keeps in its register: dependencies listed, confirmed and confirmed
    lately, and the risks and issues that are open."""

    project_id: int
    listed: int
    confirmed: int
    fresh: int
    risks: int
    issues: int


class CalendarDays(NamedTuple):
    """Days that stood in a project's calendar at a moment."""

    project_id: int
    kind: str
    title: str
    from_date: date
    to_date: date


class Meetings(NamedTuple):
    """The days around a go-live: how many are known, and which of them meet the cutover."""

    known: int
    conflicts: tuple[CalendarDays, ...]


_BY_THEN = "recorded_at <= %(as_of)s AND project_id IN ({projects})"
# A dependency that is closed has come; an open one counts once its provider promised it in time.
_NEEDS = """
    SELECT project_id,
           COUNT(CASE WHEN kind = 'DEPENDENCY' THEN 1 END),
           COUNT(CASE WHEN kind = 'DEPENDENCY' AND (is_closed = 1 OR promised <= due_date)
                      THEN 1 END),
           COUNT(CASE WHEN kind = 'DEPENDENCY' AND (is_closed = 1 OR said_at > %(since)s)
                      THEN 1 END),
           COUNT(CASE WHEN kind = 'RISK' AND is_closed = 0 THEN 1 END),
           COUNT(CASE WHEN kind = 'ISSUE' AND is_closed = 0 THEN 1 END)
      FROM (SELECT i.project_id, i.kind, i.due_date, w.promised_date AS promised,
                   w.confirmed_at AS said_at,
                   CASE WHEN COALESCE(c.state, CASE WHEN a.item_id IS NULL THEN i.state
                                                    ELSE 'OPEN' END) = 'CLOSED'
                        THEN 1 ELSE 0 END AS is_closed
              FROM governance_raiditem i
              LEFT JOIN (SELECT item_id, state,
                                ROW_NUMBER() OVER (PARTITION BY item_id
                                                   ORDER BY changed_at DESC, id DESC) AS place
                           FROM governance_raidchange
                          WHERE changed_at <= %(as_of)s AND {by_then}) c
                     ON c.item_id = i.id AND c.place = 1
              LEFT JOIN (SELECT DISTINCT item_id FROM governance_raidchange
                          WHERE project_id IN ({projects})) a ON a.item_id = i.id
              LEFT JOIN (SELECT item_id, promised_date, confirmed_at,
                                ROW_NUMBER() OVER (PARTITION BY item_id
                                                   ORDER BY confirmed_at DESC, id DESC) AS place
                           FROM governance_providerconfirmation
                          WHERE confirmed_at <= %(as_of)s AND {by_then}) w
                     ON w.item_id = i.id AND w.place = 1
             WHERE i.raised_at <= %(as_of)s AND i.recorded_at <= %(as_of)s
               AND i.project_id IN ({projects}) AND {seen}) standing
     GROUP BY project_id
"""
_DAYS = """
    SELECT e.project_id, e.kind, e.title, e.from_date, e.to_date
      FROM governance_calendarentry e
      LEFT JOIN governance_calendarentryend x
             ON x.entry_id = e.id AND x.ended_at <= %(as_of)s AND x.recorded_at <= %(as_of)s
     WHERE e.project_id IN ({projects}) AND e.written_at <= %(as_of)s
       AND e.recorded_at <= %(as_of)s AND x.id IS NULL AND {seen}
       AND e.to_date >= %(first)s AND e.from_date <= %(last)s
     ORDER BY e.from_date, e.id
"""


def need_tallies(*, project_ids: Collection[int], as_of: datetime) -> Iterator[NeedTally]:
    """Yield the registers as they were known at a moment; seven days old is still fresh."""
    text = fill(_NEEDS, by_then=_BY_THEN, seen=still_seen("i", dated=True))
    moments = {"as_of": as_of, "since": as_of - timedelta(days=FRESH_DAYS)}
    return map(NeedTally._make, fetch_rows(fill(text, projects=project_ids), moments))


def calendar_meetings(batch: Batch) -> dict[int, Meetings]:
    """Return project id -> what its calendar knows around its go-live; none without a date."""
    dates = {key: day.go_live for key, day in batch.days.items() if day.go_live is not None}
    if not dates:
        return {}
    reach = timedelta(days=CALENDAR_DAYS)
    moments = {
        "as_of": batch.as_of,
        "first": min(dates.values()) - reach,
        "last": max(dates.values()) + reach,
    }
    text = fill(_DAYS, seen=still_seen("e", dated=True), projects=dates)
    known: defaultdict[int, list[CalendarDays]] = defaultdict(list)
    for key, kind, title, first, last in fetch_rows(text, moments):
        opens, closes = day_of(first), day_of(last)
        if opens and closes and opens <= dates[key] + reach and closes >= dates[key] - reach:
            known[key].append(CalendarDays(key, kind, title, opens, closes))
    return {key: _meetings(known[key], go_live=day) for key, day in dates.items()}


def _meetings(days: list[CalendarDays], *, go_live: date) -> Meetings:
    first, last = cutover_of(go_live)
    met = tuple(each for each in days if each.from_date <= last and each.to_date >= first)
    return Meetings(len(days), met)
