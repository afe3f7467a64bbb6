"""Raise what has to be decided, and decide it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import BusinessProcess, Decision, DecisionOutcome, Project, User
from governance.record.witnessing import witness
from governance.services.freezing import refuse_while_frozen
from governance.services.marks import mark_projects
from governance.services.questions import affiliation_of, free_code, refuse_foreign


class DecisionRefused(Exception):
    """Say why a question or its answer was not taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What has to be decided, by whom and until when, and what waits for it."""

    title: str
    detail: str = ""
    decider: User | None = None
    due_date: date | None = None
    blocks_go_live: bool = False
    blocked: Collection[BusinessProcess] = field(default=())


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
    refuse_foreign(project, blocked=question.blocked, refusal=DecisionRefused)
    decision = Decision.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        code=free_code(project, letter="D", rows=Decision.objects.filter(project=project)),
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
