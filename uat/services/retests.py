"""Have scenarios done anew that rest on something an owner of the client did not accept."""

from collections.abc import Collection
from datetime import datetime

from governance.choices import DependentKind, NoticeKind, Role, Ruling
from governance.choices.words import english
from governance.models import AssumptionRuling, Dependency, User
from governance.outbox import News, settle, tell
from uat.models import Change, Scenario
from uat.services.changes import refresh_changed

WRONG = (Ruling.CORRECTED, Ruling.REJECTED)
LONGEST_SUMMARY = 500


def retest_after_ruling(*, ruling: AssumptionRuling) -> int:
    """Make old what was run on a wrong assumption, and tell who has to act; return how many.

    Called in the ruling's own transaction, through settings.RULING_FOLLOWERS.
    """
    if ruling.ruling not in WRONG:
        return 0
    named = Dependency.objects.filter(assumption_id=ruling.assumption_id)
    codes = named.filter(kind=DependentKind.SCENARIO).values_list("code", flat=True)
    scenarios = list(Scenario.objects.filter(project_id=ruling.project_id, code__in=list(codes)))
    if not scenarios:
        return 0
    word = english(Ruling(ruling.ruling)).lower()
    summary = f"{ruling.assumption.code} was {word}: {ruling.reason}"
    _write_changes(scenarios, summary=summary[:LONGEST_SUMMARY], changed_at=ruling.ruled_at)
    refresh_changed(project_id=ruling.project_id)
    _tell(ruling, number=len(scenarios))
    return len(scenarios)


def settle_retested(*, scenario: Scenario, settled_at: datetime) -> None:
    """Say that an assumption's rework is done once the business has run all that rested on it."""
    kind = DependentKind.SCENARIO
    resting = Dependency.objects.filter(project=scenario.project_id, kind=kind)
    bases = resting.filter(code=scenario.code, assumption__isnull=False)
    for base in bases.select_related("assumption"):
        codes = resting.filter(assumption=base.assumption_id).values_list("code", flat=True)
        left = Scenario.objects.filter(project=scenario.project_id, code__in=list(codes))
        if base.assumption and not left.in_scope().untested().exists():
            settle(
                project=scenario.project,
                noun="assumption",
                subject_id=base.assumption.public_id,
                settled_at=settled_at,
                kinds=[NoticeKind.REWORK],
            )


def _write_changes(scenarios: Collection[Scenario], *, summary: str, changed_at: datetime) -> None:
    Change.objects.bulk_create(
        Change(
            organisation_id=scenario.organisation_id,
            project_id=scenario.project_id,
            scenario=scenario,
            build="",
            summary=summary,
            changed_at=changed_at,
        )
        for scenario in scenarios
    )


def _tell(ruling: AssumptionRuling, *, number: int) -> None:
    """Tell the test leads and who assumed it that so many scenarios are to be done anew."""
    leads = User.objects.holding([Role.TEST_LEAD], project=ruling.project)
    news = News(
        kind=NoticeKind.REWORK,
        noun="assumption",
        subject_id=ruling.assumption.public_id,
        title=str(ruling.assumption),
        key=f"ruling:{ruling.public_id}:rework",
        happened_at=ruling.ruled_at,
        terms={"number": number},
    )
    tell(news, accounts=[*leads, ruling.assumption.maker], project=ruling.project)
