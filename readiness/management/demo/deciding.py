"""What the demo's open questions offer to choose from, and what waits for each of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from governance.choices import DependentKind
from governance.models import Decision, DecisionOption, Dependency, User
from readiness.management.demo.cast import Cast
from readiness.management.demo.mapping import Mapped
from uat.models import Scenario

WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "Who owns the list of reason codes?": (
        (
            "Quality owns it",
            "One owner for all plants; two days of cleaning in Porto.",
        ),
        ("Each plant owns its part", "No cleaning now; every report needs a mapping for good."),
    ),
    "Does subcontracted stock count as ours?": (
        ("It counts as ours", "Counted at every close; the valuation has to be tested again."),
        ("It stays the subcontractor's", "Nothing to test; the month's report shows less stock."),
    ),
    "Which labels does the Porto site print?": (
        ("The group's labels", "The printers in Porto are replaced, six weeks of delivery."),
        ("Porto's own labels", "One more layout to test with every release."),
    ),
    "Do field engineers book time by phone?": (
        ("By phone", "Forty phones and a course of two hours; hours are there the same day."),
        ("At the plant", "Nothing to buy; hours come on Mondays."),
    ),
    "Is a negative stock ever allowed?": (
        ("Never", "Goods receipts have to be booked before the shift ends."),
        ("For a day", "Nobody waits at the dock; finance clears what is left every night."),
    ),
}
"""Question -> its ways, what each brings; the first one is recommended."""
CHAIN = ("D-10", "D-11", "D-14")
"""Each of these waits for the one before."""
CRITERIA = {"D-11": ("DX-03", "UX-03"), "D-12": ("UX-01",)}
REPLACED, SUCCESSOR = "D-13", "D-15"
NEW_WORDS = "Do field engineers book time by phone or at the plant, and from which day?"
MOST_SCENARIOS = 6


def offer_and_note(mapped: Mapped, cast: Cast) -> None:
    """Write ways to decide each open question, what waits for it, and one that was replaced."""
    dice = Random(f"{mapped.project.slug} deciding")  # noqa: S311 - an invented story, no secret
    waiting = Decision.objects.filter(project=mapped.project).waiting().order_by("code")
    rows = {row.code: row for row in waiting}
    for row in rows.values():
        _offer(row, by=cast.consultants[0])
        _note_codes(mapped, row, dice=dice, by=cast.consultants[0])
    for before, after in pairwise(CHAIN):
        if before in rows and after in rows:
            _note(rows[before], at=rows[after].raised_at, by=cast.sponsor, waiting=rows[after])
    if REPLACED in rows:
        _replace(rows[REPLACED], mapped)


def _offer(decision: Decision, *, by: User) -> None:
    for number, (title, consequence) in enumerate(WAYS.get(decision.title, ()), start=1):
        DecisionOption.objects.create(
            organisation_id=decision.organisation_id,
            project_id=decision.project_id,
            decision=decision,
            position=number,
            title=title,
            consequence=consequence,
            is_recommended=number == 1,
            offered_by=by,
            recorded_at=decision.raised_at + timedelta(hours=2),
        )


def _note_codes(mapped: Mapped, decision: Decision, *, dice: Random, by: User) -> None:
    at = decision.raised_at + timedelta(days=1)
    for code in CRITERIA.get(decision.code, ()):
        _note(decision, at=at, by=by, kind=DependentKind.CRITERION, code=code)
    scenarios = Scenario.objects.filter(project=mapped.project, in_scope=True)
    codes: Sequence[str] = list(scenarios.order_by("code").values_list("code", flat=True))
    for code in sorted(dice.sample(codes, min(len(codes), MOST_SCENARIOS))):
        _note(decision, at=at, by=by, kind=DependentKind.SCENARIO, code=code)


def _note(
    decision: Decision,
    *,
    at: datetime,
    by: User,
    kind: str = DependentKind.DECISION,
    code: str = "",
    waiting: Decision | None = None,
) -> None:
    Dependency.objects.create(
        organisation_id=decision.organisation_id,
        project_id=decision.project_id,
        decision=decision,
        kind=kind,
        code=code,
        waiting=waiting,
        noted_by=by,
        noted_at=at,
        recorded_at=at,
    )


def _replace(old: Decision, mapped: Mapped) -> None:
    """Put a question in the place of one that nobody could answer; it keeps its age."""
    at = old.raised_at + timedelta(days=9)
    new = Decision.objects.create(
        organisation_id=old.organisation_id,
        project_id=old.project_id,
        code=SUCCESSOR,
        title=NEW_WORDS,
        supersedes=old,
        raised_by=old.raised_by,
        raised_affiliation=old.raised_affiliation,
        raised_at=at,
        decider=old.decider,
        due_date=mapped.stage.today + timedelta(days=3),
        blocks_go_live=old.blocks_go_live,
        recorded_at=at,
    )
    new.blocked_processes.set(old.blocked_processes.all())
