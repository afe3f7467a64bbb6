"""Write down what was assumed in place of an answer, and rule on it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from governance.choices import EXECUTIVE_ROLES, NoticeKind, Ruling
from governance.models import Assumption, AssumptionRuling, BusinessProcess, Project, User
from governance.outbox import News, settle, tell
from governance.record.witnessing import witness, witness_all
from governance.services.caveats import CaveatSource, write_caveat
from governance.services.marks import mark_projects
from governance.services.questions import affiliation_of, free_code, refuse_foreign
from governance.services.resting import AssumptionRefused, write_resting

__all__ = ["AssumptionRefused", "Guess", "rule_on", "write_assumption"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What somebody assumes in place of an answer, and what rests on it."""

    statement: str
    due_date: date | None = None
    blocked: Collection[BusinessProcess] = field(default=())
    scenarios: Collection[str] = field(default=())


@transaction.atomic
def write_assumption(
    *, project: Project, guess: Guess, made_by: User, raised_at: datetime
) -> Assumption:
    """Write down what was assumed, so that an owner can rule on it.

    :raises AssumptionRefused: a process or scenario that rests on it is not this project's.
    """
    refuse_foreign(project, blocked=guess.blocked, refusal=AssumptionRefused)
    assumption = Assumption.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        code=free_code(project, letter="A", rows=Assumption.objects.filter(project=project)),
        statement=guess.statement,
        due_date=guess.due_date,
        made_by=made_by.name,
        maker=made_by,
        made_affiliation=affiliation_of(made_by),
        raised_at=raised_at,
    )
    assumption.blocked_processes.set(guess.blocked)
    resting = write_resting(
        assumption, scenarios=guess.scenarios, noted_by=made_by, noted_at=raised_at
    )
    _ask_owners(assumption, raised_at=raised_at)
    mark_projects(project_ids=[project.pk])
    witness(assumption, actor=made_by)
    witness_all(resting, actor=made_by)
    return assumption


@transaction.atomic
def rule_on(
    *,
    assumption: Assumption,
    ruling: str,
    reason: str,
    ruled_by: User,
    ruled_at: datetime,
    is_caveat: bool = False,
) -> AssumptionRuling:
    """Write an owner's word on an assumption; an earlier word no longer counts.

    Whatever follows on the floors above (settings.RULING_FOLLOWERS) is done in the same
    transaction: what rests on a wrong assumption has to be done and tested anew. What is right
    instead may be a caveat.

    :raises CaveatRefused: a caveat without words, or too long a one.
    :raises AssumptionRefused: a partner rules, or a correction or rejection has no reason.
    """
    _refuse_ruling(assumption, ruling=ruling, reason=reason, ruled_by=ruled_by)
    row = AssumptionRuling.objects.create(
        organisation_id=assumption.organisation_id,
        project_id=assumption.project_id,
        assumption=assumption,
        ruling=ruling,
        reason=reason,
        ruled_by=ruled_by,
        ruled_at=ruled_at,
    )
    if is_caveat:
        _keep_caveat(row)
    _answer_maker(row)
    for name in settings.RULING_FOLLOWERS:
        import_string(name)(ruling=row)
    mark_projects(project_ids=[assumption.project_id])
    witness(row, actor=ruled_by)
    return row


def _keep_caveat(row: AssumptionRuling) -> None:
    """Put what an owner said on page one."""
    assumption = row.assumption
    write_caveat(
        project=assumption.project,
        text=row.reason,
        writer=row.ruled_by,
        written_at=row.ruled_at,
        source=CaveatSource("assumption", assumption.public_id, str(assumption)),
    )


def _refuse_ruling(assumption: Assumption, *, ruling: str, reason: str, ruled_by: User) -> None:
    if ruled_by.is_partner or ruled_by.organisation_id != assumption.organisation_id:
        raise AssumptionRefused(_("A partner assumes; only an owner of the client rules on it."))
    if ruling != Ruling.RATIFIED and not reason.strip():
        raise AssumptionRefused(_("Say what is right instead; whoever assumed it needs to know."))


def _ask_owners(assumption: Assumption, *, raised_at: datetime) -> None:
    """Tell those who rule on it: owners and deputies of what rests on it, else the executives."""
    nodes = assumption.blocked_processes.select_related("accountable__owner", "accountable__deputy")
    owned = [node.accountable for node in nodes if node.accountable]
    owners = [account for node in owned for account in (node.owner, node.deputy) if account]
    project = assumption.project
    news = News(
        kind=NoticeKind.ASSUMPTION_WAITS,
        noun="assumption",
        subject_id=assumption.public_id,
        title=str(assumption),
        key=f"assumption:{assumption.public_id}:waits",
        happened_at=raised_at,
    )
    executives = User.objects.holding(EXECUTIVE_ROLES, project=project)
    tell(news, accounts=owners or executives, project=project)


def _answer_maker(row: AssumptionRuling) -> None:
    """Tell whoever assumed it what became of it; nobody is reminded of it any more."""
    assumption = row.assumption
    settle(
        project=assumption.project,
        noun="assumption",
        subject_id=assumption.public_id,
        settled_at=row.ruled_at,
        kinds=[NoticeKind.ASSUMPTION_WAITS],
    )
    news = News(
        kind=NoticeKind.ASSUMPTION_RULED,
        noun="assumption",
        subject_id=assumption.public_id,
        title=str(assumption),
        key=f"ruling:{row.public_id}",
        happened_at=row.ruled_at,
        terms={"ruling": row.ruling},
    )
    tell(news, accounts=[assumption.maker], project=assumption.project)
