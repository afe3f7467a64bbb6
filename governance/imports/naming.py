"""Whom a file names: an account of the client by name, e-mail or role, or as somebody said.

Nobody is invented: a name that leads to nobody, or to several, waits for an answer.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from governance.choices import Role
from governance.imports.columns import Record, plain_heading
from governance.imports.dates import DateRefused, read_day, start_of
from governance.imports.importers import Context
from governance.imports.limits import Unreadable
from governance.models import Participation, User

# What to do about an owner who is not clear, and about a row without a day.
SAY_WHO = "Say who it is (option owners: name = e-mail), or give that person a role here."
NAME_A_CLIENT = "Name somebody of the client."
SAY_SINCE_WHEN = "Add a column Raised, or say one day for all rows (option on)."
SAY_THE_DAY = "Write Date: 2026-03-31 below the title, or say the day (option on)."
NOBODY = {"", "tbd", "tbc", "n a", "na", "none", "unassigned", "nobody"}


@dataclass(frozen=True, slots=True)
class Names:
    """Who goes by which plain name in a project; `told` is what the importer said."""

    known: Mapping[str, frozenset[int]]
    partners: frozenset[str]
    told: Mapping[str, str]

    @classmethod
    def of(cls, context: Context) -> "Names":
        """Return the names of a project, asked for once per file."""
        seats = Participation.objects.filter(project=context.project, ended_at__isnull=True)
        known: defaultdict[str, set[int]] = defaultdict(set)
        partners: set[str] = set()
        for seat in seats.select_related("user"):
            user: User = seat.user
            own = {plain_heading(user.name), plain_heading(user.email)}
            if user.is_partner:
                partners |= own
            elif user.is_active:
                for name in (*own, plain_heading(str(Role(seat.role).label))):
                    known[name].add(user.pk)
        told = {plain_heading(name): who for name, who in _told(context).items()}
        return cls({name: frozenset(who) for name, who in known.items()}, frozenset(partners), told)

    def owner(self, record: Record, key: str) -> int | None:
        """Return the account that a cell names; None where it is empty.

        :raises CellRefused: nobody goes by it, several do, or somebody of a partner.
        """
        said = plain_heading(record.text(key))
        if said in NOBODY:
            return None
        meant = plain_heading(self.told.get(said, said))
        found = self.known.get(meant, frozenset())
        if len(found) == 1:
            return next(iter(found))
        if meant in self.partners:
            reason, remedy = "works for a partner, who never owns", NAME_A_CLIENT
        elif found:
            reason, remedy = "could be several people of this project", SAY_WHO
        else:
            reason, remedy = "is nobody whom this project knows", SAY_WHO
        raise record.refuse(key, reason=reason, remedy=remedy)


def _told(context: Context) -> Mapping[str, str]:
    told = context.options.get("owners") or {}
    if not isinstance(told, Mapping):
        raise Unreadable("The option owners names an e-mail for each name in the file.")
    return {str(name): str(who) for name, who in told.items()}


def day_told(context: Context) -> datetime | None:
    """Return the first moment of the day that was told for rows without one.

    :raises Unreadable: it is no day.
    """
    text = str(context.options.get("on") or "")
    if not text:
        return None
    try:
        day: date = read_day(text, context.dates)
    except DateRefused as refusal:
        raise Unreadable(f"The option on {refusal.reason}. {refusal.remedy}") from refusal
    return start_of(day, zone=context.zone)


def account_told(context: Context) -> User | None:
    """Return the account that was told with the option `by`.

    :raises Unreadable: nobody who takes part in the project goes by it.
    """
    email = str(context.options.get("by") or "").strip()
    if not email:
        return None
    seats = Participation.objects.filter(
        project=context.project, ended_at__isnull=True, user__email__iexact=email
    )
    seat = seats.select_related("user").first()
    if seat is None:
        raise Unreadable(f"Nobody with the e-mail {email} takes part in this project.")
    return seat.user
