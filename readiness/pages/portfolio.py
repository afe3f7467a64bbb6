"""The portfolio: each upgrade on one line, first what needs the executive."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse

from governance.choices import Phase
from governance.models import Project, User
from readiness.choices import Verdict
from readiness.models import Snapshot
from readiness.pages.listing import JudgedProject
from readiness.pages.nights import portfolio_night_line
from readiness.pages.recorded import (
    body_of,
    first_need,
    has_gap,
    reported_colour,
    sentence_after_verdict,
)
from readiness.pages.rows import NightLine, Trend, trend_of
from readiness.pages.words import WEEK, countdown_text, counted, day_text, t_minus_text
from readiness.policy.hashing import digest_of
from readiness.querysets import judged_at, urgent_first, verdict_counts

PAGE_SIZE = 50
TREND_WEEKS = 12


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One upgrade as the portfolio shows it."""

    name: str
    client: str
    href: str
    verdict: str
    headline: str
    go_live: str
    countdown: str
    t_minus: str
    reported: str
    is_rosier: bool
    hard_misses: int
    accepted_risks: int
    need: str
    who: str
    trend: Trend
    being_judged: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How many upgrades carry one verdict."""

    verdict: str
    number: int


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """Everything the portfolio shows."""

    answer: str
    counts: list[VerdictCount]
    rows: list[PortfolioRow]
    page: "Page[Any]"
    night: NightLine
    total: int
    kept: dict[str, str]
    version: str


@dataclass(frozen=True, slots=True)
class PortfolioQuestion:
    """What somebody asks the portfolio: search words, one verdict or all, a page."""

    words: str = ""
    verdict: str = ""
    page: str = "1"


def portfolio_page(*, user: User, question: PortfolioQuestion, as_of: datetime) -> PortfolioPage:
    """Return the upgrades an account may see, the one that needs an executive first."""
    visible = judged_at(Project.objects.visible_to(user), as_of=as_of)
    counts = _counts(visible)
    asked = urgent_first(_narrowed(visible, question)).values_list("pk", "newest_snapshot_id")
    page = Paginator(asked, PAGE_SIZE).get_page(question.page)
    open_ids = list(
        Project.objects.visible_to(user).exclude(phase=Phase.CLOSED).values_list("pk", flat=True)
    )
    return PortfolioPage(
        answer=_answer(counts),
        counts=counts,
        rows=_rows(list(page.object_list), as_of=as_of),
        page=page,
        night=portfolio_night_line(open_ids, now=as_of),
        total=sum(each.number for each in counts),
        kept={"q": question.words, "verdict": question.verdict},
        version=portfolio_version(user=user, as_of=as_of),
    )


def portfolio_version(*, user: User, as_of: datetime) -> str:
    """Return what changes whenever a judgement or a mark changes that the account may see."""
    visible = judged_at(Project.objects.visible_to(user), as_of=as_of).order_by("pk")
    rows = visible.values_list("pk", "newest_snapshot_id", "mark__version")
    return digest_of(repr(list(rows)))[:16]


def _narrowed(visible: "QuerySet[Any]", question: PortfolioQuestion) -> "QuerySet[Any]":
    if question.verdict:
        visible = visible.filter(newest_verdict=question.verdict)
    for word in question.words.split():
        visible = visible.filter(
            Q(name__icontains=word)
            | Q(slug__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    return visible


def _counts(visible: "QuerySet[Any]") -> list[VerdictCount]:
    found = {row["newest_verdict"]: row["number"] for row in verdict_counts(visible)}
    known = [VerdictCount(verdict, found.get(verdict, 0)) for verdict in _SHOWN_ORDER]
    return known if None not in found else [*known, VerdictCount("", found[None])]


_SHOWN_ORDER = (Verdict.NO_GO, Verdict.CONDITIONAL, Verdict.GO, Verdict.NOT_OPEN)


def _answer(counts: Sequence[VerdictCount]) -> str:
    number = {count.verdict: count.number for count in counts}
    total = sum(number.values())
    if not total:
        return ""
    upgrades = counted(total, "upgrade", "upgrades")
    parts = [f"{number[Verdict.GO]} of {upgrades} ready"]
    if number[Verdict.CONDITIONAL]:
        parts.append(f"{number[Verdict.CONDITIONAL]} only with conditions")
    if number[Verdict.NO_GO]:
        parts.append(f"{number[Verdict.NO_GO]} not")
    return f"{', '.join(parts)}."


def _rows(found: list[tuple[int, int | None]], *, as_of: datetime) -> list[PortfolioRow]:
    ids = [project_id for project_id, _ in found]
    projects = Project.objects.select_related("organisation", "mark").in_bulk(ids)
    snapshots = Snapshot.objects.in_bulk([pk for _, pk in found if pk is not None])
    trends = _trends(ids, as_of=as_of)
    return [
        _row(projects[project_id], snapshots.get(newest or 0), trends.get(project_id, []))
        for project_id, newest in found
    ]


def _trends(project_ids: Collection[int], *, as_of: datetime) -> dict[int, list[str]]:
    """Return project id -> its last verdict in each of the last weeks, oldest first."""
    since = (as_of - TREND_WEEKS * WEEK).date()
    rows = Snapshot.objects.of_projects(list(project_ids)).made_by(as_of).since(since)
    weeks: dict[int, dict[int, str]] = {}
    for project_id, day, verdict in rows.values_list("project_id", "local_date", "verdict"):
        weeks.setdefault(project_id, {})[(day - since).days // WEEK.days] = verdict
    return {
        project_id: list(verdicts.values())[-TREND_WEEKS:] for project_id, verdicts in weeks.items()
    }


def _row(project: Project, snapshot: Snapshot | None, verdicts: list[str]) -> PortfolioRow:
    body = body_of(snapshot)
    need, days = first_need(body), body.get("days_left")
    date = snapshot.go_live_date if snapshot else project.go_live_date
    return PortfolioRow(
        name=project.name,
        client=project.organisation.name,
        href=reverse("readiness:gate-show", args=[project.public_id]),
        verdict=snapshot.verdict if snapshot else "",
        headline=sentence_after_verdict(snapshot.headline) if snapshot else "Not judged yet",
        go_live=day_text(date) if date else "No date",
        countdown="" if days is None else countdown_text(days),
        t_minus="" if days is None else t_minus_text(days),
        reported=reported_colour(body),
        is_rosier=has_gap(body),
        hard_misses=snapshot.hard_misses if snapshot else 0,
        accepted_risks=snapshot.accepted_risks if snapshot else 0,
        need=need.what,
        who=need.who,
        trend=trend_of(verdicts),
        being_judged=snapshot is not None and JudgedProject(project, snapshot).being_judged,
        closed=project.phase == Phase.CLOSED,
    )
