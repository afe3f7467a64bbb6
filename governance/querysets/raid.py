"""Risks, issues and dependencies, and the business calendar."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

from django.apps import apps
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When

from governance.choices import CalendarKind, Level, RaidKind, RaidState
from governance.querysets.facts import ImportedQuerySet

if TYPE_CHECKING:
    from governance.models import CalendarEntry, RaidItem, User  # noqa: F401

FRESH_DAYS = 7
"""How long a provider's word counts close to go-live (GO-13)."""
CUTOVER_DAYS = 2
"""A cutover takes up to 48 hours before go-live; so long the business looks after it, too."""
CALENDAR_DAYS = 92
"""How far around go-live a calendar has to know any days to be a calendar at all."""
_RANKS = {Level.HIGH: 3, Level.MEDIUM: 2, Level.LOW: 1}


def cutover_of(go_live: date) -> tuple[date, date]:
    """Return the first and the last day of the cutover around a go-live."""
    return go_live - timedelta(days=CUTOVER_DAYS), go_live + timedelta(days=CUTOVER_DAYS)


def _rank(field: str) -> Case:
    whens = [When(**{field: level}, then=Value(rank)) for level, rank in _RANKS.items()]
    return Case(*whens, default=Value(2), output_field=IntegerField())


class RaidTally(NamedTuple):
    """How many items there are, of which kind, owned by nobody, and overdue."""

    number: int
    risks: int
    issues: int
    dependencies: int
    unowned: int
    overdue: int


class RaidQuerySet(ImportedQuerySet["RaidItem"]):
    """Select risks, issues and dependencies."""

    def waiting(self) -> Self:
        """Keep those that are open."""
        return self.filter(state=RaidState.OPEN)

    def closed(self) -> Self:
        """Keep those that are closed."""
        return self.filter(state=RaidState.CLOSED)

    def of_kind(self, kind: str) -> Self:
        """Keep the risks, the issues or the dependencies."""
        return self.filter(kind=kind)

    def owned_by(self, user: "User") -> Self:
        """Keep those that an account owns."""
        return self.filter(owner=user)

    def unowned(self) -> Self:
        """Keep those that nobody in the project owns by name."""
        return self.filter(owner__isnull=True)

    def severe(self) -> Self:
        """Keep those of high impact that are not improbable."""
        return self.filter(impact=Level.HIGH).exclude(probability=Level.LOW)

    def overdue_on(self, day: date) -> Self:
        """Keep those whose date has passed on a day."""
        return self.filter(due_date__lt=day)

    def saying(self, words: str) -> Self:
        """Keep those with these words in them."""
        named = Q(code__icontains=words) | Q(title__icontains=words) | Q(detail__icontains=words)
        return self.filter(named | Q(provider__icontains=words) | Q(owner_text__icontains=words))

    def with_word(self) -> Self:
        """Add the provider's newest word: `said_at` and `promised`."""
        words = apps.get_model("governance", "ProviderConfirmation").objects
        newest = words.filter(item=OuterRef("pk")).order_by("-confirmed_at", "-pk")
        return self.annotate(
            said_at=Subquery(newest.values("confirmed_at")[:1]),
            promised=Subquery(newest.values("promised_date")[:1]),
        )

    def not_confirmed(self) -> Self:
        """Keep the open dependencies without a date, without a word, or promised too late."""
        late = Q(promised__isnull=True) | Q(promised__gt=F("due_date"))
        open_ones = self.waiting().of_kind(RaidKind.DEPENDENCY).with_word()
        return open_ones.filter(late | Q(due_date__isnull=True))

    def stale_at(self, as_of: datetime) -> Self:
        """Keep the open dependencies that nobody confirmed within the last seven days."""
        since = as_of - timedelta(days=FRESH_DAYS)
        open_ones = self.waiting().of_kind(RaidKind.DEPENDENCY).with_word()
        return open_ones.filter(Q(said_at__isnull=True) | Q(said_at__lt=since))

    def tally(self, *, day: date) -> RaidTally:
        """Count them, and those whose date has passed on a day."""
        return RaidTally(
            **self.aggregate(
                number=Count("pk"),
                risks=Count("pk", filter=Q(kind=RaidKind.RISK)),
                issues=Count("pk", filter=Q(kind=RaidKind.ISSUE)),
                dependencies=Count("pk", filter=Q(kind=RaidKind.DEPENDENCY)),
                unowned=Count("pk", filter=Q(owner__isnull=True)),
                overdue=Count("pk", filter=Q(due_date__lt=day)),
            )
        )

    def most_pressing_first(self) -> Self:
        """Order by impact times probability, then by the date they are needed by."""
        ranked = self.annotate(weight=_rank("impact") * _rank("probability"))
        return ranked.order_by("-weight", F("due_date").asc(nulls_last=True), "raised_at", "pk")

    def newest_first(self) -> Self:
        """Order by the moment they were raised, the newest first."""
        return self.order_by("-raised_at", "-pk")


class CalendarQuerySet(ImportedQuerySet["CalendarEntry"]):
    """Select days of the business calendar."""

    def holidays(self) -> Self:
        """Keep the days on which nobody works, but for those taken out of the calendar again."""
        return self.filter(kind=CalendarKind.HOLIDAY, end__isnull=True)

    def standing(self) -> Self:
        """Keep the days that nobody took out of the calendar again."""
        return self.filter(end__isnull=True)

    def touching(self, first: date, last: date) -> Self:
        """Keep the days that have one between two days, both of them included."""
        return self.filter(from_date__lte=last, to_date__gte=first)

    def ending_from(self, day: date) -> Self:
        """Keep what is not over before a day."""
        return self.filter(to_date__gte=day)

    def over_before(self, day: date) -> Self:
        """Keep what is over before a day."""
        return self.filter(to_date__lt=day)

    def in_order(self) -> Self:
        """Order by the calendar."""
        return self.order_by("from_date", "to_date", "pk")
