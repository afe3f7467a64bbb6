"""The accounts that an administrator keeps, the open invitations and the consultants."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import AccountState
from governance.forms.people import WantedAccounts
from governance.models import Invitation, Participation, Project, User
from governance.pages.amounts import amount_text

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account of the own organisation, with the roles it holds now."""

    account: User
    has_factor: bool
    seen_at: datetime | None
    roles: list[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of accounts in a state, and what leads to them."""

    number: int
    words: str
    state: str


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that waits; `is_open` while its link works."""

    invitation: Invitation
    is_open: bool


@dataclass(frozen=True, slots=True)
class AccountList:
    """What an administrator keeps."""

    rows: list[AccountRow]
    page: "Page[User]"
    found: str
    answer: str
    figures: list[Figure]
    invitations: list[InvitationRow]
    consultants: list[Participation]

    @property
    def partners_people(self) -> str:
        """Return how many people of partners take part."""
        number = len({role.user_id for role in self.consultants})
        return ngettext(
            "%(number)s person of a partner takes part",
            "%(number)s people of partners take part",
            number,
        ) % {"number": amount_text(number)}


def account_list(user: User, *, wanted: WantedAccounts, number: str, at: datetime) -> AccountList:
    """Return one page of the accounts that fit, by name, and whoever else takes part."""
    own = User.objects.administered_by(user).with_standing()
    fitting = own
    if wanted.words:
        fitting = fitting.named_like(wanted.words)
    if wanted.state:
        fitting = fitting.in_state(wanted.state)
    if wanted.project is not None:
        fitting = fitting.taking_part_in(wanted.project)
    page = Paginator(fitting.by_name(), ROWS_ON_A_PAGE).get_page(number)
    count = page.paginator.count
    waiting = invitation_rows(user, at=at)
    figures = _figures(own.tally()._asdict())
    return AccountList(
        rows=_account_rows(list(page), user),
        page=page,
        found=ngettext("%(number)s found", "%(number)s found", count)
        % {"number": amount_text(count)},
        answer=_answer(figures, waiting),
        figures=[each for each in figures[1:] if each.number],
        invitations=waiting,
        consultants=consultants_of(user),
    )


def own_projects(user: User) -> list[Project]:
    """Return the projects that an administrator may give roles in, or look for."""
    return list(Project.objects.visible_to(user).order_by("name", "pk"))


def invitation_rows(user: User, *, at: datetime) -> list[InvitationRow]:
    """Return the invitations that wait, the newest first; the too old ones among them."""
    rows = Invitation.objects.visible_to(user).waiting().newest_first()
    fetched = rows.select_related("project", "invited_by")
    return [InvitationRow(each, each.expires_at > at) for each in fetched]


def consultants_of(user: User) -> list[Participation]:
    """Return the partners' accounts that take part in a client's projects; none for a partner."""
    if user.is_partner:
        return []
    roles = Participation.objects.administered_by(user).current().of_partners()
    fetched = roles.select_related("user__organisation", "project", "given_by")
    return list(fetched.order_by("project__name", "user__name", "pk"))


def roles_in_words(roles: Iterable[Participation]) -> list[str]:
    """Return each role once: with the upgrade it is held in, or in how many of them."""
    held: defaultdict[str, list[Participation]] = defaultdict(list)
    for row in roles:
        held[row.role].append(row)
    return [_role_words(rows) for rows in held.values()]


def _role_words(rows: list[Participation]) -> str:
    role = rows[0].get_role_display()
    if len(rows) == 1:
        return _("%(role)s: %(project)s") % {"role": role, "project": rows[0].project.name}
    return _("%(role)s in %(number)s upgrades") % {"role": role, "number": len(rows)}


def seen_at_of(account: User) -> datetime | None:
    """Return when an account was seen last; `with_standing` came before."""
    moments = [account.last_login, getattr(account, "session_seen_at", None)]
    return max((each for each in moments if each is not None), default=None)


def _account_rows(accounts: Iterable[User], user: User) -> list[AccountRow]:
    """Return the rows with their roles, which one query fetches."""
    listed = list(accounts)
    held = Participation.objects.administered_by(user).current().filter(user__in=listed)
    roles: defaultdict[int, list[Participation]] = defaultdict(list)
    for row in held.select_related("project").order_by("project__name", "role", "pk"):
        roles[row.user_id].append(row)
    return [
        AccountRow(
            account,
            bool(getattr(account, "has_factor", False)),
            seen_at_of(account),
            roles_in_words(roles[account.pk]),
        )
        for account in listed
    ]


def _figures(tally: dict[str, int]) -> list[Figure]:
    return [
        Figure(tally[state.value.lower()], _words(state, tally[state.value.lower()]), state.value)
        for state in AccountState
    ]


def _words(state: AccountState, number: int) -> str:
    """Return what so many accounts are, in words that follow the number."""
    terms = {"number": number}
    words = {
        AccountState.ACTIVE: ngettext("open account", "open accounts", number),
        AccountState.CLOSED: ngettext("closed account", "closed accounts", number),
        AccountState.ADMINISTRATOR: ngettext("administrator", "administrators", number),
        AccountState.NO_FACTOR: _("without a second factor"),
        AccountState.NEVER_SEEN: _("never signed in"),
    }
    return words[state] % terms


def _answer(figures: list[Figure], waiting: list[InvitationRow]) -> str:
    accounts = figures[0].number
    first = ngettext(
        "%(number)s open account of your organisation.",
        "%(number)s open accounts of your organisation.",
        accounts,
    ) % {"number": amount_text(accounts)}
    number = sum(row.is_open for row in waiting)
    if not number:
        return first
    second = ngettext(
        "%(number)s invitation waits for an answer.",
        "%(number)s invitations wait for an answer.",
        number,
    ) % {"number": amount_text(number)}
    return f"{first} {second}"
