"""Escalations: which of them are open, with whom, and who may know who raised them."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from governance.choices import EscalationAct, EscalationCause
from governance.querysets.facts import FactQuerySet
from governance.querysets.statements import fetch_rows, fill, moment_of

if TYPE_CHECKING:
    from governance.models import Escalation, User  # noqa: F401

ENDING = (EscalationAct.ANSWERED, EscalationAct.DECIDED)


class OpenTally(NamedTuple):
    """How many are open, how many of them beyond their time, and how many wait for somebody."""

    number: int
    late: int
    mine: int


class EscalationQuerySet(FactQuerySet["Escalation"]):
    """Select escalations."""

    happened_field = "raised_at"

    def open(self) -> Self:
        """Keep those that nobody has answered."""
        return self.filter(~Exists(_steps().filter(act__in=ENDING)))

    def answered(self) -> Self:
        """Keep those that somebody has answered."""
        return self.filter(Exists(_steps().filter(act__in=ENDING)))

    def with_newest_step(self) -> Self:
        """Add where each is now: act, addressee and the end of the clock."""
        newest = _steps().order_by("-number")
        return self.annotate(
            act_now=Subquery(newest.values("act")[:1]),
            addressee_now=Subquery(newest.values("addressee")[:1]),
            due_now=Subquery(newest.values("due_at")[:1]),
            moved_at=Subquery(newest.values("happened_at")[:1]),
        )

    def waiting_for(self, user: "User") -> Self:
        """Keep the open ones that an account has to answer now."""
        return self.open().with_newest_step().filter(addressee_now=user.pk)

    def late_at(self, moment: datetime) -> Self:
        """Keep the open ones whose clock has run out by a moment."""
        return self.open().with_newest_step().filter(due_now__lte=moment)

    def beyond_time_at(self, moment: datetime) -> Self:
        """Keep the open ones that somebody has let run out, whoever has them by now."""
        late = Q(due_now__lte=moment) | Q(act_now=EscalationAct.CLIMBED)
        return self.open().with_newest_step().filter(late)

    def tally(self, *, at: datetime, user: "User") -> OpenTally:
        """Count the open ones, those beyond their time, and those that wait for an account."""
        late = Q(due_now__lte=at) | Q(act_now=EscalationAct.CLIMBED)
        return OpenTally(
            **self.open()
            .with_newest_step()
            .aggregate(
                number=Count("pk"),
                late=Count("pk", filter=late),
                mine=Count("pk", filter=Q(addressee_now=user.pk)),
            )
        )

    def about(self, *, noun: str, subject_id: str) -> Self:
        """Keep those about one row."""
        return self.filter(subject_noun=noun, subject_id=subject_id)

    def by_themselves(self) -> Self:
        """Keep those that a condition raised, and nobody by hand."""
        return self.exclude(cause=EscalationCause.BY_HAND)

    def raised_by_account(self, user: "User") -> Self:
        """Keep those that an account raised; to be asked for one's own account alone."""
        return self.filter(raised_by=user)

    def saying(self, words: str) -> Self:
        """Keep those about something of this name."""
        return self.filter(subject_title__icontains=words)

    def with_steps(self) -> Self:
        """Fetch with the escalations everything that is shown of them."""
        beside = ("steps__addressee", "steps__by", "steps__decision")
        return self.select_related("project", "raised_by").prefetch_related(*beside)

    def most_pressing_first(self) -> Self:
        """Order by the end of the clock, the earliest first."""
        return self.with_newest_step().order_by(F("due_now").asc(nulls_last=True), "raised_at")

    def newest_first(self) -> Self:
        """Order by the moment they were raised, the newest first."""
        return self.order_by("-raised_at", "-pk")


def _steps() -> QuerySet[Any]:
    """Return the steps of the outer escalation."""
    steps = apps.get_model("governance", "EscalationStep").objects
    return steps.filter(escalation=OuterRef("pk"))


class LadderTally(NamedTuple):
    """Escalations of one project: the rungs of its ladder that somebody stands on, how many are
    open, and how many of these somebody has let run out."""

    project_id: int
    rungs: int
    open: int
    overdue: int


class OpenRow(NamedTuple):
    """One open escalation, and with whom it is; nothing of who raised it."""

    project_id: int
    public_id: str
    title: str
    rung: str
    addressee: str
    raised_at: datetime
    is_overdue: bool


class AnswerTally(NamedTuple):
    """How one account answered what was escalated to it in one project.

    `in_time` and `late` are answered; `missed` moved on unanswered or still wait beyond their
    time; `waiting` have time left.
    """

    project_id: int
    account_id: int
    in_time: int
    late: int
    missed: int
    waiting: int

    @property
    def asked(self) -> int:
        """Return how many had to be answered by now."""
        return self.in_time + self.late + self.missed


_KNOWN_STEPS = """
    SELECT * FROM governance_escalationstep known
     WHERE known.project_id IN ({projects}) AND known.happened_at <= %(as_of)s
       AND known.recorded_at <= %(as_of)s
"""
_NEWEST = """
    SELECT s.* FROM ({steps}) s
      JOIN (SELECT escalation_id, MAX(number) AS number FROM ({steps}) every
             GROUP BY escalation_id) newest
        ON newest.escalation_id = s.escalation_id AND newest.number = s.number
     WHERE s.act NOT IN ('ANSWERED', 'DECIDED')
"""
_LATE = "(s.act = 'CLIMBED' OR s.due_at <= %(as_of)s)"
_RUNGS = """
    SELECT project_id, COUNT(DISTINCT role) AS rungs FROM governance_participation
     WHERE project_id IN ({projects}) AND started_at <= %(as_of)s
       AND (ended_at IS NULL OR ended_at > %(as_of)s)
       AND role IN ('PROJECT_MANAGER', 'PROCESS_OWNER', 'DEPARTMENT_MANAGER', 'SPONSOR', 'STEERING')
     GROUP BY project_id
"""
_LADDERS = """
    SELECT r.project_id, r.rungs, COUNT(s.id), COUNT(CASE WHEN {late} THEN 1 END)
      FROM ({rungs}) r LEFT JOIN ({newest}) s ON s.project_id = r.project_id
     GROUP BY r.project_id, r.rungs
"""
_OPEN = """
    SELECT e.project_id, e.public_id, e.subject_title, s.rung, COALESCE(u.name, ''), e.raised_at,
           CASE WHEN {late} THEN 1 ELSE 0 END
      FROM ({newest}) s
      JOIN governance_escalation e ON e.id = s.escalation_id
      LEFT JOIN governance_user u ON u.id = s.addressee_id
     ORDER BY e.project_id, 7 DESC, e.raised_at, e.id
"""
_ANSWERS = """
    SELECT project_id, addressee_id,
           COUNT(CASE WHEN ended AND next_at <= due_at THEN 1 END),
           COUNT(CASE WHEN ended AND next_at > due_at THEN 1 END),
           COUNT(CASE WHEN next_act = 'CLIMBED' OR (next_act IS NULL AND due_at <= %(as_of)s)
                      THEN 1 END),
           COUNT(CASE WHEN next_act IS NULL AND due_at > %(as_of)s THEN 1 END)
      FROM (SELECT s.project_id, s.addressee_id, s.due_at, n.act AS next_act,
                   n.happened_at AS next_at,
                   n.act IN ('ANSWERED', 'DECIDED', 'PASSED_ON') AND n.by_id = s.addressee_id
                       AS ended
              FROM ({steps}) s
              LEFT JOIN ({steps}) n
                ON n.escalation_id = s.escalation_id AND n.number = s.number + 1
             WHERE s.addressee_id IS NOT NULL AND s.act NOT IN ('ANSWERED', 'DECIDED')) asked
     GROUP BY project_id, addressee_id
"""


def ladder_tallies(*, project_ids: Collection[int], as_of: datetime) -> Iterator[LadderTally]:
    """Yield the state of each ladder at a moment, of projects that have one."""
    text = fill(fill(_LADDERS, rungs=_RUNGS, newest=_NEWEST, late=_LATE), steps=_KNOWN_STEPS)
    return map(LadderTally._make, _asked(text, project_ids, as_of))


def open_rows(*, project_ids: Collection[int], as_of: datetime) -> Iterator[OpenRow]:
    """Yield what was open at a moment: project by project, what ran out first, the oldest first."""
    text = fill(fill(_OPEN, newest=_NEWEST, late=_LATE), steps=_KNOWN_STEPS)
    for row in _asked(text, project_ids, as_of):
        project_id, public_id, title, rung, name, raised_at, late = row
        known = str(UUID(str(public_id)))
        yield OpenRow(project_id, known, title, rung, name, moment_of(raised_at), bool(late))


def answer_tallies(*, project_ids: Collection[int], as_of: datetime) -> Iterator[AnswerTally]:
    """Yield how those to whom something was escalated answered it, by project and account."""
    return map(AnswerTally._make, _asked(fill(_ANSWERS, steps=_KNOWN_STEPS), project_ids, as_of))


def _asked(text: str, project_ids: Collection[int], as_of: datetime) -> list[Any]:
    return list(fetch_rows(fill(text, projects=project_ids), {"as_of": as_of}))
