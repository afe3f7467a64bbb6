"""One decision: the question, the ways to decide it, what waits for it, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.choices import DependentKind
from governance.metrics.exposed import Exposed
from governance.metrics.exposure import exposures
from governance.models import Decision, DecisionOption, Dependency
from governance.pages.decisions import (
    QuestionRow,
    decider_of,
    decision_row,
    with_decision_rows,
)
from governance.pages.exposure import pace_words
from governance.pages.graphs import Graph, graph_of, held_words
from governance.pages.places import place_of
from governance.pages.settled import settling_of, successor_of
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat, may_raise
from governance.querysets import DependencyQuerySet
from governance.services.deciders import may_replace, missing_right
from governance.services.dependents import known_dependents

NOUNS = {DependentKind.CRITERION: "criterion", DependentKind.SCENARIO: "scenario"}


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One way to decide; `is_chosen` says that it was taken."""

    title: str
    consequence: str
    by: str
    is_recommended: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Something that waits for the decision, and where it is; `note` says what it is."""

    text: str
    href: str
    note: str


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A decision as its page shows it; `may_decide` is the reader's, `why_not` says why not."""

    row: QuestionRow
    decision: Decision
    options: list[OptionRow]
    waits: list[WaitingLine]
    first: list[Step]
    exposed: Exposed | None
    graph: Graph | None
    pace: str
    may_add: bool
    may_replace: bool
    why_not: str
    trail: list[Step]

    @property
    def detail(self) -> str:
        """Return what was known as it was raised."""
        return self.decision.detail

    @property
    def kind(self) -> str:
        """Return by which right it is decided; empty where nobody said."""
        return str(self.decision.get_kind_display()) if self.decision.kind else ""

    @property
    def is_decided(self) -> bool:
        """Say whether the client decided it."""
        return settling_of(self.decision) is not None

    @property
    def meeting(self) -> str:
        """Return the meeting in which it was decided."""
        settled = settling_of(self.decision)
        return settled.meeting.title if settled and settled.meeting else ""

    @property
    def is_open(self) -> bool:
        """Say whether somebody has to decide it yet."""
        return not self.row.answer

    @property
    def may_decide(self) -> bool:
        """Say whether the reader decides it now."""
        return self.is_open and not self.first and not self.why_not

    @property
    def reason(self) -> str:
        """Return why it was decided so."""
        settled = settling_of(self.decision)
        return settled.reason if settled else ""

    @property
    def successor(self) -> Step | None:
        """Return what took its place."""
        return _step(successor_of(self.decision))

    @property
    def predecessor(self) -> Step | None:
        """Return whose place it took."""
        return _step(self.decision.supersedes)

    @property
    def unsettled(self) -> list[str]:
        """Return answers that settle nothing: a partner's, or nobody's."""
        settled = settling_of(self.decision)
        rows = [row for row in self.decision.outcomes.all() if row != settled]
        return [f"{row.outcome} ({decider_of(row)})" for row in rows] if settled is None else []

    @property
    def answer(self) -> str:
        """Return the line that answers first."""
        nobody = _("the sponsor or a steering member")
        who = self.decision.decider.name if self.decision.decider else nobody
        terms = {"age": self.row.age, "who": who, "answer": self.row.answer}
        if self.is_decided:
            terms |= {"name": self.row.answered_by, "answer": self.row.answer.rstrip(".")}
            return _("%(answer)s: %(name)s after %(age)s.") % terms
        if not self.is_open:
            return _("%(answer)s; nothing waits here any more.") % terms
        if self.first:
            terms["codes"] = ", ".join(step.text.split(" ")[0] for step in self.first)
            said = _("Open for %(age)s; %(codes)s has to be decided first.")
        elif self.row.overdue:
            said = _("Overdue: open for %(age)s; waits for %(who)s.")
        else:
            said = _("Open for %(age)s; waits for %(who)s.")
        return f"{said % terms} {self._held()}".strip()

    def _held(self) -> str:
        words = held_words(self.exposed.held) if self.exposed else []
        return _("It holds up: %(what)s.") % {"what": ", ".join(words)} if words else ""


def decision_page(decision: Decision, *, seat: Seat, at: datetime) -> DecisionPage:
    """Return a decision with everything that its page shows."""
    rows = Decision.objects.filter(project=seat.project, pk=decision.pk)
    fetched = with_decision_rows(rows).prefetch_related("outcomes__meeting")
    found = fetched.select_related("supersedes__project").get()
    exposure = exposures(project_ids=[seat.project.pk], as_of=at)[seat.project.pk]
    exposed = exposure.row_of(found.pk)
    above = Step(_("Decisions"), reverse("governance:decision-list", args=[seat.project.public_id]))
    row = decision_row(found, at=at)
    is_open = not row.answer
    return DecisionPage(
        row=row,
        decision=found,
        options=list(_options(found)),
        waits=list(_waits(found)),
        first=_first(found) if is_open else [],
        exposed=exposed,
        graph=graph_of(seat.project, exposure=exposure, start=exposed) if exposed else None,
        pace=pace_words(exposure.pace_of(exposed.held)) if exposed else "",
        may_add=is_open and may_raise(seat),
        may_replace=may_replace(found, account=seat.user) and not successor_of(found),
        why_not=missing_right(found, account=seat.user, at=at) if is_open else "",
        trail=trail_of(seat.project, above, found.code),
    )


def _options(decision: Decision) -> Iterator[OptionRow]:
    settled = settling_of(decision)
    offered = DecisionOption.objects.filter(project=decision.project_id, decision=decision)
    for row in offered.select_related("offered_by__organisation").order_by("position"):
        by = row.offered_by
        yield OptionRow(
            title=row.title,
            consequence=row.consequence,
            by=f"{by.name}, {by.organisation.name}" if by else "",
            is_recommended=row.is_recommended,
            is_chosen=settled is not None and settled.option_id == row.pk,
        )


def _waits(decision: Decision) -> Iterator[WaitingLine]:
    """Yield what waits for the decision itself: decisions, criteria, then scenarios."""
    noted = Dependency.objects.filter(project=decision.project_id, decision=decision)
    rows = list(noted.select_related("waiting__project").by_kind())
    for row in rows:
        if row.waiting is not None:
            yield _line(decision, "decision", str(row.waiting.public_id), str(row.waiting))
    for kind, noun in (
        (DependentKind.CRITERION, "criterion"),
        (DependentKind.SCENARIO, "scenario"),
    ):
        codes = [row.code for row in rows if row.kind == kind]
        known = known_dependents(decision.project, kind=kind, codes=codes)
        for code in codes:
            named = known.get(code)
            text = f"{code} {named.title}" if named else code
            yield _line(decision, noun, named.subject_id if named else "", text)


def _line(decision: Decision, noun: str, subject_id: str, text: str) -> WaitingLine:
    notes = {"decision": _("Decision"), "criterion": _("Criterion"), "scenario": _("Scenario")}
    href = place_of(decision.project, noun=noun, subject_id=subject_id)
    return WaitingLine(text=text, href=href, note=notes[noun])


def _first(decision: Decision) -> list[Step]:
    """Return the open decisions that it waits for, by code."""
    rows = Decision.objects.filter(project=decision.project_id).before_decision(decision)
    waiting = rows.waiting().select_related("project").order_by("code")
    return [step for step in map(_step, waiting) if step]


def _step(decision: Decision | None) -> Step | None:
    if decision is None:
        return None
    names = [decision.project.public_id, decision.public_id]
    return Step(str(decision), reverse("governance:decision-detail", args=names))


def replacing(decision: Decision) -> dict[str, Any]:
    """Return what a decision that takes another's place starts from: all that the other said."""
    options = DecisionOption.objects.filter(project=decision.project_id, decision=decision)
    noted = Dependency.objects.filter(project=decision.project_id, decision=decision)
    waiting = [row.waiting.code if row.waiting else row.code for row in _still(noted)]
    first = Decision.objects.filter(project=decision.project_id).before_decision(decision)
    found: dict[str, Any] = {
        "title": decision.title,
        "detail": decision.detail,
        "kind": decision.kind,
        "decider": decision.decider.public_id if decision.decider else None,
        "blocks_go_live": decision.blocks_go_live,
        "blocked": [row.public_id for row in decision.blocked_processes.all()],
        "waiting": ", ".join(waiting),
        "after": ", ".join(first.waiting().values_list("code", flat=True)),
    }
    for number, option in enumerate(options.order_by("position")[:2], start=1):
        found |= {
            f"option_{number}": option.title,
            f"consequence_{number}": option.consequence,
        }
        if option.is_recommended:
            found["recommended"] = str(number)
    return found


def _still(noted: DependencyQuerySet) -> list[Dependency]:
    """Return what still waits: decisions that are open, and whatever is known by a code."""
    rows = list(noted.select_related("waiting").by_kind())
    open_ids = set(
        Decision.objects.filter(project__in={row.project_id for row in rows})
        .waiting()
        .values_list("pk", flat=True)
    )
    return [row for row in rows if row.waiting_id is None or row.waiting_id in open_ids]
