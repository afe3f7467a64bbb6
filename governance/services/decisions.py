"""Raise what has to be decided, write down what was assumed, and answer both."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import Affiliation, Ruling
from governance.models import (
    Assumption,
    AssumptionRuling,
    BusinessProcess,
    Decision,
    DecisionOutcome,
    Project,
    User,
)
from governance.querysets import FactQuerySet
from governance.record.witnessing import witness
from governance.services.freezing import refuse_while_frozen
from governance.services.marks import mark_projects


class DecisionRefused(Exception):
    """Say why a decision, an assumption or an answer was not taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What has to be decided, by whom and until when, and what waits for it."""

    title: str
    detail: str = ""
    decider: User | None = None
    due_date: date | None = None
    blocks_go_live: bool = False
    blocked: Collection[BusinessProcess] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What somebody assumes in place of an answer, and what rests on it."""

    statement: str
    due_date: date | None = None
    blocked: Collection[BusinessProcess] = field(default=())


def affiliation_of(user: User) -> str:
    """Return for whom an account acts."""
    return Affiliation.PARTNER if user.is_partner else Affiliation.CLIENT


@transaction.atomic
def raise_decision(
    *, project: Project, question: Question, raised_by: User, raised_at: datetime
) -> Decision:
    """Write a decision that waits for its decider, under the project's next free code.

    :raises DecisionRefused: the decider or a blocked process is not this project's.
    """
    decider = question.decider
    if decider is not None and decider.organisation_id != project.organisation_id:
        raise DecisionRefused(_("Only somebody of the client decides."))
    _check_blocked(project, question.blocked)
    decision = Decision.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        code=_free_code(project, "D", Decision.objects.filter(project=project)),
        title=question.title,
        detail=question.detail,
        decider=decider,
        due_date=question.due_date,
        blocks_go_live=question.blocks_go_live,
        raised_by=raised_by.name,
        raised_affiliation=affiliation_of(raised_by),
        raised_at=raised_at,
    )
    decision.blocked_processes.set(question.blocked)
    mark_projects(project_ids=[project.pk])
    witness(decision, actor=raised_by)
    return decision


@transaction.atomic
def decide(
    *, decision: Decision, outcome: str, reason: str, decided_by: User, decided_at: datetime
) -> DecisionOutcome:
    """Write an outcome; an earlier one stays on record and no longer counts.

    :raises DecisionRefused: a partner decides, a decision is said to be older than its
        question, or the gates are frozen.
    """
    refuse_while_frozen(decision.project, refusal=DecisionRefused)
    if decided_by.is_partner or decided_by.organisation_id != decision.organisation_id:
        raise DecisionRefused(_("A partner advises; only somebody of the client decides."))
    if decided_at < decision.raised_at:
        raise DecisionRefused(_("That is before the question was raised."))
    row = DecisionOutcome.objects.create(
        organisation_id=decision.organisation_id,
        project_id=decision.project_id,
        decision=decision,
        outcome=outcome,
        reason=reason,
        decided_by=decided_by,
        decided_affiliation=affiliation_of(decided_by),
        decided_at=decided_at,
    )
    mark_projects(project_ids=[decision.project_id])
    witness(row, actor=decided_by)
    return row


@transaction.atomic
def write_assumption(
    *, project: Project, guess: Guess, made_by: User, raised_at: datetime
) -> Assumption:
    """Write down what was assumed, so that an owner can rule on it.

    :raises DecisionRefused: a process that rests on it is not this project's.
    """
    _check_blocked(project, guess.blocked)
    assumption = Assumption.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        code=_free_code(project, "A", Assumption.objects.filter(project=project)),
        statement=guess.statement,
        due_date=guess.due_date,
        made_by=made_by.name,
        made_affiliation=affiliation_of(made_by),
        raised_at=raised_at,
    )
    assumption.blocked_processes.set(guess.blocked)
    mark_projects(project_ids=[project.pk])
    witness(assumption, actor=made_by)
    return assumption


@transaction.atomic
def rule_on(
    *, assumption: Assumption, ruling: str, reason: str, ruled_by: User, ruled_at: datetime
) -> AssumptionRuling:
    """Write an owner's word on an assumption; an earlier word no longer counts.

    :raises DecisionRefused: a partner rules, or a correction or rejection has no reason.
    """
    if ruled_by.is_partner or ruled_by.organisation_id != assumption.organisation_id:
        raise DecisionRefused(_("A partner assumes; only an owner of the client rules on it."))
    if ruling != Ruling.RATIFIED and not reason.strip():
        raise DecisionRefused(_("Say what is right instead; whoever assumed it needs to know."))
    row = AssumptionRuling.objects.create(
        organisation_id=assumption.organisation_id,
        project_id=assumption.project_id,
        assumption=assumption,
        ruling=ruling,
        reason=reason,
        ruled_by=ruled_by,
        ruled_at=ruled_at,
    )
    mark_projects(project_ids=[assumption.project_id])
    witness(row, actor=ruled_by)
    return row


def _check_blocked(project: Project, blocked: Collection[BusinessProcess]) -> None:
    if any(process.project_id != project.pk for process in blocked):
        raise DecisionRefused(_("Choose processes of this project."))


def _free_code(
    project: Project, letter: str, rows: FactQuerySet[Decision] | FactQuerySet[Assumption]
) -> str:
    """Return the next code nobody uses, such as D-017; the project is locked meanwhile."""
    Project.objects.select_for_update().get(pk=project.pk)
    taken = set(rows.values_list("code", flat=True))
    number = len(taken) + 1
    while f"{letter}-{number:03d}" in taken:
        number += 1
    return f"{letter}-{number:03d}"
