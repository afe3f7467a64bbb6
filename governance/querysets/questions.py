"""Decisions and assumptions as questions: which of them wait, for whom, and for how long."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet

from governance.choices import Affiliation, DependentKind
from governance.querysets.facts import ImportedQuerySet

if TYPE_CHECKING:
    from governance.models import (  # noqa: F401
        Assumption,
        BusinessProcess,
        Decision,
        DecisionOutcome,
        User,
    )

RowT_co = TypeVar("RowT_co", bound=models.Model, covariant=True)


class WaitingTally(NamedTuple):
    """How many questions there are, since when the oldest, and how many are overdue."""

    number: int
    oldest: datetime | None
    overdue: int


class QuestionQuerySet(ImportedQuerySet[RowT_co]):
    """Select questions.

    `answers` are their rows of answers, `side` says for whom somebody raised one, and words are
    looked for where it is `said_in`.
    """

    answers: ClassVar[str]
    side: ClassVar[str]
    said_in: ClassVar[tuple[str, ...]]

    def waiting(self) -> Self:
        """Keep those that nobody has answered."""
        return self.filter(**{f"{self.answers}__isnull": True})

    def answered(self) -> Self:
        """Keep those that somebody has answered."""
        return self.exclude(**{f"{self.answers}__isnull": True})

    def overdue_on(self, day: date) -> Self:
        """Keep those whose date has passed on a day."""
        return self.filter(due_date__lt=day)

    def by_partner(self) -> Self:
        """Keep those that a partner raised."""
        return self.filter(**{self.side: Affiliation.PARTNER})

    def saying(self, words: str) -> Self:
        """Keep those with these words in them."""
        fits = Q()
        for name in self.said_in:
            fits |= Q(**{f"{name}__icontains": words})
        return self.filter(fits)

    def holding_up(self, process: "BusinessProcess") -> Self:
        """Keep those that an accountable process, or one below it, waits for."""
        return self.filter(blocked_processes__accountable=process).distinct()

    def most_pressing_first(self) -> Self:
        """Order by the date they are needed by, then by age."""
        return self.order_by(F("due_date").asc(nulls_last=True), "raised_at", "pk")

    def newest_first(self) -> Self:
        """Order by the moment they were raised, the newest first."""
        return self.order_by("-raised_at", "-pk")

    def tally(self, *, day: date) -> WaitingTally:
        """Count them, and those whose date has passed on a day."""
        overdue = Count("pk", filter=Q(due_date__lt=day))
        return WaitingTally(
            **self.aggregate(number=Count("pk"), oldest=Min("raised_at"), overdue=overdue)
        )


class DecisionQuerySet(QuestionQuerySet["Decision"]):
    """Select decisions."""

    answers = "outcomes"
    side = "raised_affiliation"
    said_in = ("code", "title", "detail")

    def waiting(self) -> Self:
        """Keep those that the client has not decided and that nothing took the place of."""
        return self.filter(~Exists(_settling()), ~Exists(_successors()))

    def answered(self) -> Self:
        """Keep those that the client decided, or that another one took the place of."""
        return self.filter(Exists(_settling()) | Exists(_successors()))

    def decided(self) -> Self:
        """Keep those that the client decided and that still stand."""
        return self.filter(Exists(_settling()), ~Exists(_successors()))

    def with_successors(self) -> Self:
        """Fetch along what took their places."""
        decisions = apps.get_model("governance", "Decision").objects.all()
        return self.prefetch_related(Prefetch("superseded_by", queryset=decisions))

    def before_decision(self, decision: "Decision") -> Self:
        """Keep those that a decision waits for."""
        return self.filter(dependencies__waiting=decision)

    def after_decision(self, decision: "Decision") -> Self:
        """Keep those that wait for a decision."""
        return self.filter(waits_for__decision=decision)

    def blocking(self) -> Self:
        """Keep those without which go-live cannot happen."""
        return self.filter(blocks_go_live=True)

    def for_decider(self, user: "User", *, is_executive: bool) -> Self:
        """Keep those that fall to an account; where nobody is named, to an executive."""
        mine = Q(decider=user)
        return self.filter(mine | Q(decider__isnull=True) if is_executive else mine)


class AssumptionQuerySet(QuestionQuerySet["Assumption"]):
    """Select assumptions."""

    answers = "rulings"
    side = "made_affiliation"
    said_in = ("code", "statement")

    def made_by_party(self, account_ids: Collection[int], *, names: Collection[str]) -> Self:
        """Keep those that these accounts made, or somebody of these names at a partner."""
        named = Q(made_by__in=names, made_affiliation=Affiliation.PARTNER)
        return self.filter(Q(maker__in=account_ids) | named)

    def bearing(self, code: str) -> Self:
        """Keep those that a scenario rests on, by its code."""
        kind = DependentKind.SCENARIO
        return self.filter(dependencies__kind=kind, dependencies__code=code).distinct()

    def for_owner(self, user: "User") -> Self:
        """Keep those on which something rests that the account owns or is deputy of."""
        owned = Q(blocked_processes__accountable__owner=user)
        owned |= Q(blocked_processes__accountable__deputy=user)
        return self.filter(owned).distinct()


def _settling() -> "QuerySet[DecisionOutcome]":
    """Return the client's outcomes of a decision; a partner's, or nobody's, settles nothing."""
    outcomes = apps.get_model("governance", "DecisionOutcome").objects
    found: QuerySet[DecisionOutcome] = outcomes.filter(
        decision=OuterRef("pk"), decided_affiliation=Affiliation.CLIENT
    )
    return found


def _successors() -> "QuerySet[Decision]":
    """Return what took the place of a decision."""
    decisions = apps.get_model("governance", "Decision").objects
    found: QuerySet[Decision] = decisions.filter(supersedes=OuterRef("pk"))
    return found
