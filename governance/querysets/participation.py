"""Requests for people: which of them wait for a manager, and which were met with silence."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from governance.querysets.facts import FactQuerySet

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
        """Keep those whose answer was due by a moment, and is not whole."""
        return self.unanswered_at(as_of).late_at(as_of)

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
