"""One risk, issue or dependency, with everything that happened to it."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import RaidState
from governance.models import ProviderConfirmation, RaidChange, RaidItem
from governance.pages.looks import Look
from governance.pages.raid import RaidRow, raid_row
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat
from governance.permissions.areas.raid import CONFIRM_DEPENDENCY, may_change_item

CLOSED = Look(gettext_lazy("Closed"), "check", "quiet")
NOTED = Look(gettext_lazy("Open"), "pencil", "quiet")
SAID = Look(gettext_lazy("Provider's word"), "signature", "good")


@dataclass(frozen=True, slots=True)
class RaidEvent:
    """One thing that happened to an item."""

    at: datetime
    text: str
    note: str
    name: str
    look: Look


@dataclass(frozen=True, slots=True)
class RaidPage:
    """An item with everything that happened to it, the newest first."""

    row: RaidRow
    events: list[RaidEvent]
    answer: str
    may_change: bool
    may_confirm: bool
    trail: list[Step]


def raid_page(item: RaidItem, *, seat: Seat, at: datetime) -> RaidPage:
    """Return an item with its changes and its provider's words."""
    rows = RaidItem.objects.filter(pk=item.pk, project=seat.project).with_word()
    row = raid_row(rows.select_related("owner", "project").get(), at=at)
    above = Step(
        _("Risks and issues"), reverse("governance:raid-list", args=[seat.project.public_id])
    )
    return RaidPage(
        row=row,
        events=_events(item),
        answer=_answer(row),
        may_change=may_change_item(seat, item),
        may_confirm=row.is_open and row.word is not None and CONFIRM_DEPENDENCY.allows(seat),
        trail=trail_of(seat.project, above, row.item.code),
    )


def _answer(row: RaidRow) -> str:
    """Return how it stands, whose it is, and what the provider said."""
    owner = row.owner if row.owned else ""
    terms = {"kind": row.kind, "age": row.age, "who": owner or _("nobody yet")}
    if not row.is_open:
        return _("%(kind)s, closed.") % terms
    if row.overdue:
        first = _("%(kind)s, overdue, open for %(age)s; owned by %(who)s.") % terms
    else:
        first = _("%(kind)s, open for %(age)s; owned by %(who)s.") % terms
    if row.word is None:
        return first
    if row.promised is None:
        return f"{first} {_('Its provider has not confirmed it.')}"
    said = _("Its provider promised %(day)s.") % {"day": date_format(row.promised, "j M Y")}
    return f"{first} {said}"


def _events(item: RaidItem) -> list[RaidEvent]:
    changes = RaidChange.objects.filter(project=item.project_id, item=item).select_related(
        "changed_by"
    )
    words = ProviderConfirmation.objects.filter(project=item.project_id, item=item).select_related(
        "noted_by"
    )
    events = [
        RaidEvent(
            at=row.changed_at,
            text=row.note,
            note="",
            name=row.changed_by.name,
            look=CLOSED if row.state == RaidState.CLOSED else NOTED,
        )
        for row in changes
    ]
    events += [
        RaidEvent(
            at=row.confirmed_at,
            text=_("%(name)s confirmed: it comes by %(day)s.")
            % {"name": row.confirmed_by, "day": date_format(row.promised_date, "j M Y")},
            note=row.note,
            name=row.noted_by.name,
            look=SAID,
        )
        for row in words
    ]
    return sorted(events, key=attrgetter("at"), reverse=True)
