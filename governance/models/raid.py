"""Risks, issues and dependencies on others, and the business calendar."""

from django.db import models
from django.db.models import F, Q

from governance.choices import CalendarKind, Level, RaidKind, RaidState
from governance.models.accounts import User
from governance.models.base import AppendOnly, Fact, Imported
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import CalendarQuerySet, FactQuerySet, RaidQuerySet


class RaidItem(Imported, Fact):
    """A risk, an issue or a dependency on somebody outside; `state` is its newest change's.

    A dependency names its `provider` and by when it is needed (`due_date`).
    """

    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=RaidKind)
    title = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    impact = models.CharField(max_length=8, choices=Level, blank=True)
    probability = models.CharField(max_length=8, choices=Level, blank=True)
    mitigation = models.TextField(blank=True)
    provider = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_text = models.CharField(
        max_length=200, blank=True, help_text="The owner as a file names it: often a role."
    )
    state = models.CharField(max_length=8, choices=RaidState, default=RaidState.OPEN)
    raised_by = models.CharField(max_length=200, blank=True)
    raised_at = models.DateTimeField()
    due_date = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)

    objects = RaidQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("raid"),
            *of_one_project("raid", clients=("owner", "import_run")),
            models.UniqueConstraint(
                fields=["project", "code", "edition"], name="a_project_names_a_raid_item_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class RaidChange(AppendOnly, Fact):
    """What became of a risk, an issue or a dependency."""

    item = models.ForeignKey(RaidItem, on_delete=models.PROTECT, related_name="changes")
    state = models.CharField(max_length=8, choices=RaidState)
    note = models.TextField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = FactQuerySet["RaidChange"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("raid_change", "item"),
            models.CheckConstraint(condition=~Q(note=""), name="a_raid_item_changes_with_a_note"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.state}"


class ProviderConfirmation(AppendOnly, Fact):
    """The provider of a dependency confirmed, by name, what comes and by when."""

    item = models.ForeignKey(RaidItem, on_delete=models.PROTECT, related_name="confirmations")
    promised_date = models.DateField()
    confirmed_by = models.CharField(max_length=200, help_text="The provider's person.")
    note = models.TextField(blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    objects = FactQuerySet["ProviderConfirmation"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("confirmation", "item"),
            models.CheckConstraint(
                condition=~Q(confirmed_by=""), name="a_provider_confirms_by_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.promised_date}"


class CalendarEntry(Imported, Fact):
    """Days that are no days to go live on: a holiday, a period close, a peak, a freeze."""

    kind = models.CharField(max_length=8, choices=CalendarKind)
    title = models.CharField(max_length=200)
    from_date = models.DateField()
    to_date = models.DateField()
    written_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()
    source = models.CharField(max_length=60, blank=True)

    objects = CalendarQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("calendar"),
            *of_one_project("calendar", clients=("import_run",)),
            models.UniqueConstraint(
                fields=["project", "kind", "title", "from_date", "edition"],
                name="a_calendar_names_its_days_once",
            ),
            models.CheckConstraint(
                condition=Q(to_date__gte=F("from_date")), name="days_end_after_they_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CalendarEntryEnd(AppendOnly, Fact):
    """Days that were taken out of the calendar again, and why."""

    business_actor_fields = ("ended_by",)

    entry = models.OneToOneField(CalendarEntry, on_delete=models.PROTECT, related_name="end")
    reason = models.TextField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()

    objects = FactQuerySet["CalendarEntryEnd"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("calendar_end", "entry"),
            models.CheckConstraint(
                condition=~Q(reason=""), name="days_leave_the_calendar_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}"
