"""A week's change: what moved since seven days ago, each number with the rows behind it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.choices import Affiliation
from governance.models import DecisionOutcome, Project, Signoff
from governance.pages.trail import Step, trail_of
from readiness.choices import Verdict
from readiness.models import Snapshot
from readiness.pages.heads import newest_snapshot
from readiness.pages.history import findings_of
from readiness.pages.moves import Move, moves_between, naming_of
from readiness.pages.recorded import body_of
from readiness.pages.words import WEEK, number_text
from readiness.querysets import count_beside_before, within
from training.choices import TrainingResult
from training.models import TrainingRecord
from uat.choices import PASS_RESULTS, DefectState
from uat.models import Defect, DefectEvent, Execution

ROWS_ON_A_PAGE = 50
FINDINGS = "FINDINGS"


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One thing that moved: what, who, when, and where it is; states for a finding."""

    text: str
    note: str
    href: str
    moved_at: datetime
    before: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """How often something moved in this week and in the week before."""

    code: str
    word: str
    number: int
    before: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Week:
    """What moved in a project since seven days ago."""

    since: datetime
    until: datetime
    verdict: str
    verdict_before: str
    moved: list[Moved]
    chosen: Moved
    is_earlier: bool
    changed: list[WeekRow]
    rows: list[WeekRow]
    page: "Page[Any]"
    answer: str
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class _Source:
    """A kind of row that carries its own moment."""

    word: str | Promise
    moment: str
    rows_of: Callable[[Project], "QuerySet[Any]"]
    fetched: tuple[str, ...]
    shown: Callable[[Any, Project], WeekRow]


def _address(project: Project, name: str, row: Any) -> str:
    return reverse(name, args=[project.public_id, row.public_id])


def _run(row: Execution, project: Project) -> WeekRow:
    href = _address(project, "uat:scenario-detail", row.scenario)
    note = f"{row.get_result_display()}, {row.tester_name}"
    return WeekRow(str(row.scenario), note, href, row.executed_at)


def _opened(row: Defect, project: Project) -> WeekRow:
    return WeekRow(str(row), str(row.get_severity_display()), _defects(project), row.raised_at)


def _closed(row: DefectEvent, project: Project) -> WeekRow:
    return WeekRow(str(row.defect), row.actor_name, _defects(project), row.happened_at)


def _defects(project: Project) -> str:
    return reverse("uat:defect-list", args=[project.public_id])


def _trained(row: TrainingRecord, project: Project) -> WeekRow:
    href = _address(project, "training:person-detail", row.person)
    note = f"{row.get_result_display()}, {row.course}"
    return WeekRow(row.person.name, note, href, row.happened_at)


def _decided(row: DecisionOutcome, project: Project) -> WeekRow:
    href = _address(project, "governance:decision-detail", row.decision)
    return WeekRow(str(row.decision), f"{row.outcome} ({row.decided_by})", href, row.decided_at)


def _signed(row: Signoff, project: Project) -> WeekRow:
    href = _address(project, "readiness:process-detail", row.process)
    note = f"{row.get_act_display()}, {row.signer_name}"
    return WeekRow(str(row.process), note, href, row.signed_at)


def _runs(project: Project) -> "QuerySet[Execution]":
    return Execution.objects.filter(project=project, affiliation=Affiliation.CLIENT)


SOURCES = {
    "RUNS": _Source(
        gettext_lazy("Runs by the business"), "executed_at", _runs, ("scenario",), _run
    ),
    "PASSES": _Source(
        gettext_lazy("Runs that passed"),
        "executed_at",
        lambda project: _runs(project).filter(result__in=PASS_RESULTS),
        ("scenario",),
        _run,
    ),
    "DEFECTS_OPENED": _Source(
        gettext_lazy("Defects opened"),
        "raised_at",
        lambda project: Defect.objects.filter(project=project),
        (),
        _opened,
    ),
    "DEFECTS_CLOSED": _Source(
        gettext_lazy("Defects closed"),
        "happened_at",
        lambda project: DefectEvent.objects.filter(project=project, state=DefectState.CLOSED),
        ("defect",),
        _closed,
    ),
    "TRAINING": _Source(
        gettext_lazy("Courses completed or passed"),
        "happened_at",
        lambda project: TrainingRecord.objects.filter(
            project=project, result__in=(TrainingResult.COMPLETED, TrainingResult.PASSED)
        ),
        ("person", "course"),
        _trained,
    ),
    "DECISIONS": _Source(
        gettext_lazy("Decisions taken"),
        "decided_at",
        lambda project: DecisionOutcome.objects.filter(project=project),
        ("decision", "decided_by"),
        _decided,
    ),
    "SIGNATURES": _Source(
        gettext_lazy("Signatures, refusals, withdrawals"),
        "signed_at",
        lambda project: Signoff.objects.filter(project=project),
        ("process",),
        _signed,
    ),
}


def week_page(
    project: Project,
    *,
    at: datetime,
    show: str = FINDINGS,
    is_earlier: bool = False,
    number: str = "1",
) -> Week:
    """Return what moved since seven days before a moment, and the rows of one kind of it.

    `is_earlier` asks for the rows of the week before.
    """
    since = at - WEEK
    judged = [
        newest_snapshot(project, as_of=each, light=each < at) for each in (at, since, since - WEEK)
    ]
    changed, earlier = _changed(project, judged)
    now, then = judged[:2]
    show = show if show in SOURCES else FINDINGS
    counts = [(FINDINGS, _("Findings changed"), len(changed), len(earlier)), *_counts(project, at)]
    moved = [Moved(*each, is_chosen=each[0] == show) for each in counts]
    found: Any = earlier if is_earlier else changed
    if show != FINDINGS:
        found = _rows(project, SOURCES[show], since if is_earlier else at)
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(number)
    return Week(
        since=since,
        until=at,
        verdict=now.verdict if now else "",
        verdict_before=then.verdict if then else "",
        moved=moved,
        chosen=next(each for each in moved if each.is_chosen),
        is_earlier=is_earlier,
        changed=changed,
        rows=[row if show == FINDINGS else SOURCES[show].shown(row, project) for row in page],
        page=page,
        answer=_answer(now, then, len(changed)),
        trail=trail_of(project, _("A week's change")),
    )


def _counts(project: Project, at: datetime) -> Iterator[tuple[str, str, int, int]]:
    """Yield how many rows of each kind there are in this week and in the week before."""
    for code, source in SOURCES.items():
        rows = source.rows_of(project)
        numbers = count_beside_before(rows, moment=source.moment, after=at - WEEK, until=at)
        yield code, str(source.word), *numbers


def _rows(project: Project, source: _Source, last: datetime) -> Any:
    rows = source.rows_of(project)
    found = within(rows, moment=source.moment, after=last - WEEK, until=last)
    ordered = found.order_by(f"-{source.moment}", "-pk")
    return ordered.select_related(*source.fetched) if source.fetched else ordered


def _changed(project: Project, judged: Sequence[Snapshot | None]) -> list[list[WeekRow]]:
    """Return the findings whose state differs between each judgement and the next older one."""
    found = findings_of({each.pk for each in judged if each})
    naming = naming_of(project, body_of(judged[0]))
    return [
        _moved(now, moves_between(found[then.pk], found[now.pk], naming=naming))
        if now and then
        else []
        for now, then in pairwise(judged)
    ]


def _moved(now: Snapshot, moves: Sequence[Move]) -> list[WeekRow]:
    """Return a row for each criterion that moved; a gate that opened is none."""
    return [
        WeekRow(
            text=f"{move.gate} {move.key}",
            note=move.title,
            href=move.href,
            moved_at=now.as_of,
            before=move.before,
            now=move.after,
        )
        for move in moves
        if move.before
    ]


def _answer(now: Snapshot | None, then: Snapshot | None, changed: int) -> str:
    if now is None:
        return _("Nothing has been judged yet.")
    words = {
        "now": Verdict(now.verdict).label,
        "number": number_text(changed),
        "then": Verdict(then.verdict).label if then else "",
    }
    if then is None:
        return _("%(now)s; nothing was judged a week ago.") % words
    if now.verdict == then.verdict:
        same = ngettext(
            "%(now)s, as a week ago; %(number)s finding changed.",
            "%(now)s, as a week ago; %(number)s findings changed.",
            changed,
        )
        return same % words
    moved = ngettext(
        "%(now)s, a week ago %(then)s; %(number)s finding changed.",
        "%(now)s, a week ago %(then)s; %(number)s findings changed.",
        changed,
    )
    return moved % words
