"""What an act is: the words for it, the door it has, and whose seat may do it."""

from dataclasses import dataclass
from enum import Enum, auto

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.choices import Role
from governance.models import User
from governance.permissions.seats import ALL_ROLES, Seat

Words = str | Promise
NOT_YOURS = _("Your role in this project does not do that.")


class Door(Enum):
    """Say what an act asks of whoever wants to do it."""

    PUBLIC = auto()
    SIGNED_IN = auto()
    ADMINISTRATOR = auto()
    PROJECT = auto()


class Area(TextChoices):
    """Name the part of the product that an act belongs to."""

    GATE = "GATE", _("Gate and risks")
    SIGN_OFF = "SIGN_OFF", _("Sign-off")
    DECISIONS = "DECISIONS", _("Decisions")
    GO_LIVE = "GO_LIVE", _("Go-live")
    TESTING = "TESTING", _("Testing")
    TRAINING = "TRAINING", _("Training")
    REPORTS = "REPORTS", _("Reports")
    IMPORTS = "IMPORTS", _("Imports")
    ACCOUNTS = "ACCOUNTS", _("Accounts")
    REST = "REST", _("REST interface")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody may do, and who.

    `roles` are those of the client's own accounts, and of a partner's where `partner` says so;
    `administrators` are the client's, whatever role they hold. `narrower` says what beyond the
    role has to be true of the row; the view looks at that itself.
    """

    key: str
    area: Area
    words: Words
    door: Door = Door.PROJECT
    roles: frozenset[str] = frozenset()
    partner: bool = False
    administrators: bool = False
    narrower: Words = ""
    refusal: Words = NOT_YOURS

    @property
    def asks_no_role(self) -> bool:
        """Say whether everybody who reaches the project may do it."""
        return self.partner and self.administrators and self.roles == ALL_ROLES

    @property
    def held_by(self) -> frozenset[str]:
        """Return the roles that may; a consultant's is a partner's account."""
        if self.door is Door.PROJECT:
            return self.roles if self.partner else self.roles - {Role.CONSULTANT}
        return frozenset() if self.door is Door.ADMINISTRATOR else ALL_ROLES

    @property
    def is_for_administrators(self) -> bool:
        """Say whether a client's administrator may, whatever role the account holds."""
        return self.administrators or self.door is not Door.PROJECT

    @property
    def is_for_partners(self) -> bool:
        """Say whether a partner's account may, as a consultant or as its administrator."""
        return self.partner or self.door in (Door.PUBLIC, Door.SIGNED_IN)

    def allows(self, seat: Seat) -> bool:
        """Say whether the roles of a seat are among those that may; runs no query."""
        if seat.is_business and self.administrators and seat.user.is_administrator:
            return True
        may = seat.is_business or (self.partner and seat.user.is_partner)
        return may and not self.roles.isdisjoint(seat.roles)

    def allows_account(self, user: User) -> bool:
        """Say whether an account may that is in no project; runs no query."""
        if self.door is Door.ADMINISTRATOR:
            return user.is_administrator and (self.partner or not user.is_partner)
        return self.door is not Door.PROJECT
