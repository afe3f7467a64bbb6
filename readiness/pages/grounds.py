"""What a kept page hangs on: one small question whose answer moves whenever the page would."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from governance.models import Project, User
from governance.querysets.prepared import Prepared
from readiness.querysets import portfolio_ground, with_gate_ground

_COLUMNS = (
    "pk",
    "name",
    "phase",
    "mark__version",
    "mark__judged_version",
    "newest",
    "seats",
    "seen_at",
)


def ground_of_portfolio(user: User) -> str:
    """Return the ground of the portfolio as an account sees it."""
    return portfolio_ground(user_id=user.pk)


def ground_of_gate(user: User, project: UUID) -> str | None:
    """Return the ground of a project's gate page; None where the account may not look."""
    if user.works_for_id is None:
        return None
    rows = _gates[user.administers_projects].rows(
        public_id=project, organisation_id=user.works_for_id, user_id=user.pk
    )
    return repr(rows[0]) if rows else None


def _gate(*, is_administrator: bool) -> Prepared:
    def build(public_id: UUID, organisation_id: int, user_id: int) -> "QuerySet[Project, Any]":
        asking = User(
            pk=user_id, organisation_id=organisation_id, is_administrator=is_administrator
        )
        reached = Project.objects.visible_to(asking).filter(public_id=public_id)
        return with_gate_ground(reached, user_id=user_id).values_list(*_COLUMNS)

    return Prepared(build, public_id=UUID(int=1), organisation_id=-2, user_id=-1)


_gates = {each: _gate(is_administrator=each) for each in (False, True)}
