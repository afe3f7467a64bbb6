"""The sponsor's page: what only the sponsor can do this week, and how visibly the sponsor leads.

`at` is the moment of looking, in the project's own zone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import Role
from governance.models import Project, User
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat
from readiness.choices import Verdict
from readiness.metrics.reviews import Answers, answers_of_executives, sponsor_paper
from readiness.pages.heads import newest_snapshot
from readiness.pages.recorded import sentence_after_verdict
from readiness.pages.sponsor_tasks import Task, tasks_of
from readiness.pages.words import countdown_text, day_text, number_text

MOST_TASKS = 5
"""Nobody at the top reads a list; what is left waits until these are done. Source: mission F7."""
WANTED_MEETINGS = 2
Paper = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One sign of leading: what is counted, whether it is enough, and where the rows are."""

    title: str
    said: str
    why: str
    href: str
    is_good: bool


@dataclass(frozen=True, slots=True)
class Answering:
    """How one executive answers what waits: name, role and counts."""

    name: str
    role: str
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorPage:
    """At most five things, the signs of leading, and who answers in time."""

    sponsors: list[User]
    answer: str
    tasks: list[Task]
    more: int
    verdict: str
    headline: str
    go_live: str
    signs: list[Sign]
    answering: list[Answering]
    is_own: bool
    trail: list[Step]

    @property
    def names(self) -> list[str]:
        """Return the names of the sponsors."""
        return [each.name for each in self.sponsors]


def sponsor_page(seat: Seat, *, at: datetime) -> SponsorPage:
    """Return what only the sponsor can do this week, as a seat sees it."""
    project = seat.project
    sponsors = list(User.objects.holding((Role.SPONSOR,), project=project).by_name())
    snapshot = newest_snapshot(project, as_of=at)
    tasks = tasks_of(project, sponsors, snapshot=snapshot, at=at) if sponsors else []
    is_own = seat.user in sponsors
    return SponsorPage(
        sponsors=sponsors,
        answer=_answer(sponsors, len(tasks), is_own=is_own),
        tasks=tasks[:MOST_TASKS],
        more=max(len(tasks) - MOST_TASKS, 0),
        verdict=snapshot.verdict if snapshot else Verdict.NOT_OPEN,
        headline=sentence_after_verdict(snapshot.headline) if snapshot else _("Not judged yet"),
        go_live=_go_live(project, at),
        signs=_signs(project, at=at),
        answering=_answering(project, at=at),
        is_own=is_own,
        trail=trail_of(project, _("Sponsor")),
    )


def _answer(sponsors: list[User], number: int, *, is_own: bool) -> str:
    if not sponsors:
        return _("This upgrade has no sponsor. What only a sponsor can do is done by nobody.")
    shown = min(number, MOST_TASKS)
    told = {"name": " / ".join(each.name for each in sponsors), "number": number_text(shown)}
    if not number and is_own:
        return _("Nothing waits for you this week that only you can do.")
    if not number:
        return _("Nothing waits this week that only %(name)s can do.") % told
    if is_own:
        words = ngettext(
            "%(number)s thing this week that only you can do.",
            "%(number)s things this week that only you can do.",
            shown,
        )
    else:
        words = ngettext(
            "%(number)s thing this week that only %(name)s can do.",
            "%(number)s things this week that only %(name)s can do.",
            shown,
        )
    return words % told


def _go_live(project: Project, at: datetime) -> str:
    if project.go_live_date is None:
        return _("no date set")
    days = (project.go_live_date - at.astimezone(ZoneInfo(project.time_zone)).date()).days
    return f"{day_text(project.go_live_date)}, {countdown_text(days)}"


def _signs(project: Project, *, at: datetime) -> list[Sign]:
    """Return the four signs by which people see that somebody leads."""
    paper = sponsor_paper(project_ids=[project.pk], as_of=at).get(project.pk)
    if paper is None:
        return []
    return [_seen_leading(project, paper), *_heard(project, paper)]


def _seen_leading(project: Project, paper: Paper) -> Sign:
    chaired = paper["meetings"]
    words = ngettext(
        "%(number)d meeting chaired in sixty days",
        "%(number)d meetings chaired in sixty days",
        chaired,
    )
    return Sign(
        title=_("Chairs the steering"),
        said=words % {"number": chaired},
        why=_("Two are wanted: people see whether the sponsor is there."),
        href=reverse("governance:meeting-list", args=[project.public_id]),
        is_good=chaired >= WANTED_MEETINGS,
    )


def _heard(project: Project, paper: Paper) -> Iterator[Sign]:
    """Yield whether the executives read, answer, and whether the sponsor's words were heard."""
    names = [project.public_id]
    read, voters = paper["read_done"], paper["read_due"]
    yield Sign(
        title=_("Reads before voting"),
        said=_("%(done)d of %(due)d executives opened this week's judgement and each caveat")
        % {"done": read, "due": voters},
        why=_("A vote on an unread paper is a vote on a feeling."),
        href=reverse("readiness:review-list", args=names),
        is_good=read == voters,
    )
    answered, asked = paper["answers_done"], paper["answers_due"]
    yield Sign(
        title=_("Answers in time"),
        said=_said_of_answers(answered, asked),
        why=_("Decisions by their date, risks within a week, escalations by their clock."),
        href="#answers",
        is_good=answered == asked,
    )
    heard, people = paper["acknowledged_done"], paper["acknowledged_due"]
    yield Sign(
        title=_("Says what is expected"),
        said=_said_of_statement(heard, people),
        why=_("In the sponsor's own words, acknowledged by name."),
        href=reverse("governance:statement-show", args=names),
        is_good=0 < people == heard,
    )


def _said_of_answers(done: int, due: int) -> str:
    if not due:
        return _("Nothing had to be answered yet")
    return _("%(done)d of %(due)d answers came in time") % {"done": done, "due": due}


def _said_of_statement(done: int, due: int) -> str:
    if not due:
        return _("Nothing written yet")
    return _("%(done)d of %(due)d people acknowledged it") % {"done": done, "due": due}


def _answering(project: Project, *, at: datetime) -> list[Answering]:
    """Return the executives of now with how they answered; whoever was never asked, too."""
    found = answers_of_executives(project_ids=[project.pk], as_of=at).get(project.pk, {})
    rows: dict[int, Answering] = {}
    for role in (Role.SPONSOR, Role.STEERING):
        for account in User.objects.holding((role,), project=project).by_name():
            answers = found.get(account.pk, Answers())
            rows.setdefault(account.pk, Answering(account.name, str(role.label), answers))
    return list(rows.values())
