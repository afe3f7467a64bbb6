"""Risks, issues, dependencies and the calendar: the acts, and which address is which."""

from django.utils.translation import gettext_lazy as _

from governance.choices import EXECUTIVE_ROLES, Role, Scope
from governance.models import RaidItem
from governance.permissions.act import Act, Area
from governance.permissions.seats import ALL_ROLES, WORKING_ROLES, Seat
from governance.permissions.table import Rule, rows, table

_FORM = "GET POST"
LEADERS = frozenset({*EXECUTIVE_ROLES, Role.PROJECT_MANAGER})

SEE_RAID = Act(
    "see_raid",
    Area.DECISIONS,
    _("See risks, issues, dependencies and the calendar"),
    roles=ALL_ROLES,
    partner=True,
    administrators=True,
)
WRITE_RAID = Act(
    "write_raid",
    Area.DECISIONS,
    _("Write a risk, an issue or a dependency down"),
    roles=WORKING_ROLES,
    partner=True,
    refusal=_("An auditor reads here. Ask somebody who works in the project to write it down."),
)
CHANGE_RAID = Act(
    "change_raid",
    Area.DECISIONS,
    _("Close a risk, an issue or a dependency, or give it to somebody"),
    roles=WORKING_ROLES,
    narrower=_("only its owner, the project manager or an executive"),
    refusal=_("Only the client's own people change risks, issues and dependencies."),
)
CONFIRM_DEPENDENCY = Act(
    "confirm_dependency",
    Area.DECISIONS,
    _("Write down what the provider of a dependency said"),
    roles=WORKING_ROLES,
    refusal=_("The client's own people ask the provider and write the answer down."),
)
KEEP_CALENDAR = Act(
    "keep_calendar",
    Area.GO_LIVE,
    _("Keep the business calendar"),
    roles=LEADERS | {Role.PROCESS_OWNER, Role.FINANCE},
    refusal=_("The project manager, an executive, an owner or finance keeps the calendar."),
)


def may_change_item(seat: Seat, item: RaidItem) -> bool:
    """Its owner changes an item; so do the project manager and an executive."""
    if not CHANGE_RAID.allows(seat):
        return False
    return item.owner_id == seat.user.pk or seat.holds(LEADERS)


_PAGES = (
    rows(SEE_RAID, "governance:raid-list", "governance:raid-detail", "governance:calendar-show"),
    rows(WRITE_RAID, "governance:raid-add", by=_FORM),
    rows(CHANGE_RAID, "governance:raid-detail", by="POST"),
    rows(CONFIRM_DEPENDENCY, "governance:raid-confirm", by=_FORM),
    rows(KEEP_CALENDAR, "governance:calendar-show", by="POST"),
    rows(KEEP_CALENDAR, "governance:calendar-end", by=_FORM),
)
_REST = (rows(SEE_RAID, "api:raid-list", "api:calendar-list", scope=Scope.READ),)
POLICY: dict[tuple[str, str], Rule] = table(*_PAGES, *_REST)
