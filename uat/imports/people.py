"""For whom a tester named in a file acted on a day: the client, a partner, or unknown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from governance.choices import Affiliation
from governance.models import Person, Project, User

RowT = TypeVar("RowT", Person, User)


@dataclass(frozen=True, slots=True)
class Tester:
    """Whom a name stands for, and for whom that person acted at the time."""

    affiliation: str
    person: Person | None = None
    account: User | None = None


@dataclass(slots=True)
class Roster:
    """The people of a project by name and by e-mail, asked for once per file.

    `otherwise` is the affiliation of names that nobody knows; only a person asking for
    the import may say something else than UNKNOWN.
    """

    otherwise: str = Affiliation.UNKNOWN
    people: dict[str, list[Person]] = field(default_factory=dict)
    partners: dict[str, list[User]] = field(default_factory=dict)

    def identify(self, name: str, *, on: date) -> Tester:
        """Return whom a name or an e-mail stands for on a day.

        Somebody counts as the client's when exactly one roster entry that was active on
        that day goes by the name, and no partner's account does; a doubt is UNKNOWN.
        """
        key = _plain(name)
        people = [person for person in self.people.get(key, []) if _is_active(person, on=on)]
        partners = self.partners.get(key, [])
        if len(people) == 1 and not partners:
            return Tester(Affiliation.CLIENT, people[0], people[0].account)
        if partners and not people:
            return Tester(Affiliation.PARTNER, None, partners[0] if len(partners) == 1 else None)
        known = key in self.people or key in self.partners
        return Tester(Affiliation.UNKNOWN if known else self.otherwise)


def roster_of(project: Project, *, otherwise: str = Affiliation.UNKNOWN) -> Roster:
    """Return everybody a file of this project may name."""
    roster = Roster(otherwise=otherwise)
    people = Person.objects.filter(project=project).select_related("account")
    for person in people:
        _enter(roster.people, person, names=(person.name, person.email, person.external_id))
    accounts = User.objects.filter(organisation__in=project.partners.all())
    for account in accounts:
        _enter(roster.partners, account, names=(account.name, account.email))
    return roster


def _enter(places: dict[str, list[RowT]], row: RowT, *, names: Iterable[str]) -> None:
    for key in {_plain(name) for name in names if name}:
        places.setdefault(key, []).append(row)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _is_active(person: Person, *, on: date) -> bool:
    joined = person.joined_date is None or person.joined_date <= on
    return joined and (person.left_date is None or on <= person.left_date)
