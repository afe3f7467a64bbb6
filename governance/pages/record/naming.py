"""What the identifiers in entries stand for: one query for each kind of row, however many."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from governance.models import (
    Assumption,
    BusinessProcess,
    Decision,
    Department,
    Participation,
    Person,
    Project,
    RequestedPerson,
    User,
)


def identifiers_in(terms: Mapping[str, Any]) -> Iterator[str]:
    """Yield the identifiers among the values of terms."""
    for value in terms.values():
        if isinstance(value, str) and _is_identifier(value):
            yield value


def names_of(identifiers: Iterable[str], *, project: Project) -> dict[str, str]:
    """Return identifier → the words for it: a person, a process, a decision, an assumption.

    Rows of other projects are not looked for; whoever is named in a record is no secret there.
    """
    wanted = set(identifiers)
    if not wanted:
        return {}
    found = _people(wanted, project)
    for rows in (
        BusinessProcess.objects.filter(project=project).only("public_id", "code", "name"),
        Decision.objects.filter(project=project).only("public_id", "code", "title"),
        Assumption.objects.filter(project=project).only("public_id", "code", "statement"),
        Department.objects.filter(project=project).only("public_id", "name"),
        Person.objects.filter(project=project).only("public_id", "name"),
    ):
        found |= {str(row.public_id): str(row) for row in rows.filter(public_id__in=wanted)}
    asked = RequestedPerson.objects.filter(project=project, public_id__in=wanted)
    pairs = asked.values_list("public_id", "person__name")
    return found | {str(public_id): name for public_id, name in pairs}


def _people(wanted: set[str], project: Project) -> dict[str, str]:
    """Return the names of the client's accounts, and of partners' that ever took part."""
    own = User.objects.filter(organisation_id=project.organisation_id, public_id__in=wanted)
    seats = Participation.objects.filter(project=project, user__public_id__in=wanted)
    pairs = own.values_list("public_id", "name").union(
        seats.values_list("user__public_id", "user__name")
    )
    return {str(public_id): name for public_id, name in pairs}


def _is_identifier(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
