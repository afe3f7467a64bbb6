"""What is needed from outside, and what of the calendar meets the cutover."""

from datetime import date, timedelta
from typing import Any

import pytest

from governance.choices import CalendarKind, RaidKind, RaidState
from governance.metrics.exterior import dependencies_paper
from governance.models import (
    CalendarEntry,
    CalendarEntryEnd,
    Project,
    ProviderConfirmation,
    RaidChange,
    RaidItem,
)
from readiness.measurements import take_readings
from tests.factories import NOW, make_project, make_user
from tests.measuring import count_of, reading_of, share_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
GO_LIVE = date(2026, 9, 7)


@pytest.fixture
def project() -> Project:
    return make_project(time_zone="Europe/Warsaw", go_live_date=GO_LIVE)


def _scope(project: Project, *, days: float = 30) -> dict[str, Any]:
    at = NOW - timedelta(days=days)
    organisation = project.organisation_id
    return {"organisation_id": organisation, "project": project, "recorded_at": at}


def _need(project: Project, **fields: Any) -> RaidItem:
    said = {"kind": RaidKind.DEPENDENCY, "due_date": date(2026, 7, 1), **fields}
    number = RaidItem.objects.count()
    raised = NOW - timedelta(days=30)
    return RaidItem.objects.create(
        **_scope(project), code=f"X-{number}", title="Files", raised_at=raised, **said
    )


def _promise(item: RaidItem, *, days: float, by: date = date(2026, 6, 20)) -> None:
    ProviderConfirmation.objects.create(
        **_scope(item.project, days=days),
        item=item,
        promised_date=by,
        confirmed_by="Nia",
        noted_by=make_user(organisation=item.organisation),
        confirmed_at=NOW - timedelta(days=days),
    )


def _change(item: RaidItem, state: str, *, days: float) -> None:
    RaidItem.objects.filter(pk=item.pk).update(state=state)
    RaidChange.objects.create(
        **_scope(item.project, days=days),
        item=item,
        state=state,
        note="So it is.",
        changed_by=make_user(organisation=item.organisation),
        changed_at=NOW - timedelta(days=days),
    )


def _days(project: Project, first: date, last: date, *, days: float = 30) -> CalendarEntry:
    return CalendarEntry.objects.create(
        **_scope(project, days=days),
        kind=CalendarKind.CLOSE,
        title=f"Close {first}",
        from_date=first,
        to_date=last,
        written_at=NOW - timedelta(days=days),
    )


class TestConfirmed:
    def test_counts_what_was_promised_in_time_or_has_come(self, project: Project) -> None:
        _promise(_need(project), days=20)
        _promise(_need(project), days=20, by=date(2026, 7, 2))
        _promise(_need(project, due_date=None), days=20)
        _need(project)
        _change(_need(project), RaidState.CLOSED, days=3)
        _need(project, kind=RaidKind.RISK)
        assert share_of(project, "dep.confirmed_pct") == (2, 5)

    def test_believes_the_newest_word(self, project: Project) -> None:
        item = _need(project)
        _promise(item, days=20)
        _promise(item, days=2, by=date(2026, 8, 1))
        assert share_of(project, "dep.confirmed_pct") == (0, 1)

    def test_is_of_nothing_where_nothing_is_listed(self, project: Project) -> None:
        assert reading_of(project, "dep.confirmed_pct").population == 0

    def test_sees_a_moment_as_it_was_known_then(self, project: Project) -> None:
        item = _need(project)
        _promise(item, days=1)
        _change(item, RaidState.CLOSED, days=1)
        before = NOW - timedelta(days=5)
        then = take_readings(project_ids=[project.pk], as_of=before)
        told = then.get(project.pk, "dep.confirmed_pct")
        assert told is not None
        assert (told.done, told.due) == (0, 1)
        assert share_of(project, "dep.confirmed_pct") == (1, 1)


class TestFresh:
    def test_counts_what_was_confirmed_within_seven_days(self, project: Project) -> None:
        for days in (6.9, 7.1, 30):
            _promise(_need(project), days=days)
        assert share_of(project, "dep.fresh_pct") == (1, 3)


class TestConflicts:
    @pytest.mark.parametrize(
        ("first", "last", "conflicts"),
        [
            (date(2026, 9, 5), date(2026, 9, 5), 1),
            (date(2026, 9, 9), date(2026, 9, 20), 1),
            (date(2026, 9, 1), date(2026, 9, 30), 1),
            (date(2026, 9, 1), date(2026, 9, 4), 0),
            (date(2026, 9, 10), date(2026, 9, 11), 0),
        ],
    )
    def test_counts_what_meets_the_cutover(
        self, project: Project, first: date, last: date, conflicts: int
    ) -> None:
        _days(project, first, last)
        assert count_of(project, "cal.conflicts") == (conflicts, 1)

    def test_is_of_nothing_without_days_around_go_live_or_without_a_date(
        self, project: Project
    ) -> None:
        _days(project, date(2025, 9, 7), date(2025, 9, 7))
        assert reading_of(project, "cal.conflicts").population == 0
        undated = make_project(go_live_date=None)
        _days(undated, GO_LIVE, GO_LIVE)
        assert reading_of(undated, "cal.conflicts").population == 0

    def test_leaves_out_what_was_taken_out_by_then(self, project: Project) -> None:
        entry = _days(project, GO_LIVE, GO_LIVE)
        _days(project, date(2026, 8, 1), date(2026, 8, 2))
        CalendarEntryEnd.objects.create(
            **_scope(project, days=2),
            entry=entry,
            reason="Moved",
            ended_by=make_user(organisation=project.organisation),
            ended_at=NOW - timedelta(days=2),
        )
        assert count_of(project, "cal.conflicts") == (0, 1)
        then = take_readings(project_ids=[project.pk], as_of=NOW - timedelta(days=3))
        told = then.get(project.pk, "cal.conflicts")
        assert told is not None
        assert told.value == 1


class TestDependenciesPaper:
    def test_says_how_they_stand_and_what_meets_the_cutover(self, project: Project) -> None:
        _promise(_need(project), days=1)
        _need(project, kind=RaidKind.ISSUE)
        _days(project, GO_LIVE, GO_LIVE)
        paper = dependencies_paper(project_ids=[project.pk], as_of=NOW)[project.pk]
        (conflict,) = paper.pop("conflicts")
        assert paper == {"listed": 1, "confirmed": 1, "fresh": 1, "risks": 0, "issues": 1}
        assert (conflict["kind"], conflict["from_date"]) == ("CLOSE", GO_LIVE)
        quiet = make_project()
        assert dependencies_paper(project_ids=[quiet.pk], as_of=NOW) == {}
