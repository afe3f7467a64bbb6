"""Escalate what has to be escalated and was not: conditions raise themselves.

A hard criterion missed every night for MISSED_DAYS, a decision overdue that something waits
for, and silence on a request for people. Source: mission row C4, field notes on silent
problems.
"""

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from governance.choices import EscalationCause, Phase, Role, Rung
from governance.models import Decision, Escalation, Participation, ParticipationRequest, Project
from governance.querysets.escalations import ENDING
from governance.services.climbing import climb_all, close_settled
from governance.services.escalations import Call, escalate_condition
from governance.services.subjects import subject_of
from readiness.querysets.missed import MISSED_DAYS, missed_for_days, missed_now

logger = logging.getLogger(__name__)
REPEAT_AFTER = timedelta(days=MISSED_DAYS)
"""What was answered and is still so escalates again after this long."""
REASONS = {
    EscalationCause.CRITERION_MISSED: f"Missed every night for {MISSED_DAYS} days.",
    EscalationCause.DECISION_OVERDUE: "Something waits for this decision, and its day has passed.",
    EscalationCause.SILENCE: "The manager did not answer in time.",
}
_Key = tuple[int, str, str]
_A_DAY = timedelta(days=1)
_ORDER = (Rung.PROJECT_MANAGER, Rung.SPONSOR, Rung.STEERING)
_RUNG_OF_ROLE = {
    Role.SPONSOR: Rung.SPONSOR,
    Role.STEERING: Rung.STEERING,
    Role.PROJECT_MANAGER: Rung.PROJECT_MANAGER,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that escalates itself: a row, why, and above which rung it begins."""

    project: Project
    cause: EscalationCause
    noun: str
    subject_id: str
    above: Rung | None = None


@dataclass(slots=True)
class _Past:
    """What was escalated about one row: how often, whether one is open, and when the last ended."""

    number: int = 0
    is_open: bool = False
    ended_at: datetime | None = None


def sweep_escalations(*, at: datetime) -> int:
    """Escalate what stands unescalated, close what is no longer so, and move up what waits.

    Asked twice, it writes nothing the second time. Returns how many escalations it touched.
    """
    projects = list(Project.objects.exclude(phase=Phase.CLOSED).select_related("organisation"))
    return raise_conditions(projects=projects, at=at) + climb_all(at=at)


def raise_conditions(*, projects: Collection[Project], at: datetime) -> int:
    """Escalate the conditions of some projects, and close those that are no longer so."""
    missed = missed_now(project_ids=[each.pk for each in projects], as_of=at)
    holding = {(project_id, "criterion", f"{gate}/{key}") for project_id, gate, key in missed}
    history = _history(projects)
    touched = 0
    for condition in _conditions(projects, at=at):
        key = (condition.project.pk, condition.noun, condition.subject_id)
        if condition.noun != "criterion" or key in holding:
            touched += _escalated(condition, past=history.get(key, _Past()), at=at)
            holding.add(key)
    return touched + _close_others(projects, holding=holding, at=at)


def _close_others(projects: Collection[Project], *, holding: set[_Key], at: datetime) -> int:
    """Close what conditions raised that hold no longer."""
    rows = Escalation.objects.filter(project__in=projects).by_themselves().open()
    return sum(
        close_settled(row, at=at) is not None
        for row in rows
        if (row.project_id, row.subject_noun, row.subject_id) not in holding
    )


def _conditions(projects: Collection[Project], *, at: datetime) -> Iterator[Condition]:
    by_id = {project.pk: project for project in projects}
    for project_id, gate, key in missed_for_days(project_ids=list(by_id), as_of=at):
        yield Condition(
            by_id[project_id], EscalationCause.CRITERION_MISSED, "criterion", f"{gate}/{key}"
        )
    yield from _overdue_decisions(by_id, at=at)
    silent = ParticipationRequest.objects.of_projects(list(by_id)).silent_at(at)
    for project_id, public_id in silent.values_list("project_id", "public_id"):
        yield Condition(
            by_id[project_id],
            EscalationCause.SILENCE,
            "people_request",
            str(public_id),
            above=Rung.DEPARTMENT_MANAGER,
        )


def _overdue_decisions(by_id: dict[int, Project], *, at: datetime) -> Iterator[Condition]:
    """Yield open decisions past their day, in each project's own zone, that something waits for."""
    held = Decision.objects.of_projects(list(by_id)).waiting().overdue_on(at.date() + _A_DAY)
    blocking = held.filter(Q(blocks_go_live=True) | Q(blocked_processes__isnull=False)).distinct()
    rungs = _rungs_of_deciders(by_id)
    for decision in blocking.order_by("pk"):
        project = by_id[decision.project_id]
        if decision.due_date and decision.due_date < _today(project, at=at):
            decider = (decision.project_id, decision.decider_id or 0)
            above = rungs.get(decider, Rung.PROCESS_OWNER)
            yield Condition(
                project,
                EscalationCause.DECISION_OVERDUE,
                "decision",
                str(decision.public_id),
                above=above,
            )


def _today(project: Project, *, at: datetime) -> date:
    return at.astimezone(ZoneInfo(project.time_zone)).date()


def _rungs_of_deciders(by_id: dict[int, Project]) -> dict[tuple[int, int], Rung]:
    """Return project and account -> the highest rung on which the account stands."""
    held = Participation.objects.filter(
        project__in=by_id, ended_at__isnull=True, role__in=_RUNG_OF_ROLE
    )
    found: dict[tuple[int, int], Rung] = {}
    for project_id, user_id, role in held.values_list("project_id", "user_id", "role"):
        rung = _RUNG_OF_ROLE[Role(role)]
        known = found.get((project_id, user_id))
        if known is None or _ORDER.index(rung) > _ORDER.index(known):
            found[project_id, user_id] = rung
    return found


def _history(projects: Collection[Project]) -> dict[_Key, _Past]:
    found: dict[_Key, _Past] = {}
    rows = Escalation.objects.filter(project__in=projects).with_newest_step()
    asked = ("project_id", "subject_noun", "subject_id", "act_now", "moved_at")
    for project_id, noun, subject_id, act, moved_at in rows.values_list(*asked):
        past = found.setdefault((project_id, noun, subject_id), _Past())
        past.number += 1
        if act not in ENDING:
            past.is_open = True
        elif past.ended_at is None or moved_at > past.ended_at:
            past.ended_at = moved_at
    return found


def _escalated(condition: Condition, *, past: _Past, at: datetime) -> int:
    project = condition.project
    if past.is_open or (past.ended_at is not None and past.ended_at > at - REPEAT_AFTER):
        return 0
    subject = subject_of(project, noun=condition.noun, subject_id=condition.subject_id)
    if subject is None:
        return 0
    call = Call(
        subject=subject,
        reason=REASONS[condition.cause],
        cause=condition.cause,
        key=f"self:{condition.noun}:{condition.subject_id}:{past.number + 1}",
        above=condition.above,
    )
    try:
        return escalate_condition(project=project, call=call, raised_at=at) is not None
    except Exception:
        logger.exception("%s of project %s did not escalate", call.key, project.public_id)
        return 0
