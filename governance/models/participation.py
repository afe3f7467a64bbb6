"""Requests for named people to train or to test, and what their manager answered by name."""

from django.db import models
from django.db.models import F, Q

from governance.choices import ParticipationPurpose, PersonReply
from governance.models.accounts import User
from governance.models.base import AppendOnly, Fact
from governance.models.people import Department, Person
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import FactQuerySet, PeopleRequestQuerySet


class ParticipationRequest(AppendOnly, Fact):
    """A department's manager is asked to release named people for training or testing.

    `answer_due_at` is when silence escalates itself. Source: mission row C3.
    """

    business_actor_fields = ("manager", "asked_by")

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=ParticipationPurpose)
    from_date = models.DateField()
    to_date = models.DateField()
    note = models.TextField(blank=True)
    answer_due_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    objects = PeopleRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("people_request"),
            *of_one_project("people_request", "department"),
            models.CheckConstraint(
                condition=Q(to_date__gte=F("from_date")), name="people_are_wanted_from_until"
            ),
            models.CheckConstraint(
                condition=Q(answer_due_at__gt=F("asked_at")), name="an_answer_is_due_after_asking"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_id}: {self.purpose}"


class RequestedPerson(AppendOnly, Fact):
    """One person whom a request names."""

    request = models.ForeignKey(
        ParticipationRequest, on_delete=models.PROTECT, related_name="people"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = FactQuerySet["RequestedPerson"].as_manager()

    class Meta:
        constraints = [
            parent_of("requested_person"),
            *of_one_project("requested_person", "request", "person"),
            models.UniqueConstraint(
                fields=["request", "person"], name="a_request_names_a_person_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.person_id}"


class PersonAnswer(AppendOnly, Fact):
    """The manager releases a person or refuses to; the newest row counts."""

    business_actor_fields = ("answered_by",)

    requested = models.ForeignKey(RequestedPerson, on_delete=models.PROTECT, related_name="answers")
    reply = models.CharField(max_length=10, choices=PersonReply)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    objects = FactQuerySet["PersonAnswer"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("person_answer", "requested"),
            models.CheckConstraint(
                condition=~Q(reply=PersonReply.REFUSED) | ~Q(reason=""),
                name="somebody_is_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requested_id}: {self.reply}"
