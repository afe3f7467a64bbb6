"""What a steering meeting has to talk about: what waits for it at a moment, the gravest first.

Each source that settings.AGENDA names tells its own points, as they stood at that moment; so
the agenda of a meeting that has been is the one that stood before it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, TextChoices
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import EXECUTIVE_ROLES, EscalationAct, Rung
from governance.models import Decision, EscalationStep, GateStop, Project, RaidItem
from governance.pages.places import place_of
from governance.pages.waiting import days_between
from governance.querysets.meetings import grave_at

MOST_POINTS = 12
DAY = timedelta(days=1)


class PointKind(TextChoices):
    """Name why something stands on the agenda, the gravest first."""

    STOP = "STOP", gettext_lazy("Gate stopped")
    ESCALATION = "ESCALATION", gettext_lazy("Escalated")
    OVERDUE = "OVERDUE", gettext_lazy("Decision overdue")
    DECISION = "DECISION", gettext_lazy("Decision")
    RISK = "RISK", gettext_lazy("Risk to accept")
    CRITERION = "CRITERION", gettext_lazy("Missed")
    CAVEAT = "CAVEAT", gettext_lazy("Caveat")
    RAID = "RAID", gettext_lazy("High risk")


SHAPES = {
    PointKind.STOP: ("hand-stop", "bad"),
    PointKind.ESCALATION: ("alert-octagon", "bad"),
    PointKind.OVERDUE: ("clock-exclamation", "bad"),
    PointKind.DECISION: ("gavel", "quiet"),
    PointKind.RISK: ("writing-sign", "accepted"),
    PointKind.CRITERION: ("circle-x", "bad"),
    PointKind.CAVEAT: ("alert-triangle", "warn"),
    PointKind.RAID: ("alert-triangle", "warn"),
}
_RANKS = {kind: place for place, kind in enumerate(PointKind)}
_WAITING = (EscalationAct.ADDRESSED, EscalationAct.PASSED_ON, EscalationAct.CLIMBED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of an agenda: what it is, since when it waits, for whom, until when."""

    kind: PointKind
    title: str
    href: str
    since: datetime
    who: str = ""
    due: date | None = None

    @property
    def shape(self) -> str:
        """Return the icon of its kind."""
        return SHAPES[self.kind][0]

    @property
    def tone(self) -> str:
        """Return the tone of its kind."""
        return SHAPES[self.kind][1]


@dataclass(frozen=True, slots=True)
class Line:
    """A point as a page shows it, with its age in words."""

    point: Point
    age: str
    why: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a meeting has to talk about; `more` stands on the lists and not here."""

    lines: list[Line]
    total: int

    @property
    def more(self) -> int:
        """Return how many points are not shown."""
        return self.total - len(self.lines)


def points_of(project: Project, *, as_of: datetime) -> list[Point]:
    """Return everything that waited for the steering at a moment, the gravest first.

    What was escalated stands there as that alone.
    """
    found = [
        point for name in settings.AGENDA for point in import_string(name)(project, as_of=as_of)
    ]
    ordered = sorted(found, key=lambda each: (_RANKS[each.kind], each.since, each.title))
    first: dict[str, Point] = {}
    for point in ordered:
        first.setdefault(point.title, point)
    return list(first.values())


def agenda_of(project: Project, *, as_of: datetime) -> Agenda:
    """Return the agenda as it stands, or stood, at a moment."""
    return shown_agenda(points_of(project, as_of=as_of), at=as_of)


def shown_agenda(points: list[Point], *, at: datetime) -> Agenda:
    """Return points in words, the first few of them."""
    lines = [_line(point, at=at) for point in points[:MOST_POINTS]]
    return Agenda(lines, len(points))


def frozen(points: list[Point]) -> list[dict[str, Any]]:
    """Return points as minutes keep them."""
    return [
        {
            "kind": point.kind.value,
            "title": point.title,
            "href": point.href,
            "since": point.since.isoformat(),
            "who": point.who,
            "due": point.due and point.due.isoformat(),
        }
        for point in points
    ]


def thawed(kept: list[Mapping[str, Any]]) -> list[Point]:
    """Return points that minutes kept."""
    return [
        Point(
            kind=PointKind(each["kind"]),
            title=each["title"],
            href=each["href"],
            since=datetime.fromisoformat(each["since"]),
            who=each.get("who", ""),
            due=date.fromisoformat(each["due"]) if each.get("due") else None,
        )
        for each in kept
    ]


def map_points(project: Project, *, as_of: datetime) -> Iterator[Point]:
    """Yield what the map knows: stops, escalations, decisions and high risks."""
    yield from _stops(project, as_of)
    yield from _escalations(project, as_of)
    yield from _decisions(project, as_of)
    yield from _risks(project, as_of)


def _line(point: Point, *, at: datetime) -> Line:
    is_new = at - point.since < DAY
    return Line(point, "" if is_new else days_between(point.since, at), _why(point))


def _why(point: Point) -> str:
    told = {"who": point.who, "day": date_format(point.due, "j M Y") if point.due else ""}
    if point.due and point.who:
        return _("needed by %(day)s, waits for %(who)s") % told
    if point.due:
        return _("needed by %(day)s") % told
    return _("waits for %(who)s") % told if point.who else ""


def _stops(project: Project, as_of: datetime) -> Iterator[Point]:
    standing = GateStop.objects.filter(project=project, stopped_at__lte=as_of)
    ended = standing.filter(end__ended_at__lte=as_of).values("pk")
    for stop in standing.exclude(pk__in=ended).order_by("stopped_at", "pk"):
        yield Point(
            kind=PointKind.STOP,
            title=f"{stop.gate_key}: {stop.reason}",
            href=place_of(project, noun="stop") or place_of(project, noun="gate"),
            since=stop.stopped_at,
        )


def _escalations(project: Project, as_of: datetime) -> Iterator[Point]:
    """Yield what was addressed to sponsor or steering and not answered; not who raised it."""
    steps = EscalationStep.objects.filter(project=project, happened_at__lte=as_of)
    later = steps.filter(escalation=OuterRef("escalation"), number__gt=OuterRef("number"))
    rungs = (Rung.SPONSOR, Rung.STEERING)
    open_ones = steps.filter(~Exists(later), rung__in=rungs, act__in=_WAITING)
    for step in open_ones.select_related("escalation", "addressee").order_by("pk"):
        yield Point(
            kind=PointKind.ESCALATION,
            title=step.escalation.subject_title,
            href=place_of(project, noun="escalation", subject_id=step.escalation.public_id),
            since=step.escalation.raised_at,
            who=step.addressee.name if step.addressee else str(Rung(step.rung).label),
            due=step.due_at.date() if step.due_at else None,
        )


def _decisions(project: Project, as_of: datetime) -> Iterator[Point]:
    """Yield the open decisions that an executive takes, block go-live or are overdue."""
    known = Decision.objects.filter(project=project, raised_at__lte=as_of, recorded_at__lte=as_of)
    settled = known.filter(outcomes__decided_at__lte=as_of).values("pk")
    executives = Q(decider__isnull=True) | Q(
        decider__participations__project=project,
        decider__participations__role__in=EXECUTIVE_ROLES,
        decider__participations__ended_at__isnull=True,
    )
    overdue = Q(due_date__lt=as_of.date())
    wanted = known.exclude(pk__in=settled).filter(executives | overdue | Q(blocks_go_live=True))
    for decision in wanted.select_related("decider").distinct().order_by("pk"):
        is_late = decision.due_date is not None and decision.due_date < as_of.date()
        yield Point(
            kind=PointKind.OVERDUE if is_late else PointKind.DECISION,
            title=str(decision),
            href=reverse(
                "governance:decision-detail", args=[project.public_id, decision.public_id]
            ),
            since=decision.raised_at,
            who=decision.decider.name if decision.decider else _("an executive"),
            due=decision.due_date,
        )


def _risks(project: Project, as_of: datetime) -> Iterator[Point]:
    grave = grave_at(RaidItem.objects.filter(project=project), as_of=as_of)
    for item in grave.select_related("owner").order_by("pk"):
        yield Point(
            kind=PointKind.RAID,
            title=str(item),
            href=place_of(project, noun="raid", subject_id=item.public_id),
            since=item.raised_at,
            who=item.owner.name if item.owner else item.owner_text,
            due=item.due_date,
        )
