"""Raise what has to be decided, replace it, and decide it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import NoticeKind
from governance.models import (
    BusinessProcess,
    Decision,
    DecisionOption,
    DecisionOutcome,
    Meeting,
    Project,
    User,
)
from governance.outbox import settle
from governance.record.witnessing import witness, witness_all
from governance.services.caveats import CaveatSource, write_caveat
from governance.services.deciders import decider_for, may_replace, refuse_without_right
from governance.services.dependencies import Dependents, write_dependents
from governance.services.freezing import refuse_while_frozen
from governance.services.marks import mark_projects
from governance.services.meetings import refuse_outside
from governance.services.options import Choice, write_option
from governance.services.questions import (
    DecisionRefused,
    affiliation_of,
    free_code,
    lock_open,
    refuse_foreign,
)
from governance.services.telling import tell_decided, tell_waiting

__all__ = ["Answer", "DecisionRefused", "Question", "decide", "raise_decision"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What has to be decided, by whom and until when, in which ways, and what waits for it.

    `kind` says by which right somebody decides; without a decider it is whoever has that
    right. `supersedes` is the decision whose place it takes.
    """

    title: str
    detail: str = ""
    kind: str = ""
    decider: User | None = None
    due_date: date | None = None
    blocks_go_live: bool = False
    blocked: Collection[BusinessProcess] = field(default=())
    options: Collection[Choice] = field(default=())
    dependents: Dependents = field(default_factory=Dependents)
    supersedes: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is decided and why: one of the options, or in other words; in a meeting, or not.

    `is_caveat` puts the reason on page one.
    """

    reason: str
    outcome: str = ""
    option: DecisionOption | None = None
    meeting: Meeting | None = None
    is_caveat: bool = False


@transaction.atomic
def raise_decision(
    *, project: Project, question: Question, raised_by: User, raised_at: datetime
) -> Decision:
    """Write a decision that waits for its decider, under the project's next free code.

    One that takes another's place is as old as that one was, where it was still open.

    :raises DecisionRefused: the decider or what waits is not this project's, the decider has
        no right to it, a loop would be, or the decision replaced has a successor already.
    """
    _refuse_project(project, question)
    _lock(question, by=raised_by)
    decision = _written(project, question, by=raised_by, at=raised_at)
    beside = _beside(decision, question, by=raised_by)
    mark_projects(project_ids=[project.pk])
    tell_waiting(decision, at=raised_at, by=raised_by)
    if question.supersedes is not None:
        _settle(question.supersedes, at=raised_at)
    witness(decision, actor=raised_by)
    for rows in beside:
        witness_all(rows, actor=raised_by)
    return decision


@transaction.atomic
def decide(
    *, decision: Decision, answer: Answer, decided_by: User, decided_at: datetime
) -> DecisionOutcome:
    """Write the outcome of an open decision: the first one counts, and there is no second.

    :raises DecisionRefused: it is decided or replaced already, the account has no right to
        it, it waits for another decision, it lies outside the meeting, there is no outcome or
        no reason, it is said to be older than its question, or the gates are frozen.
    """
    held = lock_open(decision)
    _refuse_now(held, answer, by=decided_by, at=decided_at)
    outcome = _outcome(held, answer)
    row = DecisionOutcome.objects.create(
        organisation_id=held.organisation_id,
        project_id=held.project_id,
        decision=held,
        outcome=outcome,
        reason=answer.reason.strip(),
        option=answer.option,
        meeting=answer.meeting,
        decided_by=decided_by,
        decided_affiliation=affiliation_of(decided_by),
        decided_at=decided_at,
    )
    mark_projects(project_ids=[held.project_id])
    _settle(held, at=decided_at)
    tell_decided(row, by=decided_by)
    witness(row, actor=decided_by)
    if answer.is_caveat:
        _put_on_page_one(row)
    return row


def _written(project: Project, question: Question, *, by: User, at: datetime) -> Decision:
    decider = decider_for(
        project,
        decider=question.decider,
        kind=question.kind,
        processes=question.blocked,
        at=at,
    )
    decision = Decision.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        code=free_code(project, letter="D", rows=Decision.objects.filter(project=project)),
        title=question.title,
        detail=question.detail,
        kind=question.kind,
        supersedes=question.supersedes,
        decider=decider,
        due_date=question.due_date,
        blocks_go_live=question.blocks_go_live,
        raised_by=by.name,
        raised_affiliation=affiliation_of(by),
        raised_at=at,
    )
    decision.blocked_processes.set(question.blocked)
    return decision


def _refuse_project(project: Project, question: Question) -> None:
    refuse_foreign(project, blocked=question.blocked, refusal=DecisionRefused)
    replaced = question.supersedes
    if replaced is not None and replaced.project_id != project.pk:
        raise DecisionRefused(_("Choose decisions of this project."))


def _lock(question: Question, *, by: User) -> None:
    """Hold the decision that is replaced and those that will wait, the first ones by key.

    :raises DecisionRefused: one that has to be open is not, somebody replaced it before, or
        it is not the account's to replace.
    """
    others = (*question.dependents.decisions, *question.dependents.after)
    replaced = question.supersedes
    keys = {row.pk for row in others} | ({replaced.pk} if replaced else set())
    rows = Decision.objects.filter(pk__in=keys).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True))
    for row in others:
        lock_open(row)
    if replaced is None:
        return
    if not may_replace(replaced, account=by):
        raise DecisionRefused(
            _("Only its decider, the project manager, the sponsor or the steering replaces it.")
        )
    successor = Decision.objects.filter(supersedes=replaced).first()
    if successor is not None:
        message = _("%(code)s was replaced by %(successor)s.")
        raise DecisionRefused(message % {"code": replaced.code, "successor": successor.code})


def _beside(decision: Decision, question: Question, *, by: User) -> Iterable[list[Any]]:
    """Write the options and what waits; return the rows, to be told in the record."""
    options = [write_option(decision, choice=choice, offered_by=by) for choice in question.options]
    if not question.dependents:
        return [options] if options else []
    edges = write_dependents(
        decision, dependents=question.dependents, noted_by=by, noted_at=decision.raised_at
    )
    return [rows for rows in (options, edges) if rows]


def _put_on_page_one(row: DecisionOutcome) -> None:
    if row.decided_by is not None:
        write_caveat(
            project=row.project,
            text=row.reason,
            writer=row.decided_by,
            written_at=row.decided_at,
            source=CaveatSource("decision", row.decision.public_id, str(row.decision)),
        )


def _refuse_now(decision: Decision, answer: Answer, *, by: User, at: datetime) -> None:
    """Refuse what cannot be decided by this account, at this moment, in this place.

    :raises DecisionRefused: it cannot.
    """
    refuse_while_frozen(decision.project, refusal=DecisionRefused)
    refuse_without_right(decision, account=by, at=at)
    _refuse_early(decision, at=at)
    if answer.meeting is not None:
        refuse_outside(
            answer.meeting,
            project_id=decision.project_id,
            decided_by=by,
            decided_at=at,
            refusal=DecisionRefused,
        )


def _refuse_early(decision: Decision, *, at: datetime) -> None:
    """Refuse what is older than its question, or comes before what it waits for.

    :raises DecisionRefused: it is.
    """
    if at < decision.raised_at:
        raise DecisionRefused(_("That is before the question was raised."))
    first = Decision.objects.filter(project=decision.project_id).before_decision(decision)
    codes = ", ".join(first.waiting().order_by("code").values_list("code", flat=True))
    if codes:
        message = _("This waits for %(codes)s, which has to be decided first.")
        raise DecisionRefused(message % {"codes": codes})


def _outcome(decision: Decision, answer: Answer) -> str:
    """Return what is decided, in words.

    :raises DecisionRefused: nothing, without a reason, or by another question's option.
    """
    if answer.option is not None and answer.option.decision_id != decision.pk:
        raise DecisionRefused(_("Choose one of this question's options."), field="option")
    outcome = answer.outcome.strip() or (answer.option.title if answer.option else "")
    if not outcome:
        raise DecisionRefused(_("Say what is decided."), field="outcome")
    if not answer.reason.strip():
        raise DecisionRefused(_("Say why; whoever comes later needs to know."), field="reason")
    return outcome


def _settle(decision: Decision, *, at: datetime) -> None:
    settle(
        project=decision.project,
        noun="decision",
        subject_id=decision.public_id,
        settled_at=at,
        kinds=(NoticeKind.DECISION_WAITS, NoticeKind.DECISION_OVERDUE),
    )
