"""Escalations and each step they took on the ladder."""

from django.db import models
from django.db.models import F, Q

from governance.choices import EscalationAct, EscalationCause, Rung
from governance.models.accounts import User
from governance.models.base import AppendOnly, Fact
from governance.models.decisions import Decision
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import EscalationQuerySet, FactQuerySet


class Escalation(AppendOnly, Fact):
    """Something that somebody above has to answer.

    `raised_by` is empty where a condition escalated itself. Who raised one is seen by the
    addressee and those above alone: its entry in the record says `seal`, a SHA-256 over
    `salt` and the account, so that it can be proved later and read by nobody before. `key`
    names a condition, so that it escalates once.
    """

    subject_noun = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=100)
    subject_title = models.CharField(max_length=400)
    cause = models.CharField(max_length=20, choices=EscalationCause)
    key = models.CharField(max_length=200)
    reason = models.TextField()
    raised_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    salt = models.CharField(max_length=64, blank=True)
    raised_at = models.DateTimeField()

    objects = EscalationQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("escalation"),
            *of_one_project("escalation"),
            models.UniqueConstraint(
                fields=["project", "key"], name="a_condition_escalates_itself_once"
            ),
            models.CheckConstraint(
                condition=~Q(cause=EscalationCause.BY_HAND) | Q(raised_by__isnull=False),
                name="somebody_escalates_by_hand",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_escalation_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.subject_title


class EscalationStep(AppendOnly, Fact):
    """One step of an escalation: to whom it went, or how it was answered; the newest counts.

    `due_at` is when an addressee's clock runs out, in working hours of the project's
    calendar. `by` is empty where the product itself moved it on.
    """

    business_actor_fields = ("addressee",)

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=10, choices=EscalationAct)
    rung = models.CharField(max_length=20, choices=Rung)
    addressee = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(blank=True)
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()

    objects = FactQuerySet["EscalationStep"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("step_up", "escalation", "decision"),
            models.UniqueConstraint(
                fields=["escalation", "number"], name="steps_of_an_escalation_are_numbered"
            ),
            models.CheckConstraint(
                condition=~Q(act__in=("ANSWERED", "DECIDED", "PASSED_ON")) | ~Q(text=""),
                name="an_answer_to_an_escalation_says_something",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True)
                | Q(act="ANSWERED")
                | Q(act="DECIDED")
                | Q(addressee__isnull=True)
                | ~Q(by=F("addressee")),
                name="nobody_escalates_to_themselves",
            ),
        ]
        indexes = [models.Index(fields=["addressee", "due_at"], name="step_by_addressee")]

    def __str__(self) -> str:
        return f"{self.escalation_id}/{self.number} {self.act}"
