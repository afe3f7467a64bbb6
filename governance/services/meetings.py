"""Call a steering meeting, write what came of it, and say what was decided there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import NoticeKind, Presence
from governance.models import Attendance, Meeting, MeetingMinutes, Participation, Project, User
from governance.outbox import News, settle, tell
from governance.permissions import STATUS_ROLES, seat_of
from governance.permissions.areas.meetings import CALL_MEETING
from governance.querysets.meetings import LONGEST_MEETING
from governance.record.witnessing import witness, witness_all
from governance.services.caveats import CaveatSource, write_caveat
from governance.services.marks import mark_projects

FARTHEST_BACK = timedelta(days=90)
FARTHEST_AHEAD = timedelta(days=400)
NOUN = "meeting"


class MeetingRefused(Exception):
    """Say why a meeting was not called or not minuted; `field` names what is wrong."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a meeting is called for, when and where."""

    title: str
    starts_at: datetime
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What came of a meeting: who chaired, who came, what was said.

    `attendance` is account -> presence; `agenda` is what stood before the meeting, as the
    page of the meeting told it; `is_caveat` puts the notes on page one.
    """

    was_held: bool
    chair: User | None = None
    notes: str = ""
    attendance: Mapping[User, str] = field(default_factory=dict)
    agenda: Collection[Mapping[str, Any]] = ()
    is_caveat: bool = False


@transaction.atomic
def call_meeting(*, project: Project, call: Call, called_by: User, called_at: datetime) -> Meeting:
    """Write that a meeting takes place, and tell the steering and the project manager.

    One that has been is written down within ninety days.

    :raises MeetingRefused: not the caller's to call, too far away, or one is called for that
        moment already.
    """
    _check_right(project, called_by)
    Project.objects.select_for_update().get(pk=project.pk)
    _check_moment(project, call.starts_at, called_at=called_at)
    row = Meeting.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        title=call.title.strip(),
        place=call.place.strip(),
        starts_at=call.starts_at,
        called_by=called_by,
        called_at=called_at,
    )
    if row.starts_at > called_at:
        _tell(row)
    mark_projects(project_ids=[project.pk])
    witness(row, actor=called_by)
    return row


@transaction.atomic
def write_minutes(
    *, meeting: Meeting, minutes: Minutes, written_by: User, written_at: datetime
) -> MeetingMinutes:
    """Write what came of a meeting; earlier minutes stay on record and no longer count.

    :raises MeetingRefused: not the writer's to write, the meeting has not been, the chair or
        somebody who is named could not be there, or decisions were taken in one called off.
    """
    project = meeting.project
    _check_right(project, written_by)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if minutes.was_held:
        _check_held(meeting, minutes, written_at=written_at)
    else:
        _check_called_off(meeting, minutes)
    row = MeetingMinutes.objects.create(
        organisation_id=meeting.organisation_id,
        project=project,
        meeting=meeting,
        was_held=minutes.was_held,
        chair=minutes.chair if minutes.was_held else None,
        notes=minutes.notes.strip(),
        agenda=[dict(each) for each in minutes.agenda],
        written_by=written_by,
        written_at=written_at,
    )
    came = _attendances(row, minutes)
    if minutes.is_caveat:
        _lift(row, meeting)
    settle(project=project, noun=NOUN, subject_id=meeting.public_id, settled_at=written_at)
    mark_projects(project_ids=[project.pk])
    witness(row, actor=written_by)
    witness_all(came, actor=written_by)
    return row


def moment_there(meeting: Meeting, *, at: datetime) -> datetime:
    """Return when something was decided in a meeting: now while it goes on, else as it began."""
    goes_on = meeting.starts_at <= at <= meeting.starts_at + LONGEST_MEETING
    return at if goes_on else meeting.starts_at


def refuse_outside(
    meeting: Meeting,
    *,
    project_id: int,
    decided_by: User,
    decided_at: datetime,
    refusal: type[Exception],
) -> None:
    """Refuse, with the caller's own exception, what was not decided in a meeting.

    That is: before it begins, after it, in one called off, or by somebody who was not there.
    """
    if meeting.project_id != project_id:
        raise refusal(_("Choose a meeting of this project."))
    if decided_at < meeting.starts_at:
        raise refusal(_("That meeting has not begun. Decide there, or decide without it."))
    if decided_at > meeting.starts_at + LONGEST_MEETING:
        raise refusal(_("That is after the meeting. It was not decided there."))
    newest = MeetingMinutes.objects.filter(meeting=meeting).that_count().first()
    if newest is None:
        return
    if not newest.was_held:
        raise refusal(_("That meeting was called off. Nothing was decided there."))
    present = newest.attendances.filter(account=decided_by, presence=Presence.PRESENT)
    if not present.exists():
        told = {"name": decided_by.name}
        raise refusal(_("The minutes say that %(name)s was not in that meeting.") % told)


def _check_right(project: Project, user: User) -> None:
    if not CALL_MEETING.allows(seat_of(user, project=project)):
        raise MeetingRefused(str(CALL_MEETING.refusal))


def _check_moment(project: Project, starts_at: datetime, *, called_at: datetime) -> None:
    if starts_at < called_at - FARTHEST_BACK:
        message = _("A meeting is written down within ninety days.")
        raise MeetingRefused(message, field="starts_at")
    if starts_at > called_at + FARTHEST_AHEAD:
        raise MeetingRefused(_("That is more than a year ahead."), field="starts_at")
    if Meeting.objects.filter(project=project).standing_at(starts_at).exists():
        message = _("A meeting is called for that moment already.")
        raise MeetingRefused(message, field="starts_at")


def _check_held(meeting: Meeting, minutes: Minutes, *, written_at: datetime) -> None:
    if meeting.starts_at > written_at:
        message = _("This meeting has not been yet. Its minutes are written afterwards.")
        raise MeetingRefused(message, field="was_held")
    chair = minutes.chair
    if chair is None:
        raise MeetingRefused(_("Say who chaired it."), field="chair")
    if chair.is_partner or chair.organisation_id != meeting.organisation_id:
        message = _("A partner advises; only somebody of the client chairs the steering.")
        raise MeetingRefused(message, field="chair")
    if minutes.attendance.get(chair) != Presence.PRESENT:
        told = {"name": chair.name}
        message = _("%(name)s chaired it and so was present.") % told
        raise MeetingRefused(message, field="chair")
    _check_known(meeting, minutes.attendance)
    _check_deciders(meeting, minutes.attendance)


def _check_known(meeting: Meeting, attendance: Collection[User]) -> None:
    """Let only those be named who ever took part in the project."""
    named = {account.pk: account for account in attendance}
    held = Participation.objects.filter(project_id=meeting.project_id, user__in=named)
    known = set(held.values_list("user_id", flat=True))
    for key in named.keys() - known:
        told = {"name": named[key].name}
        raise MeetingRefused(_("%(name)s takes no part in this project.") % told)


def _check_deciders(meeting: Meeting, attendance: Mapping[User, str]) -> None:
    """Let whoever decided something in the meeting have been there."""
    outcomes = meeting.outcomes.filter(decided_by__isnull=False).select_related("decided_by")
    for outcome in outcomes:
        decider = outcome.decided_by
        if decider is not None and attendance.get(decider) != Presence.PRESENT:
            told = {"name": decider.name, "decision": outcome.decision.code}
            message = _("%(name)s decided %(decision)s in this meeting and so was present.")
            raise MeetingRefused(message % told)


def _check_called_off(meeting: Meeting, minutes: Minutes) -> None:
    if not minutes.notes.strip():
        raise MeetingRefused(_("Say why it was called off."), field="notes")
    if meeting.outcomes.exists():
        message = _("Decisions were taken in this meeting. It was not called off.")
        raise MeetingRefused(message, field="was_held")


def _lift(row: MeetingMinutes, meeting: Meeting) -> None:
    """Put the notes on page one."""
    write_caveat(
        project=row.project,
        text=row.notes,
        writer=row.written_by,
        written_at=row.written_at,
        source=CaveatSource(NOUN, meeting.public_id, meeting.title),
    )


def _attendances(row: MeetingMinutes, minutes: Minutes) -> list[Attendance]:
    named = minutes.attendance.items() if minutes.was_held else ()
    return [
        Attendance.objects.create(
            organisation_id=row.organisation_id,
            project=row.project,
            minutes=row,
            account=account,
            presence=presence,
        )
        for account, presence in sorted(named, key=lambda each: each[0].pk)
    ]


def _tell(meeting: Meeting) -> None:
    project = meeting.project
    members = User.objects.holding(STATUS_ROLES, project=project)
    tell(
        News(
            kind=NoticeKind.MEETING_CALLED,
            noun=NOUN,
            subject_id=meeting.public_id,
            title=meeting.title,
            key=f"meeting:{meeting.public_id}:called",
            happened_at=meeting.called_at,
            due_at=meeting.starts_at,
        ),
        accounts=members.exclude(pk=meeting.called_by_id),
        project=project,
    )
