"""The business calendar of a project, and what of it meets the cutover around go-live."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import CalendarKind
from governance.models import CalendarEntry, Project
from governance.pages.looks import Look
from governance.pages.trail import Step, trail_of
from governance.querysets.raid import CALENDAR_DAYS, cutover_of

_SHAPES = {
    CalendarKind.HOLIDAY: "calendar",
    CalendarKind.CLOSE: "lock",
    CalendarKind.PEAK: "flag",
    CalendarKind.FREEZE: "hand-stop",
}


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """Some days, and whether they meet the cutover."""

    entry: CalendarEntry
    look: Look
    days: str
    meets: bool
    end_href: str


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The days to come and those that are over, with the line that answers first."""

    ahead: list[CalendarRow]
    past: list[CalendarRow]
    conflicts: int
    window: str
    answer: str
    trail: list[Step]


def calendar_page(project: Project, *, today: date) -> CalendarPage:
    """Return the calendar of a project, by day."""
    standing = CalendarEntry.objects.filter(project=project).standing().in_order()
    entries = list(standing.select_related("written_by", "project"))
    cutover = cutover_of(project.go_live_date) if project.go_live_date else None
    rows = [_row(entry, cutover) for entry in entries]
    conflicts = sum(row.meets for row in rows)
    return CalendarPage(
        ahead=[row for row in rows if row.entry.to_date >= today],
        past=[row for row in rows if row.entry.to_date < today][::-1],
        conflicts=conflicts,
        window=span(*cutover) if cutover else "",
        answer=_answer(project, entries=entries, conflicts=conflicts),
        trail=trail_of(project, _("Calendar")),
    )


def _row(entry: CalendarEntry, cutover: tuple[date, date] | None) -> CalendarRow:
    names = [entry.project.public_id, entry.public_id]
    return CalendarRow(
        entry=entry,
        look=Look(CalendarKind(entry.kind).label, _SHAPES[CalendarKind(entry.kind)], "quiet"),
        days=span(entry.from_date, entry.to_date),
        meets=bool(cutover and entry.from_date <= cutover[1] and entry.to_date >= cutover[0]),
        end_href=reverse("governance:calendar-end", args=names),
    )


def span(first: date, last: date) -> str:
    """Return a day, or the days from one to another, in words."""
    if first == last:
        return date_format(first, "D j M Y")
    terms = {"first": date_format(first, "D j M Y"), "last": date_format(last, "D j M Y")}
    return _("%(first)s to %(last)s") % terms


def _answer(project: Project, *, entries: list[CalendarEntry], conflicts: int) -> str:
    """Return whether go-live meets a close, a peak or a holiday."""
    if project.go_live_date is None:
        return _("No go-live date has been set, so nothing can meet it.")
    day = date_format(project.go_live_date, "j F Y")
    if conflicts:
        meets = ngettext(
            "Go-live on %(day)s meets %(n)d entry of the calendar.",
            "Go-live on %(day)s meets %(n)d entries of the calendar.",
            conflicts,
        )
        return meets % {"day": day, "n": conflicts}
    reach = timedelta(days=CALENDAR_DAYS)
    first, last = project.go_live_date - reach, project.go_live_date + reach
    if not any(entry.from_date <= last and entry.to_date >= first for entry in entries):
        return _("The calendar knows no days around go-live on %(day)s yet.") % {"day": day}
    return _("Go-live on %(day)s is clear: no close, no peak, no holiday.") % {"day": day}
