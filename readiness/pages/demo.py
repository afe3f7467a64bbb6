"""The roles that somebody may try with one click, in demo mode and nowhere else."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from governance.choices import Role
from governance.models import User

ROLE_ORDER = {role: position for position, role in enumerate(Role.values)}


@dataclass(frozen=True, slots=True)
class DemoRole:
    """One account of the demo as a button."""

    account: str
    title: str
    name: str
    organisation: str
    position: int


def demo_accounts() -> QuerySet[User]:
    """Return the demo's accounts; none outside demo mode."""
    if not settings.DEMO_MODE:
        return User.objects.none()
    return User.objects.filter(is_demo=True, is_active=True)


def demo_roles() -> list[DemoRole]:
    """Return one button per account of the demo, executives first."""
    accounts = demo_accounts().select_related("organisation").prefetch_related("participations")
    return sorted((_role(account) for account in accounts), key=lambda role: role.position)


def _role(account: User) -> DemoRole:
    held = sorted(
        {each.role for each in account.participations.all() if each.ended_at is None},
        key=ROLE_ORDER.__getitem__,
    )
    title = ", ".join(str(Role(role).label) for role in held) or _("No role yet")
    return DemoRole(
        account=str(account.public_id),
        title=title,
        name=account.name,
        organisation=account.organisation.name,
        position=ROLE_ORDER[held[0]] if held else len(ROLE_ORDER),
    )
