"""Say who has the right to decide a question: one person, by name or by the ownership map."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from governance.choices import DecisionKind
from governance.models import BusinessProcess, Decision, Project, User
from governance.permissions.seats import STATUS_ROLES, WORKING_ROLES
from governance.services.questions import DecisionRefused
from governance.services.rights import RightOf, right_of
from governance.services.seating import holds_executive_seat, holds_seat

NO_RIGHT = RightOf(())


def decider_for(
    project: Project,
    *,
    decider: User | None,
    kind: str,
    processes: Collection[BusinessProcess],
    at: datetime,
) -> User | None:
    """Return who is to decide a new question; None stands for any executive.

    Without a name it is whoever the ownership map gives the right to.

    :raises DecisionRefused: the one named is not of the client's people here, or the map
        gives the right to somebody else.
    """
    holder = _holder(project, kind=kind, processes=processes, at=at).decider_id
    if decider is None:
        return User.objects.get(pk=holder) if holder else None
    if decider.is_partner or decider.organisation_id != project.organisation_id:
        raise DecisionRefused(_("Only somebody of the client decides."), field="decider")
    if not holds_seat(decider, project=project, roles=WORKING_ROLES):
        message = _("%(name)s does not work in this project.") % {"name": decider.name}
        raise DecisionRefused(message, field="decider")
    if holder is not None and holder != decider.pk:
        raise DecisionRefused(_others_right(holder, kind), field="decider")
    return decider


def refuse_without_right(decision: Decision, *, account: User, at: datetime) -> None:
    """Stop somebody who may not decide a question.

    :raises DecisionRefused: a partner, somebody who is not named or whose right has gone.
    """
    sentence = missing_right(decision, account=account, at=at)
    if sentence:
        raise DecisionRefused(sentence)


def missing_right(decision: Decision, *, account: User, at: datetime) -> str:
    """Return why an account may not decide a question; empty where it may."""
    if account.is_partner or account.organisation_id != decision.organisation_id:
        return _("A partner advises; only somebody of the client decides.")
    if not holds_seat(account, project=decision.project, roles=WORKING_ROLES):
        return _("Only somebody who works in this project decides here.")
    if decision.decider is not None and decision.decider_id != account.pk:
        return _("This waits for %(who)s.") % {"who": decision.decider.name}
    return _missing_on_the_map(decision, account=account, at=at)


def _missing_on_the_map(decision: Decision, *, account: User, at: datetime) -> str:
    """Return why the ownership map keeps an account from deciding; empty where it does not."""
    right = right_to(decision, at=at)
    if right.lets(account):
        return ""
    if right.is_double:
        return _(
            "By the ownership map several people decide this, so none of them does: the"
            " sponsor or the steering says first who it is."
        )
    if right.decider_id is not None:
        return _others_right(right.decider_id, decision.kind)
    if decision.decider is None:
        return _executives_only(account, decision.project)
    return ""


def may_replace(decision: Decision, *, account: User) -> bool:
    """Say whether an account may put another decision in the place of one.

    Its decider may, and so may the project manager, the sponsor and the steering.
    """
    project = decision.project
    if decision.decider_id == account.pk:
        return holds_seat(account, project=project, roles=WORKING_ROLES)
    return holds_seat(account, project=project, roles=STATUS_ROLES)


def right_to(decision: Decision, *, at: datetime) -> RightOf:
    """Return who may decide a question by the ownership map."""
    processes = decision.blocked_processes.all()
    return _holder(decision.project, kind=decision.kind, processes=list(processes), at=at)


def _executives_only(account: User, project: Project) -> str:
    if holds_executive_seat(account, project=project):
        return ""
    return _("Nobody is named for it: the sponsor or a steering member decides.")


def _holder(
    project: Project, *, kind: str, processes: Collection[BusinessProcess], at: datetime
) -> RightOf:
    if not kind:
        return NO_RIGHT
    return right_of(project, kind=kind, processes=processes, as_of=at)


def _others_right(holder: int, kind: str) -> str:
    names = dict(DecisionKind.choices)
    message = _("By the ownership map %(name)s decides this (%(kind)s).")
    name = User.objects.filter(pk=holder).values_list("name", flat=True).first()
    return message % {"name": name, "kind": names.get(kind, kind)}
