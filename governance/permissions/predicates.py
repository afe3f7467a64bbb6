"""One question per act, for whoever has a seat or a row at hand; none of them runs a query.

Those that depend on a row are the narrower second look, after the act of the address.
"""

from collections.abc import Collection
from datetime import datetime

from governance.choices import Role
from governance.models import BusinessProcess, Decision, ParticipationRequest, Project, User
from governance.permissions import acts
from governance.permissions.seats import Seat, seat_of


def may_record_runs(seat: Seat) -> bool:
    """Everybody who works in the project records runs; a partner's are never counted."""
    return acts.RECORD_RUNS.allows(seat)


def may_import(seat: Seat) -> bool:
    """Files of facts come in through the client's own leads, never through a partner."""
    return acts.IMPORT_FILES.allows(seat)


def may_import_into(user: User, *, project: Project | None) -> bool:
    """Say whether an account may import into a project; into none, whether it may make them.

    Asks for the roles held now, by one query where a project is named.
    """
    if project is None:
        return acts.IMPORT_PORTFOLIO.allows_account(user)
    return may_import(seat_of(user, project=project))


def may_raise(seat: Seat) -> bool:
    """Everybody who works in the project raises decisions and writes assumptions down."""
    return acts.RAISE.allows(seat)


def may_decide(seat: Seat, decision: Decision) -> bool:
    """The named decider decides; where nobody is named, an executive does."""
    if decision.decider_id is None:
        return seat.is_executive
    return seat.is_business and decision.decider_id == seat.user.pk


def may_rule(seat: Seat, processes: Collection[BusinessProcess]) -> bool:
    """An owner of a process that rests on the assumption rules on it; else an executive.

    `processes` are the accountable ones; without any owner an executive rules.
    """
    owners = {pk for process in processes for pk in (process.owner_id, process.deputy_id) if pk}
    if owners:
        return seat.is_business and seat.user.pk in owners
    return seat.is_executive


def may_appoint(seat: Seat) -> bool:
    """The sponsor, the steering and the project manager name owners and deputies."""
    return acts.APPOINT.allows(seat)


def may_move_date(seat: Seat) -> bool:
    """Only executives of the client move the go-live date, by a decision."""
    return acts.MOVE_DATE.allows(seat)


def may_sign(
    seat: Seat, process: BusinessProcess, *, delegates: Collection[int | None] = ()
) -> bool:
    """The owner, the deputy or a delegate of the process signs or refuses its evidence.

    `delegates` are the accounts that may sign in their place now.
    """
    return seat.is_business and seat.user.pk in {process.owner_id, process.deputy_id, *delegates}


def may_delegate(seat: Seat) -> bool:
    """Only the client's sponsor lets somebody sign in an owner's place."""
    return acts.DELEGATE.allows(seat)


def may_report_metric(seat: Seat, accountable_roles: Collection[str]) -> bool:
    """Whoever answers for a criterion reports its figure, and so may the project manager."""
    return seat.holds({*accountable_roles, Role.PROJECT_MANAGER})


def may_report_status(seat: Seat) -> bool:
    """The project manager and the executives report how they see the project."""
    return acts.REPORT_STATUS.allows(seat)


def may_ask_for_acceptance(seat: Seat) -> bool:
    """Everybody of the client who works in the project asks for a risk to be accepted."""
    return acts.ASK_FOR_ACCEPTANCE.allows(seat)


def may_accept_risk(seat: Seat) -> bool:
    """Only the client's sponsor and steering members accept a risk."""
    return acts.ACCEPT_RISK.allows(seat)


def may_answer_for_people(seat: Seat, request: ParticipationRequest, *, at: datetime) -> bool:
    """The manager of the department answers; an executive, once that is overdue or nobody can.

    The request comes with its department and the department's manager.
    """
    manager = request.department.manager
    if seat.is_business and manager is not None and manager.pk == seat.user.pk:
        return True
    is_open = manager is None or not manager.is_active or request.answer_due_at <= at
    return seat.is_executive and is_open
