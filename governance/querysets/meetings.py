"""Meetings, their minutes and the sponsor's statements: what counts of them, and how many."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Subquery

from governance.choices import Level, RaidState, Role
from governance.querysets.accounts import AccountQuerySet
from governance.querysets.batches import Batch
from governance.querysets.facts import FactQuerySet
from governance.querysets.raid import RaidQuerySet
from governance.querysets.statements import fetch_rows, fill

if TYPE_CHECKING:
    from governance.models import (  # noqa: F401
        Meeting,
        MeetingMinutes,
        SponsorStatement,
        User,
    )

CHAIRED_WITHIN = timedelta(days=60)
LONGEST_MEETING = timedelta(hours=12)
"""From its beginning so long; what is decided later was not decided there."""
DECIDED_WITHIN = timedelta(days=30)


class MeetingQuerySet(FactQuerySet["Meeting"]):
    """Select meetings."""

    def ahead_of(self, at: datetime) -> Self:
        """Keep those that had not begun at a moment, the next first; none that was called off."""
        return self.without_minutes().filter(starts_at__gt=at).order_by("starts_at", "pk")

    def begun_by(self, at: datetime) -> Self:
        """Keep those that had begun by a moment, the newest first."""
        return self.filter(starts_at__lte=at).order_by("-starts_at", "-pk")

    def without_minutes(self) -> Self:
        """Keep those of which nobody wrote what came of them."""
        return self.filter(~Exists(_minutes().filter(meeting=OuterRef("pk"))))

    def unwritten_at(self, at: datetime) -> Self:
        """Keep those that are over and without minutes, the oldest first."""
        over = self.without_minutes().filter(starts_at__lte=at)
        return over.order_by("starts_at", "pk")

    def standing_at(self, moment: datetime) -> Self:
        """Keep those called for one moment that were not called off."""
        called_off = _minutes().that_count().filter(meeting=OuterRef("pk"), was_held=False)
        return self.filter(~Exists(called_off), starts_at=moment)

    def to_decide_in(self, at: datetime) -> Self:
        """Keep those in which somebody may have decided something, the newest first."""
        called_off = _minutes().that_count().filter(meeting=OuterRef("pk"), was_held=False)
        recent = self.filter(~Exists(called_off), starts_at__gt=at - DECIDED_WITHIN)
        return recent.begun_by(at)


class MinutesQuerySet(FactQuerySet["MeetingMinutes"]):
    """Select minutes of meetings."""

    happened_field = "written_at"

    def that_count(self) -> Self:
        """Keep the newest of each meeting."""
        later = self.model._default_manager.filter(meeting_id=OuterRef("meeting_id"))
        return self.filter(~Exists(later.filter(_later_written())))

    def chaired_lately(self, at: datetime) -> Self:
        """Keep those that count of meetings that a sponsor chaired in the sixty days before."""
        sponsors = apps.get_model("governance", "Participation").objects.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=OuterRef("meeting__starts_at")),
            project=OuterRef("project"),
            user=OuterRef("chair"),
            role=Role.SPONSOR,
        )
        held = self.that_count().filter(Exists(sponsors), was_held=True)
        since = at - CHAIRED_WITHIN
        return held.filter(meeting__starts_at__gt=since, meeting__starts_at__lte=at)


class StatementQuerySet(FactQuerySet["SponsorStatement"]):
    """Select what sponsors wrote."""

    happened_field = "written_at"

    def newest_first(self) -> Self:
        """Order by the moment of writing, the newest first."""
        return self.order_by("-written_at", "-pk")

    def that_count(self) -> Self:
        """Keep the newest of each project."""
        later = self.model._default_manager.filter(project_id=OuterRef("project_id"))
        return self.filter(~Exists(later.filter(_later_written())))

    def unread_by(self, user: "User") -> Self:
        """Keep those that an account neither wrote nor acknowledged."""
        read = apps.get_model("governance", "StatementAcknowledgement").objects.filter(
            statement=OuterRef("pk"), account=user
        )
        return self.filter(~Exists(read)).exclude(written_by=user)


def _minutes() -> MinutesQuerySet:
    found: MinutesQuerySet = apps.get_model("governance", "MeetingMinutes").objects.all()
    return found


def _later_written() -> Q:
    moment = OuterRef("written_at")
    return Q(written_at__gt=moment) | Q(written_at=moment, pk__gt=OuterRef("pk"))


def grave_at(items: RaidQuerySet, *, as_of: datetime) -> RaidQuerySet:
    """Keep what is of high impact, likely, and stood open at a moment."""
    changes = apps.get_model("governance", "RaidChange").objects.filter(
        item=OuterRef("pk"), changed_at__lte=as_of
    )
    newest = changes.order_by("-changed_at", "-pk").values("state")[:1]
    known = items.filter(raised_at__lte=as_of, impact=Level.HIGH).annotate(then=Subquery(newest))
    standing = known.filter(Q(then=RaidState.OPEN) | Q(then=None, state=RaidState.OPEN))
    return standing.exclude(probability__in=(Level.LOW, Level.MEDIUM))


class ChairTally(NamedTuple):
    """The sponsors of one project, and the meetings that a sponsor chaired lately."""

    project_id: int
    sponsors: int
    chaired: int


_SPONSORING = """
    EXISTS (SELECT 1 FROM governance_participation held
             WHERE held.project_id = m.project_id AND held.user_id = n.chair_id
               AND held.role = 'SPONSOR'
               AND (held.ended_at IS NULL OR held.ended_at > m.starts_at))
"""
_CHAIRED = """
    SELECT s.project_id, s.sponsors, COALESCE(c.chaired, 0)
      FROM (SELECT project_id, COUNT(DISTINCT user_id) AS sponsors
              FROM governance_participation
             WHERE project_id IN ({projects}) AND role = 'SPONSOR'
               AND started_at <= %(as_of)s AND (ended_at IS NULL OR ended_at > %(as_of)s)
             GROUP BY project_id) s
      LEFT JOIN (SELECT m.project_id, COUNT(*) AS chaired
              FROM governance_meeting m
              JOIN governance_meetingminutes n ON n.meeting_id = m.id
             WHERE m.project_id IN ({projects}) AND n.was_held AND {sponsoring}
               AND m.starts_at > %(since)s AND m.starts_at <= %(as_of)s
               AND n.written_at <= %(as_of)s AND n.recorded_at <= %(as_of)s
               AND NOT EXISTS (SELECT 1 FROM governance_meetingminutes l
                                WHERE l.meeting_id = n.meeting_id
                                  AND l.written_at <= %(as_of)s AND l.recorded_at <= %(as_of)s
                                  AND (l.written_at > n.written_at
                                       OR (l.written_at = n.written_at AND l.id > n.id)))
             GROUP BY m.project_id) c ON c.project_id = s.project_id
"""


def chair_tallies(batch: Batch) -> Iterator[ChairTally]:
    """Yield the meetings that a sponsor chaired in the sixty days before the batch's moment.

    Only minutes say who chaired, and of several the newest. Source: criterion GO-17.
    """
    text = fill(_CHAIRED, sponsoring=_SPONSORING, projects=batch.project_ids)
    moments = {"as_of": batch.as_of, "since": batch.as_of - CHAIRED_WITHIN}
    return map(ChairTally._make, fetch_rows(text, moments))


def addressed_by(statement: "SponsorStatement") -> AccountQuerySet:
    """Return the open accounts that a statement is for: who works in its project but the writer.

    An auditor reads and writes nothing.
    """
    held = apps.get_model("governance", "Participation").objects.current()
    working = held.filter(project=statement.project_id).exclude(role=Role.AUDITOR)
    accounts: AccountQuerySet = apps.get_model("governance", "User").objects.get_queryset()
    asked = accounts.filter(is_active=True, pk__in=working.values("user_id"))
    return asked.exclude(pk=statement.written_by_id)


class AcknowledgementTally(NamedTuple):
    """Of those who take part in one project, how many have read what its sponsor expects."""

    project_id: int
    due: int
    read: int


_ACKNOWLEDGED = """
    SELECT p.project_id, COUNT(DISTINCT p.user_id), COUNT(DISTINCT k.account_id)
      FROM governance_sponsorstatement s
      JOIN governance_participation p
        ON p.project_id = s.project_id AND p.user_id <> s.written_by_id
       AND p.role <> 'AUDITOR'
       AND p.started_at <= %(as_of)s AND (p.ended_at IS NULL OR p.ended_at > %(as_of)s)
      LEFT JOIN governance_statementacknowledgement k
        ON k.statement_id = s.id AND k.account_id = p.user_id
       AND k.acknowledged_at <= %(as_of)s AND k.recorded_at <= %(as_of)s
     WHERE s.project_id IN ({projects})
       AND s.written_at <= %(as_of)s AND s.recorded_at <= %(as_of)s
       AND NOT EXISTS (SELECT 1 FROM governance_sponsorstatement l
                        WHERE l.project_id = s.project_id
                          AND l.written_at <= %(as_of)s AND l.recorded_at <= %(as_of)s
                          AND (l.written_at > s.written_at
                               OR (l.written_at = s.written_at AND l.id > s.id)))
     GROUP BY p.project_id
"""


def acknowledgement_tallies(
    *, project_ids: Collection[int], as_of: datetime
) -> Iterator[AcknowledgementTally]:
    """Yield who acknowledged the statement that counted at a moment; none without one."""
    rows = fetch_rows(fill(_ACKNOWLEDGED, projects=project_ids), {"as_of": as_of})
    return map(AcknowledgementTally._make, rows)
