"""Opening a project and moving its date."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from governance.choices import Affiliation
from governance.models import Decision, DecisionOutcome, GoLiveDate, ProjectMark
from governance.services.projects import DateMoveRefused, move_go_live_date
from tests.factories import GO_LIVE, NOW, make_project
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
LATER = date(2026, 9, 7)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def _decision(cast: Cast, *, answered: bool = True) -> Decision:
    decision = Decision.objects.create(
        organisation=cast.client,
        project=cast.project,
        code="D-1",
        title="Move to September",
        raised_at=NOW,
    )
    if answered:
        DecisionOutcome.objects.create(
            organisation=cast.client,
            project=cast.project,
            decision=decision,
            outcome="Yes",
            decided_by=cast.sponsor,
            decided_affiliation=Affiliation.CLIENT,
            decided_at=NOW,
        )
    return decision


class TestOpenProject:
    def test_writes_the_first_date_and_a_mark(self) -> None:
        project = make_project()
        assert GoLiveDate.objects.get(project=project).go_live_date == GO_LIVE
        assert ProjectMark.objects.get(project=project).version == 1

    def test_may_leave_the_date_open(self) -> None:
        project = make_project(go_live_date=None)
        assert not GoLiveDate.objects.filter(project=project).exists()

    def test_refuses_a_slug_twice(self) -> None:
        project = make_project(slug="orion")
        with pytest.raises(IntegrityError), transaction.atomic():
            make_project(organisation=project.organisation, slug="orion")


class TestMoveGoLiveDate:
    def test_moves_by_an_answered_decision_and_marks_the_project(self, cast: Cast) -> None:
        before = ProjectMark.objects.get(project=cast.project).version
        moved = move_go_live_date(
            project=cast.project,
            go_live_date=LATER,
            decision=_decision(cast),
            decided_by=cast.sponsor,
            decided_at=NOW,
        )
        cast.project.refresh_from_db()
        assert cast.project.go_live_date == LATER
        assert str(moved) == "2026-09-07"
        assert list(
            GoLiveDate.objects.filter(project=cast.project)
            .order_by("id")
            .values_list("go_live_date", flat=True)
        ) == [GO_LIVE, LATER]
        assert ProjectMark.objects.get(project=cast.project).version == before + 1

    def test_is_refused_while_the_decision_is_open(self, cast: Cast) -> None:
        with pytest.raises(DateMoveRefused, match="outcome first"):
            self._move(cast, decision=_decision(cast, answered=False))

    def test_is_refused_by_another_projects_decision(self, cast: Cast) -> None:
        decision = _decision(cast)
        with pytest.raises(DateMoveRefused, match="another project"):
            move_go_live_date(
                project=cast.other_project,
                go_live_date=LATER,
                decision=decision,
                decided_by=cast.other_sponsor,
                decided_at=NOW,
            )

    def test_is_refused_into_the_past(self, cast: Cast) -> None:
        with pytest.raises(DateMoveRefused, match="future"):
            self._move(cast, go_live_date=NOW.date())

    def test_is_refused_to_a_partner(self, cast: Cast) -> None:
        with pytest.raises(DateMoveRefused, match="Only the client"):
            self._move(cast, decided_by=cast.consultant)

    def test_leaves_the_date_alone_when_refused(self, cast: Cast) -> None:
        with pytest.raises(DateMoveRefused):
            self._move(cast, go_live_date=NOW.date() - timedelta(days=1))
        cast.project.refresh_from_db()
        assert cast.project.go_live_date == GO_LIVE

    def test_cannot_be_done_without_a_decision(self, cast: Cast) -> None:
        with (
            pytest.raises(IntegrityError, match="a_date_moves_only_by_a_decision"),
            transaction.atomic(),
        ):
            GoLiveDate.objects.create(
                organisation=cast.client,
                project=cast.project,
                go_live_date=LATER,
                reason="Because",
                decided_at=NOW,
            )

    def _move(self, cast: Cast, **changed: object) -> GoLiveDate:
        terms: dict[str, object] = {
            "go_live_date": LATER,
            "decided_by": cast.sponsor,
            "decided_at": NOW,
        }
        terms |= changed
        decision = terms.pop("decision", None) or _decision(cast)
        return move_go_live_date(project=cast.project, decision=decision, **terms)  # type: ignore[arg-type]
