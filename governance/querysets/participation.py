"""Requests for people: which of them wait for a manager, and which were met with silence."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from governance.querysets.facts import FactQuerySet
from governance.querysets.statements import fetch_rows, fill

if TYPE_CHECKING:
    from governance.models import ParticipationRequest, User  # noqa: F401


class PeopleRequestQuerySet(FactQuerySet["ParticipationRequest"]):
    """Select requests for people."""

    happened_field = "asked_at"

    def waiting_on(self, day: date) -> Self:
        """Keep those in which somebody, on the roster that day, waits for an answer."""
        return self.filter(Exists(_waiting(day)))

    def unanswered_at(self, as_of: datetime) -> Self:
        """Keep those in which somebody on the roster had no answer at a moment."""
        waiting = _waiting(as_of.date(), answered_at__lte=as_of, recorded_at__lte=as_of)
        return self.known_at(as_of).filter(Exists(waiting))

    def silent_at(self, as_of: datetime) -> Self:
        """Keep those whose answer was due by a moment, is not whole, and can still be given."""
        return self.unanswered_at(as_of).late_at(as_of).ahead_on(as_of.date())

    def for_manager(self, user: "User") -> Self:
        """Keep those that fall to whoever manages the department now."""
        return self.filter(department__manager=user)

    def ahead_on(self, day: date) -> Self:
        """Keep those whose days are not over."""
        return self.filter(to_date__gte=day)

    def late_at(self, moment: datetime) -> Self:
        """Keep those whose answer was due by a moment."""
        return self.filter(answer_due_at__lte=moment)

    def most_pressing_first(self) -> Self:
        """Order by the moment the answer is due."""
        return self.order_by("answer_due_at", "pk")

    def newest_first(self) -> Self:
        """Order by the moment they were asked, the newest first."""
        return self.order_by("-asked_at", "-pk")

    def with_people(self) -> Self:
        """Fetch with the requests everything that is shown of them."""
        return self.select_related(
            "project", "department__manager", "manager", "asked_by"
        ).prefetch_related("people__person", "people__answers__answered_by")


def _waiting(day: date, **answered: Any) -> QuerySet[Any]:
    """Return people of the outer request, on the roster that day, who were not answered so."""
    answers = apps.get_model("governance", "PersonAnswer").objects.filter(
        requested=OuterRef("pk"), **answered
    )
    return apps.get_model("governance", "RequestedPerson").objects.filter(
        Q(person__left_date__isnull=True) | Q(person__left_date__gte=day),
        ~Exists(answers),
        request=OuterRef("pk"),
    )


RELEASED = """
    SELECT q.project_id, q.person_id, r.from_date, r.to_date
      FROM (SELECT a.requested_id, a.reply,
                   ROW_NUMBER() OVER (PARTITION BY a.requested_id
                                          ORDER BY a.answered_at DESC, a.id DESC) AS place
              FROM batch b JOIN governance_personanswer a ON a.project_id = b.project_id
             WHERE a.answered_at <= %(as_of)s AND a.recorded_at <= %(as_of)s) s
      JOIN governance_requestedperson q ON q.id = s.requested_id
      JOIN governance_participationrequest r ON r.id = q.request_id
     WHERE s.place = 1 AND s.reply = 'RELEASED' AND r.purpose = 'TESTING'
"""
"""People whom their managers released for testing, with the days; over the table `batch`."""


class AskedTally(NamedTuple):
    """People of one department who are asked for on days that are not over, by their answers.

    `head` is who manages the department now, else who was asked; `silent` people wait for an
    answer that was due.
    """

    project_id: int
    department: str
    head: str
    asked: int
    released: int
    refused: int
    silent: int


_ASKED = """
    SELECT r.project_id, d.name, COALESCE(m.name, a.name), COUNT(*),
           COUNT(CASE WHEN s.reply = 'RELEASED' THEN 1 END),
           COUNT(CASE WHEN s.reply = 'REFUSED' THEN 1 END),
           COUNT(CASE WHEN s.reply IS NULL AND r.answer_due_at <= %(as_of)s THEN 1 END)
      FROM governance_participationrequest r
      JOIN governance_requestedperson q ON q.request_id = r.id
      JOIN governance_person e ON e.id = q.person_id
      JOIN governance_department d ON d.id = r.department_id
      JOIN governance_user a ON a.id = r.manager_id
      LEFT JOIN governance_user m ON m.id = d.manager_id
      LEFT JOIN (SELECT w.requested_id, w.reply,
                        ROW_NUMBER() OVER (PARTITION BY w.requested_id
                                               ORDER BY w.answered_at DESC, w.id DESC) AS place
                   FROM governance_personanswer w
                  WHERE w.project_id IN ({projects})
                    AND w.answered_at <= %(as_of)s AND w.recorded_at <= %(as_of)s) s
             ON s.requested_id = q.id AND s.place = 1
     WHERE r.project_id IN ({projects}) AND r.to_date >= %(today)s
       AND r.asked_at <= %(as_of)s AND r.recorded_at <= %(as_of)s
       AND (s.reply IS NOT NULL OR e.left_date IS NULL OR e.left_date >= %(today)s)
     GROUP BY r.project_id, d.id, d.name, COALESCE(m.name, a.name)
     ORDER BY 7 DESC, 2
"""


def asked_tallies(*, project_ids: Collection[int], as_of: datetime) -> list[AskedTally]:
    """Return the departments that are asked for people, the most silent first."""
    rows = fetch_rows(fill(_ASKED, projects=project_ids), {"as_of": as_of, "today": as_of.date()})
    return [AskedTally._make(row) for row in rows]
