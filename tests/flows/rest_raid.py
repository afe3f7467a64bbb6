"""A dependency and a day of the calendar for the walk over the REST interface."""

from governance.choices import CalendarKind, RaidKind
from governance.models import CalendarEntry, Project, ProviderConfirmation, RaidItem, User
from tests.factories import NOW


def add_raid(project: Project, actor: User, mark: str) -> None:
    """Write a dependency with its provider's word, and a period close."""
    scope = {"organisation_id": project.organisation_id, "project": project}
    item = RaidItem.objects.create(
        **scope,
        code="X-1",
        kind=RaidKind.DEPENDENCY,
        title=mark,
        provider=mark,
        owner=actor,
        owner_text=mark,
        raised_at=NOW,
        due_date=NOW.date(),
    )
    ProviderConfirmation.objects.create(
        **scope,
        item=item,
        promised_date=NOW.date(),
        confirmed_by=mark,
        noted_by=actor,
        confirmed_at=NOW,
    )
    CalendarEntry.objects.create(
        **scope,
        kind=CalendarKind.CLOSE,
        title=mark,
        from_date=NOW.date(),
        to_date=NOW.date(),
        written_by=actor,
        written_at=NOW,
    )
