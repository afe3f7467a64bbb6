"""One steering meeting as a row: how far it has come, who came, what was decided there."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, TextChoices
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy

from governance.choices import Presence
from governance.models import Attendance, DecisionOutcome, Meeting, MeetingMinutes, Project
from governance.querysets import MeetingQuerySet
from governance.querysets.meetings import LONGEST_MEETING


class MeetingState(TextChoices):
    """Say how far a meeting has come."""

    CALLED = "CALLED", gettext_lazy("Called")
    NOW = "NOW", gettext_lazy("Today")
    UNWRITTEN = "UNWRITTEN", gettext_lazy("No minutes yet")
    HELD = "HELD", gettext_lazy("Held")
    CALLED_OFF = "CALLED_OFF", gettext_lazy("Called off")


_LOOKS = {
    MeetingState.CALLED: ("circle-dashed", "quiet"),
    MeetingState.NOW: ("clock", "accepted"),
    MeetingState.UNWRITTEN: ("clock-exclamation", "warn"),
    MeetingState.HELD: ("circle-check", "good"),
    MeetingState.CALLED_OFF: ("hand-stop", "quiet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Somebody and whether they came; `by_partner` works for a partner."""

    name: str
    presence: Presence
    by_partner: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenThere:
    """A decision that was taken in a meeting."""

    title: str
    outcome: str
    by: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """One meeting as it stands."""

    meeting: Meeting
    state: MeetingState
    when: str
    href: str
    minutes: MeetingMinutes | None
    came: list[Came]
    taken: list[TakenThere]

    @property
    def shape(self) -> str:
        """Return the icon of its state."""
        return _LOOKS[self.state][0]

    @property
    def tone(self) -> str:
        """Return the tone of its state."""
        return _LOOKS[self.state][1]

    @property
    def present(self) -> int:
        """Return how many were present."""
        return sum(each.presence == Presence.PRESENT for each in self.came)

    @property
    def chair(self) -> str:
        """Return who chaired it."""
        held = self.minutes
        return held.chair.name if held is not None and held.chair is not None else ""


def with_rows(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Fetch with meetings what their rows show."""
    outcomes = DecisionOutcome.objects.select_related("decision", "decided_by")
    came = Attendance.objects.select_related("account").order_by("pk")
    minutes = MeetingMinutes.objects.select_related("chair", "written_by").prefetch_related(
        Prefetch("attendances", queryset=came)
    )
    return meetings.select_related("project", "called_by").prefetch_related(
        Prefetch("minutes", queryset=minutes),
        Prefetch("outcomes", queryset=outcomes.order_by("decided_at", "pk")),
    )


def meeting_row(meeting: Meeting, *, at: datetime) -> MeetingRow:
    """Return a meeting as it stands; minutes and outcomes were fetched with it."""
    written = meeting.minutes.all()
    newest = max(written, key=lambda each: (each.written_at, each.pk), default=None)
    project = meeting.project.public_id
    return MeetingRow(
        meeting=meeting,
        state=_state(meeting, newest, at),
        when=moment_words(meeting.starts_at),
        href=reverse("governance:meeting-detail", args=[project, meeting.public_id]),
        minutes=newest,
        came=[_came(each) for each in newest.attendances.all()] if newest else [],
        taken=[_taken(each, project=meeting.project) for each in meeting.outcomes.all()],
    )


def moment_words(moment: datetime) -> str:
    """Return a moment in the zone in force, with the day of the week."""
    return str(date_format(moment.astimezone(get_current_timezone()), "D j M Y, H:i"))


def _state(meeting: Meeting, newest: MeetingMinutes | None, at: datetime) -> MeetingState:
    if newest is not None:
        return MeetingState.HELD if newest.was_held else MeetingState.CALLED_OFF
    if meeting.starts_at > at:
        return MeetingState.CALLED
    is_on = at <= meeting.starts_at + LONGEST_MEETING
    return MeetingState.NOW if is_on else MeetingState.UNWRITTEN


def _came(row: Attendance) -> Came:
    return Came(
        name=row.account.name,
        presence=Presence(row.presence),
        by_partner=row.account.is_partner,
    )


def _taken(row: DecisionOutcome, *, project: Project) -> TakenThere:
    return TakenThere(
        title=str(row.decision),
        outcome=row.outcome,
        by=row.decided_by.name if row.decided_by else "",
        href=reverse(
            "governance:decision-detail", args=[project.public_id, row.decision.public_id]
        ),
    )
