"""The portfolio: each upgrade on one line, first what needs the executive."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import Phase
from governance.models import Project, User
from readiness.choices import Verdict
from readiness.models import Snapshot
from readiness.pages.listing import JudgedProject
from readiness.pages.nights import portfolio_night_line
from readiness.pages.recorded import (
    Body,
    first_need,
    has_gap,
    reported_colour,
    sentence_after_verdict,
    summary_of,
)
from readiness.pages.rows import NightLine, Trend, trend_of
from readiness.pages.upgrades import Upgrade, is_executive, upgrades_of
from readiness.pages.words import WEEK, countdown_text, day_text, t_minus_text
from readiness.policy.hashing import digest_of

PAGE_SIZE = 50
TREND_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an upgrade needs an executive, and where it is answered."""

    text: str
    href: str


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
    reasons: tuple[Reason, ...]
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
    page: "Page[Upgrade]"
    night: NightLine
    total: int
    needing: int
    found: str
    kept: dict[str, str]
    version: str


@dataclass(frozen=True, slots=True)
class PortfolioQuestion:
    """What somebody asks the portfolio: search words, one verdict or all, a page."""

    words: str = ""
    verdict: str = ""
    only_needing: bool = False
    page: str = "1"


def portfolio_page(*, user: User, question: PortfolioQuestion, as_of: datetime) -> PortfolioPage:
    """Return the upgrades an account may see, the one that needs an executive first."""
    visible = Project.objects.visible_to(user)
    upgrades = upgrades_of(visible, as_of=as_of)
    asked = [upgrade for upgrade in upgrades if _is_asked_for(upgrade, question)]
    page = Paginator(asked, PAGE_SIZE).get_page(question.page)
    running = [upgrade for upgrade in upgrades if not upgrade.is_closed]
    return PortfolioPage(
        answer=_answer(running, to_executive=is_executive(user)) if upgrades else "",
        counts=_counts(upgrades),
        rows=_rows(list(page.object_list), as_of=as_of),
        page=page,
        night=portfolio_night_line(visible.exclude(phase=Phase.CLOSED).values("pk"), now=as_of),
        total=len(upgrades),
        needing=sum(upgrade.needs_executive for upgrade in upgrades),
        found=_found(len(asked), len(upgrades)),
        kept=_kept(question),
        version=_version(upgrades),
    )


def portfolio_version(*, user: User, as_of: datetime) -> str:
    """Return what changes whenever a judgement or a mark changes that the account may see."""
    return _version(upgrades_of(Project.objects.visible_to(user), as_of=as_of))


def _version(upgrades: Sequence[Upgrade]) -> str:
    seen = sorted(
        (each.line.pk, each.line.snapshot_id, each.line.mark_version, each.waiting, each.ending)
        for each in upgrades
    )
    return digest_of(repr(seen))[:16]


def _is_asked_for(upgrade: Upgrade, question: PortfolioQuestion) -> bool:
    if question.verdict and upgrade.verdict != question.verdict:
        return False
    if question.only_needing and not upgrade.needs_executive:
        return False
    return upgrade.fits(question.words.lower().split())


def _kept(question: PortfolioQuestion) -> dict[str, str]:
    """Return the question as an address keeps it."""
    return {
        "q": question.words,
        "verdict": question.verdict,
        "need": "1" if question.only_needing else "",
    }


def _counts(upgrades: Sequence[Upgrade]) -> list[VerdictCount]:
    found = Counter(upgrade.verdict for upgrade in upgrades)
    known = [VerdictCount(verdict, found[verdict]) for verdict in _SHOWN_ORDER]
    return known if not found[""] else [*known, VerdictCount("", found[""])]


_SHOWN_ORDER = (Verdict.NO_GO, Verdict.CONDITIONAL, Verdict.GO, Verdict.NOT_OPEN)


def _found(number: int, total: int) -> str:
    if number == total:
        return ""
    words = ngettext(
        "%(number)s of %(total)s upgrade shown.", "%(number)s of %(total)s upgrades shown.", total
    )
    return words % {"number": number, "total": total}


def _answer(running: Sequence[Upgrade], *, to_executive: bool) -> str:
    """Return how many can go live, and how many need somebody's decision this week."""
    if not running:
        return _("Every upgrade is closed.")
    told = {
        "ready": _ready_words(running),
        "need": _need_words(sum(each.needs_executive for each in running), to_executive),
    }
    return _("%(ready)s; %(need)s.") % told


def _ready_words(running: Sequence[Upgrade]) -> str:
    found = Counter(upgrade.verdict for upgrade in running)
    numbers = {
        "ready": found[Verdict.GO],
        "conditional": found[Verdict.CONDITIONAL],
        "total": len(running),
    }
    if numbers["conditional"]:
        words = ngettext(
            "%(ready)s of %(total)s upgrade can go live as planned, %(conditional)s more"
            " only with conditions",
            "%(ready)s of %(total)s upgrades can go live as planned, %(conditional)s more"
            " only with conditions",
            numbers["total"],
        )
    else:
        words = ngettext(
            "%(ready)s of %(total)s upgrade can go live as planned",
            "%(ready)s of %(total)s upgrades can go live as planned",
            numbers["total"],
        )
    return words % numbers


def _need_words(number: int, to_executive: bool) -> str:
    if not number:
        return _("none needs you this week") if to_executive else _("none needs a decision")
    if to_executive:
        words = ngettext("%(number)s needs you this week", "%(number)s need you this week", number)
    else:
        words = ngettext(
            "%(number)s needs an executive this week",
            "%(number)s need an executive this week",
            number,
        )
    return words % {"number": number}


def _rows(found: Sequence[Upgrade], *, as_of: datetime) -> list[PortfolioRow]:
    ids = [each.line.pk for each in found]
    projects = Project.objects.select_related("organisation", "mark").in_bulk(ids)
    snapshots = Snapshot.objects.in_bulk([each.judged.pk for each in found if each.judged])
    trends = _trends(ids, as_of=as_of)
    return [
        _row(each, projects[each.line.pk], snapshots, trends.get(each.line.pk, []))
        for each in found
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


def _row(
    upgrade: Upgrade, project: Project, snapshots: dict[int, Snapshot], verdicts: list[str]
) -> PortfolioRow:
    snapshot = snapshots.get(upgrade.line.snapshot_id or 0)
    body = summary_of(snapshot)
    need, days = first_need(body), body.get("days_left")
    date = snapshot.go_live_date if snapshot else project.go_live_date
    return PortfolioRow(
        name=project.name,
        client=project.organisation.name,
        href=reverse("readiness:gate-show", args=[project.public_id]),
        verdict=upgrade.verdict,
        headline=_headline(snapshot, body),
        go_live=day_text(date) if date else _("No date"),
        countdown="" if days is None else countdown_text(days),
        t_minus="" if days is None else t_minus_text(days),
        reported=reported_colour(body),
        is_rosier=has_gap(body),
        hard_misses=snapshot.hard_misses if snapshot else 0,
        accepted_risks=snapshot.accepted_risks if snapshot else 0,
        need=need.what,
        who=need.who,
        reasons=(*_freeze(body, project), *_reasons(upgrade, project)),
        trend=trend_of(verdicts),
        being_judged=snapshot is not None and JudgedProject(project, snapshot).being_judged,
        closed=upgrade.is_closed,
    )


def _freeze(body: Body, project: Project) -> Iterator[Reason]:
    if body.get("freeze"):
        page = reverse("readiness:gate-show", args=[project.public_id])
        yield Reason(_("The record does not verify: gates frozen"), page)


def _reasons(upgrade: Upgrade, project: Project) -> Iterator[Reason]:
    for words, page in upgrade.reasons:
        yield Reason(words, reverse(page, args=[project.public_id]))


def _headline(snapshot: Snapshot | None, body: Body) -> str:
    if snapshot is None:
        return _("Not judged yet")
    return sentence_after_verdict(body.get("headline") or snapshot.headline)
