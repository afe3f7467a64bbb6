"""One account as its administrator sees it: its roles, what it can do, what happened."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import (
    AuthenticatorReset,
    BusinessProcess,
    Participation,
    Project,
    User,
)
from governance.pages.people import roles_in_words, seen_at_of
from governance.pages.security_log import EventRow, events_for, row_of
from governance.pages.tokens import TokenRow, token_rows
from governance.pages.trail import Step
from governance.permissions import Seat, seats_of
from governance.permissions.act import Act, Door
from governance.permissions.table import policy

EVENTS_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Ability:
    """What an account can do in some projects alike, beyond looking, by area."""

    projects: list[Project]
    areas: list[tuple[str, list[Act]]]
    looks: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account of the own organisation."""

    account: User
    answer: str
    trail: list[Step]
    has_factor: bool
    seen_at: datetime | None
    roles: list[Participation]
    past: list[Participation]
    abilities: list[Ability]
    owned: list[BusinessProcess]
    tokens: list[TokenRow]
    events: list[EventRow]
    hold: AuthenticatorReset | None


def account_page(account: User, *, viewer: User, at: datetime) -> AccountPage:
    """Return what an administrator sees of an account; `with_standing` came before."""
    held = Participation.objects.administered_by(viewer).of_user(account)
    fetched = held.select_related("project", "given_by", "ended_by").newest_first()
    roles = [row for row in fetched if row.ended_at is None]
    projects = list(Project.objects.visible_to(viewer).order_by("name", "pk"))
    events = events_for(viewer).about(account).newest_first()[:EVENTS_SHOWN]
    resets = AuthenticatorReset.objects.of_account(account).holding_at(at)
    return AccountPage(
        account=account,
        answer=_answer(account, roles),
        trail=[
            Step(_("Accounts"), reverse("governance:account-list")),
            Step(account.name),
        ],
        has_factor=bool(getattr(account, "has_factor", False)),
        seen_at=seen_at_of(account),
        roles=roles,
        past=[row for row in fetched if row.ended_at is not None],
        abilities=abilities_of(account, projects=projects),
        owned=_owned(account, projects),
        tokens=[row for row in token_rows(account, at=at) if row.usable],
        events=[row_of(event) for event in events],
        hold=resets.select_related("reset_by").order_by("holds_until").last(),
    )


def abilities_of(account: User, *, projects: list[Project]) -> list[Ability]:
    """Return, out of the policy table, what an account can do in each project it reaches."""
    if not account.is_active:
        return []
    acts = {rule.act.key: rule.act for rule in policy().values() if rule.act.door is Door.PROJECT}
    found = [_ability(seat, list(acts.values())) for seat in seats_of(account, projects=projects)]
    alike: dict[str, Ability] = {}
    for each in found:
        if each.looks or each.areas:
            same = alike.setdefault(repr([act.key for area in each.areas for act in area[1]]), each)
            if same is not each:
                same.projects.extend(each.projects)
    return list(alike.values())


def _ability(seat: Seat, acts: list[Act]) -> Ability:
    areas: defaultdict[str, list[Act]] = defaultdict(list)
    looks = False
    for act in acts:
        if act.allows(seat):
            looks = looks or act.asks_no_role
            if not act.asks_no_role:
                areas[str(act.area.label)].append(act)
    return Ability([seat.project], list(areas.items()), looks)


def _owned(account: User, projects: list[Project]) -> list[BusinessProcess]:
    """Return the processes that wait for the account: it owns them or stands in."""
    rows = BusinessProcess.objects.accountable().owned_by(account).filter(project__in=projects)
    return list(rows.select_related("project").order_by("project__name", "code", "pk"))


def _answer(account: User, roles: list[Participation]) -> str:
    if not account.is_active:
        return _("This account is closed. What it signed stays; it opens nothing.")
    if account.is_administrator:
        return _("Administers accounts.")
    if not roles:
        return _("Takes part in no upgrade yet.")
    return "; ".join(roles_in_words(roles)) + "."
