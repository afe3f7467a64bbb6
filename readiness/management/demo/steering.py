"""Steering meetings of the demo, what the sponsor wrote, and who read what before voting."""

import random
from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone

from governance.choices import Presence, Role
from governance.models import (
    Attendance,
    Decision,
    DecisionOutcome,
    Meeting,
    MeetingMinutes,
    Project,
    SponsorStatement,
    StatementAcknowledgement,
    User,
)
from governance.pages.agenda import frozen, points_of
from governance.services.questions import affiliation_of
from readiness.choices import Paper
from readiness.management.demo.cast import Cast
from readiness.management.demo.mapping import Mapped
from readiness.management.demo.plans import HERO, at
from readiness.models import Snapshot
from readiness.services.reviews import note_review

TITLE = "Steering committee"
SHIFTS = {5: -1, 6: 1}
"""A Saturday's meeting is on Friday, a Sunday's on Monday."""
PLACES = ("Board room, Halden", "Video call")
DISCIPLINED = (54, 33, 12)
"""Days ago; the sponsor chaired each of them."""
HERO_CHAIRED, HERO_EXCUSED, HERO_OFF, HERO_UNWRITTEN = 53, 32, 18, 4
STATEMENT = (
    "This upgrade replaces what we run the pumps with. I ask every manager to release the people"
    " whom the testers need, and to say so by name. Nobody goes live on my behalf: I sign for what"
    " was tested, and for nothing else. Bring me bad news while it is small."
)
NOTES = {
    HERO_CHAIRED: "The date stays. Training comes before the second round of testing.",
    HERO_EXCUSED: "The sponsor was in Gdynia. Nothing could be decided that needs her.",
    HERO_OFF: "Called off on the day: neither the sponsor nor the steering member could come.",
}
QUESTION = "Do the reversals have to be tested before go-live?"
ANSWER = "Yes. Who cannot take something back does not go live."


def hold_meetings(mapped: Mapped, cast: Cast) -> None:
    """Write the meetings of a project, and what its sponsor expects.

    In disciplined projects the sponsor chairs and everybody has read it; in Orion one meeting
    of four was chaired, and the one of this week has no minutes yet.
    """
    plan = mapped.stage.plan
    dice = random.Random(f"{plan.slug} steering")  # noqa: S311 - a demo, not a secret
    if plan is HERO:
        _hold_hero(mapped, cast)
        _write(mapped, cast, days_ago=70, readers=_some(cast, share=3))
        return
    if plan.is_disciplined:
        for days_ago in DISCIPLINED:
            _minute(_call(mapped, cast, -days_ago), cast, chair=cast.sponsor)
        _call(mapped, cast, 9)
        _write(mapped, cast, days_ago=75, readers=_everybody(cast))
        return
    for days_ago in sorted(dice.sample(range(8, 100), dice.randrange(3)), reverse=True):
        chair = cast.sponsor if dice.random() < plan.reported else cast.project_manager
        _minute(_call(mapped, cast, -days_ago), cast, chair=chair)
    if dice.random() < plan.reported:
        _write(mapped, cast, days_ago=60, readers=_some(cast, share=2))


def read_judgements(projects: Collection[Project], cast: Cast) -> None:
    """Let the executives of disciplined projects open this week's judgement; in Orion, one."""
    now = timezone.now()
    steering = cast.leads[Role.STEERING]
    readers = {"orion": [steering], "baltic": [cast.sponsor, steering]}
    for project in projects:
        judged = Snapshot.objects.filter(project=project).newest_first().defer("body")
        for newest in judged[:1]:
            for reader in readers.get(project.slug, []):
                note_review(snapshot=newest, account=reader, paper=Paper.PAGE, opened_at=now)


def _hold_hero(mapped: Mapped, cast: Cast) -> None:
    first = _call(mapped, cast, -HERO_CHAIRED)
    _decide(mapped, cast, first)
    _minute(first, cast, chair=cast.sponsor, notes=NOTES[HERO_CHAIRED])
    second = _call(mapped, cast, -HERO_EXCUSED)
    _minute(second, cast, chair=cast.project_manager, notes=NOTES[HERO_EXCUSED])
    _call_off(_call(mapped, cast, -HERO_OFF), cast, reason=NOTES[HERO_OFF])
    _call(mapped, cast, -HERO_UNWRITTEN)
    _call(mapped, cast, 5)


def _call(mapped: Mapped, cast: Cast, days: int) -> Meeting:
    """Call a meeting so many days from today, ten days before it or yesterday."""
    stage = mapped.stage
    day = stage.today + timedelta(days=days)
    starts_at = at(day + timedelta(days=SHIFTS.get(day.weekday(), 0)), 9)
    called_at = min(starts_at - timedelta(days=10), at(stage.today - timedelta(days=1), 10))
    return Meeting.objects.create(
        organisation_id=mapped.project.organisation_id,
        project=mapped.project,
        title=TITLE,
        place=PLACES[abs(days) % len(PLACES)],
        starts_at=starts_at,
        called_by=cast.project_manager,
        called_at=called_at,
        recorded_at=called_at,
    )


def _minute(meeting: Meeting, cast: Cast, *, chair: User, notes: str = "") -> None:
    """Write the minutes of the day after; a sponsor who did not chair was excused."""
    row = _written(meeting, cast, chair=chair, notes=notes)
    steering, manager = cast.leads[Role.STEERING], cast.project_manager
    came = {cast.sponsor: Presence.EXCUSED, steering: Presence.PRESENT}
    came |= {manager: Presence.PRESENT, cast.consultants[0]: Presence.PRESENT}
    came[chair] = Presence.PRESENT
    Attendance.objects.bulk_create(
        Attendance(
            organisation_id=meeting.organisation_id,
            project=meeting.project,
            minutes=row,
            account=account,
            presence=presence,
            recorded_at=row.written_at,
        )
        for account, presence in came.items()
    )


def _call_off(meeting: Meeting, cast: Cast, *, reason: str) -> None:
    _written(meeting, cast, chair=None, notes=reason)


def _written(meeting: Meeting, cast: Cast, *, chair: User | None, notes: str) -> MeetingMinutes:
    moment = meeting.starts_at + timedelta(days=1)
    return MeetingMinutes.objects.create(
        organisation_id=meeting.organisation_id,
        project=meeting.project,
        meeting=meeting,
        was_held=chair is not None,
        chair=chair,
        notes=notes,
        agenda=frozen(points_of(meeting.project, as_of=meeting.starts_at)),
        written_by=cast.project_manager,
        written_at=moment,
        recorded_at=moment,
    )


def _decide(mapped: Mapped, cast: Cast, meeting: Meeting) -> None:
    """Let the sponsor decide something in a meeting."""
    project, raised_at = mapped.project, meeting.starts_at - timedelta(days=6)
    number = Decision.objects.filter(project=project).count() + 1
    decision = Decision.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        code=f"D-{number:03d}",
        title=QUESTION,
        decider=cast.sponsor,
        due_date=meeting.starts_at.date(),
        raised_by=cast.project_manager.name,
        raised_at=raised_at,
        recorded_at=raised_at,
    )
    DecisionOutcome.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        decision=decision,
        outcome=ANSWER,
        meeting=meeting,
        decided_by=cast.sponsor,
        decided_affiliation=affiliation_of(cast.sponsor),
        decided_at=meeting.starts_at,
        recorded_at=meeting.starts_at,
    )


def _write(mapped: Mapped, cast: Cast, *, days_ago: int, readers: Collection[User]) -> None:
    moment = at(mapped.stage.today - timedelta(days=days_ago), 8)
    scope = {"organisation_id": mapped.project.organisation_id, "project": mapped.project}
    row = SponsorStatement.objects.create(
        **scope,
        text=STATEMENT,
        written_by=cast.sponsor,
        written_at=moment,
        recorded_at=moment,
    )
    StatementAcknowledgement.objects.bulk_create(
        StatementAcknowledgement(
            **scope,
            statement=row,
            account=reader,
            acknowledged_at=_read_at(moment, place),
            recorded_at=_read_at(moment, place),
        )
        for place, reader in enumerate(readers)
    )


def _read_at(moment: datetime, place: int) -> datetime:
    return moment + timedelta(days=1 + place % 5, minutes=place)


def _everybody(cast: Cast) -> list[User]:
    auditor = cast.leads[Role.AUDITOR]
    leads = [each for each in cast.leads.values() if each not in (cast.sponsor, auditor)]
    others = [*leads, *cast.owners, *cast.managers, *cast.consultants]
    return list(dict.fromkeys(others))


def _some(cast: Cast, *, share: int) -> list[User]:
    return _everybody(cast)[::share]
