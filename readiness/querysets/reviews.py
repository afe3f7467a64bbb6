"""Who read what before voting, and how executives answered what waited for them."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from governance.querysets.facts import still_seen
from governance.querysets.statements import day_of, fetch_rows, fill, moment_of

READ_WITHIN = timedelta(days=7)
"""A judgement older than that is no longer what is voted on. Source: criterion GO-08."""


class ReadTally(NamedTuple):
    """The executives of one project, and those who opened all they vote on."""

    project_id: int
    executives: int
    read: int


class AskedRow(NamedTuple):
    """Something that waited for one executive, until when, and when it was answered."""

    project_id: int
    account_id: int
    asked_at: datetime
    due_date: date | None
    answered_at: datetime | None


_EXECUTIVES = """
    SELECT DISTINCT project_id, user_id FROM governance_participation
     WHERE project_id IN ({projects}) AND role IN ('SPONSOR', 'STEERING')
       AND started_at <= %(as_of)s AND (ended_at IS NULL OR ended_at > %(as_of)s)
"""
_STANDING = """
    SELECT c.id, c.project_id, c.written_by_id FROM governance_caveat c
     WHERE c.project_id IN ({projects})
       AND c.written_at <= %(as_of)s AND c.recorded_at <= %(as_of)s
       AND NOT EXISTS (SELECT 1 FROM readiness_caveatresolution r
                        WHERE r.caveat_id = c.id AND r.resolved_at <= %(as_of)s
                          AND r.recorded_at <= %(as_of)s)
"""
_READ = """
    SELECT e.project_id, COUNT(*),
           COUNT(CASE WHEN opened.account_id IS NOT NULL AND unopened.user_id IS NULL THEN 1 END)
      FROM ({executives}) e
      LEFT JOIN (SELECT DISTINCT project_id, account_id FROM readiness_review
                  WHERE project_id IN ({projects}) AND judged_at > %(since)s
                    AND opened_at <= %(as_of)s AND recorded_at <= %(as_of)s) opened
        ON opened.project_id = e.project_id AND opened.account_id = e.user_id
      LEFT JOIN (SELECT DISTINCT e.project_id, e.user_id
                   FROM ({executives}) e
                   JOIN ({standing}) c
                     ON c.project_id = e.project_id AND c.written_by_id <> e.user_id
                   LEFT JOIN readiness_caveatreading o
                     ON o.caveat_id = c.id AND o.account_id = e.user_id
                    AND o.opened_at <= %(as_of)s AND o.recorded_at <= %(as_of)s
                  WHERE o.id IS NULL) unopened
        ON unopened.project_id = e.project_id AND unopened.user_id = e.user_id
     GROUP BY e.project_id
"""
_DECISIONS = """
    SELECT d.project_id, d.decider_id, d.raised_at, d.due_date, o.answered_at
      FROM governance_decision d
      JOIN ({executives}) e ON e.project_id = d.project_id AND e.user_id = d.decider_id
      LEFT JOIN (SELECT decision_id, MIN(decided_at) AS answered_at
                   FROM governance_decisionoutcome known
                  WHERE known.project_id IN ({projects}) AND {outcome_seen}
                    AND known.decided_at <= %(as_of)s AND known.recorded_at <= %(as_of)s
                  GROUP BY decision_id) o ON o.decision_id = d.id
     WHERE d.due_date IS NOT NULL AND {decision_seen}
       AND d.raised_at <= %(as_of)s AND d.recorded_at <= %(as_of)s
"""
_REQUESTS = """
    SELECT r.project_id, r.asked_id, r.requested_at, NULL, a.answered_at
      FROM readiness_acceptancerequest r
      LEFT JOIN readiness_acceptanceanswer a
        ON a.request_id = r.id AND a.answered_at <= %(as_of)s AND a.recorded_at <= %(as_of)s
     WHERE r.project_id IN ({projects})
       AND r.requested_at <= %(as_of)s AND r.recorded_at <= %(as_of)s
"""


def read_tallies(*, project_ids: Collection[int], as_of: datetime) -> Iterator[ReadTally]:
    """Yield how many executives opened a judgement of the last seven days and each caveat.

    Whoever wrote a caveat knows it.
    """
    text = fill(_READ, executives=_EXECUTIVES, standing=_STANDING)
    moments = {"as_of": as_of, "since": as_of - READ_WITHIN}
    return map(ReadTally._make, fetch_rows(fill(text, projects=project_ids), moments))


def asked_rows(*, project_ids: Collection[int], as_of: datetime) -> Iterator[AskedRow]:
    """Yield the decisions with a date and the risks that waited for an executive."""
    seen = {
        "decision_seen": still_seen("d", dated=True),
        "outcome_seen": still_seen("known", dated=True),
    }
    decisions = fill(_DECISIONS, executives=_EXECUTIVES, **seen)
    for text in (decisions, _REQUESTS):
        for row in fetch_rows(fill(text, projects=project_ids), {"as_of": as_of}):
            project_id, account_id, asked_at, due, answered_at = row
            yield AskedRow(
                project_id,
                account_id,
                moment_of(asked_at),
                day_of(due),
                moment_of(answered_at) if answered_at else None,
            )
