"""Steering meetings: those ahead, those that were, and one of them with its agenda.

`at` is the moment of looking, in the project's own zone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Meeting, MeetingMinutes, Project
from governance.pages.agenda import (
    Agenda,
    Line,
    PointKind,
    agenda_of,
    points_of,
    shown_agenda,
    thawed,
)
from governance.pages.meeting_rows import MeetingRow, MeetingState, meeting_row, with_rows
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat
from governance.permissions.areas.meetings import CALL_MEETING
from governance.querysets.meetings import DECIDED_WITHIN, LONGEST_MEETING

MEETINGS_ON_A_PAGE = 20
BEGUN = (MeetingState.NOW, MeetingState.UNWRITTEN, MeetingState.HELD)
DECISIONS = (PointKind.OVERDUE, PointKind.DECISION)
LATE_DAYS = 7


@dataclass(frozen=True, slots=True)
class MeetingList:
    """The meetings of a project: those ahead, the next first, and those that began."""

    answer: str
    ahead: list[MeetingRow]
    rows: list[MeetingRow]
    page: Page[Meeting]
    may_call: bool
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One meeting with its agenda: as it stands, or as it stood before."""

    row: MeetingRow
    answer: str
    agenda: Agenda
    is_frozen: bool
    late: str
    is_open: bool
    to_decide: list[Line]
    minutes_href: str
    before: list[MeetingMinutes]
    trail: list[Step]


def meeting_list(seat: Seat, *, at: datetime, number: str = "1") -> MeetingList:
    """Return the meetings of a project."""
    project = seat.project
    meetings = with_rows(Meeting.objects.filter(project=project))
    ahead = [meeting_row(each, at=at) for each in meetings.ahead_of(at)]
    begun = Paginator(meetings.begun_by(at), MEETINGS_ON_A_PAGE).get_page(number)
    return MeetingList(
        answer=_answer(project, ahead, at=at),
        ahead=ahead,
        rows=[meeting_row(each, at=at) for each in begun.object_list],
        page=begun,
        may_call=CALL_MEETING.allows(seat),
        trail=trail_of(project, _("Meetings")),
    )


def meeting_page(meeting: Meeting, *, seat: Seat, at: datetime) -> MeetingPage:
    """Return a meeting; before its minutes with the agenda that stands, later with theirs."""
    project = seat.project
    found = with_rows(Meeting.objects.filter(pk=meeting.pk, project=project)).get()
    row = meeting_row(found, at=at)
    minutes = row.minutes
    moment = min(at, found.starts_at)
    agenda = (
        shown_agenda(thawed(minutes.agenda), at=found.starts_at)
        if minutes is not None
        else agenda_of(project, as_of=moment)
    )
    may_write = CALL_MEETING.allows(seat)
    above = Step(_("Meetings"), reverse("governance:meeting-list", args=[project.public_id]))
    written = sorted(found.minutes.all(), key=lambda each: (each.written_at, each.pk))
    names = [project.public_id, found.public_id]
    return MeetingPage(
        row=row,
        answer=_said(row, agenda),
        agenda=agenda,
        is_frozen=minutes is not None,
        late=_late(found, minutes),
        is_open=row.state in BEGUN,
        to_decide=_to_decide(found, at=at) if row.state in BEGUN else [],
        minutes_href=reverse("governance:meeting-minutes", args=names) if may_write else "",
        before=written[-2::-1],
        trail=trail_of(project, above, found.title),
    )


def _to_decide(meeting: Meeting, *, at: datetime) -> list[Line]:
    """Return the decisions that are open still and may have been taken in a meeting."""
    if meeting.starts_at <= at - DECIDED_WITHIN:
        return []
    over = meeting.starts_at + LONGEST_MEETING
    points = points_of(meeting.project, as_of=at)
    asked = [each for each in points if each.kind in DECISIONS and each.since <= over]
    return shown_agenda(asked, at=at).lines


def chaired_by_sponsor(project: Project, *, at: datetime) -> int:
    """Return how many meetings a sponsor chaired within the last sixty days."""
    return MeetingMinutes.objects.filter(project=project).chaired_lately(at).count()


def _answer(project: Project, ahead: list[MeetingRow], *, at: datetime) -> str:
    chaired = chaired_by_sponsor(project, at=at)
    said = ngettext(
        "The sponsor chaired %(number)d meeting in the last sixty days.",
        "The sponsor chaired %(number)d meetings in the last sixty days.",
        chaired,
    ) % {"number": chaired}
    if not ahead:
        return f"{_('No meeting is called.')} {said}"
    number = len(points_of(project, as_of=at))
    following = ngettext(
        "The next meeting is on %(when)s; %(number)d thing waits for it.",
        "The next meeting is on %(when)s; %(number)d things wait for it.",
        number,
    )
    return f"{following % {'when': ahead[0].when, 'number': number}} {said}"


def _said(row: MeetingRow, agenda: Agenda) -> str:
    told = {"when": row.when, "chair": row.chair, "number": agenda.total, "present": row.present}
    if row.state == MeetingState.CALLED_OFF:
        return _("Called off; it was called for %(when)s.") % told
    if row.state == MeetingState.HELD:
        decided = len(row.taken)
        words = ngettext(
            "%(chair)s chaired it on %(when)s; %(decided)d decision was taken there.",
            "%(chair)s chaired it on %(when)s; %(decided)d decisions were taken there.",
            decided,
        )
        return words % {**told, "decided": decided}
    if row.state == MeetingState.UNWRITTEN:
        return _("It was called for %(when)s. Nobody has written what came of it.") % told
    words = ngettext(
        "On %(when)s; %(number)d thing waits for it.",
        "On %(when)s; %(number)d things wait for it.",
        agenda.total,
    )
    return words % told


def _late(meeting: Meeting, minutes: MeetingMinutes | None) -> str:
    """Say where minutes were written long after the meeting."""
    if minutes is None:
        return ""
    days = (minutes.written_at - meeting.starts_at).days
    if days <= LATE_DAYS:
        return ""
    words = ngettext(
        "Written %(number)d day after the meeting.",
        "Written %(number)d days after the meeting.",
        days,
    )
    return words % {"number": days}
