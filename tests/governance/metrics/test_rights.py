"""For how many kinds of decision there is exactly one decider, in every process in scope."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.choices import DecisionKind
from governance.metrics.rights import covered_kinds, put_rights, rights_paper
from governance.models import User
from governance.querysets.batches import batches
from governance.readings import Readings
from governance.services.rights import Before, Grant, end_right, give_right
from tests.factories import NOW, make_process
from tests.people import Cast, make_cast
from tests.signing import LATER

pytestmark = pytest.mark.django_db
DATA = DecisionKind.DATA


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def clear(cast: Cast, *, as_of: object = LATER) -> tuple[int | None, int | None]:
    (batch,) = batches(project_ids=[cast.project.pk], as_of=as_of)  # type: ignore[arg-type]
    readings = Readings()
    put_rights(readings, batch)
    reading = readings.get(cast.project.pk, "gov.raci_pct")
    assert reading is not None
    return reading.done, reading.due


def give(cast: Cast, decider: User, **terms: object) -> object:
    grant = Grant(kind=terms.pop("kind", DATA), decider=decider, **terms)  # type: ignore[arg-type]
    return give_right(project=cast.project, grant=grant, given_by=cast.sponsor, given_at=NOW)


class TestPutRights:
    def test_measures_nothing_where_nothing_is_in_scope(self, cast: Cast) -> None:
        give(cast, cast.sponsor)
        assert clear(cast) == (0, 0)
        assert rights_paper(project_ids=[cast.project.pk], as_of=LATER) == {}

    def test_counts_a_kind_that_somebody_decides_everywhere(self, cast: Cast) -> None:
        first, second = make_process(project=cast.project), make_process(project=cast.project)
        assert clear(cast) == (0, 8)
        give(cast, cast.process_owner, process=first)
        assert clear(cast) == (0, 8)
        give(cast, cast.sponsor, process=second)
        assert clear(cast) == (1, 8)
        give(cast, cast.sponsor, kind=DecisionKind.SCOPE)
        assert clear(cast) == (2, 8)

    def test_neither_of_two_deciders_counts(self, cast: Cast) -> None:
        make_process(project=cast.project)
        give(cast, cast.sponsor)
        row = give(cast, cast.process_owner, before=Before.STAYS)
        assert clear(cast) == (0, 8)
        found = rights_paper(project_ids=[cast.project.pk], as_of=LATER)[cast.project.pk]
        assert found == {
            "kinds": 8, "clear": 0, "gaps": 7, "doubles": 1, "unowned": 1, "overloaded": 0,
        }  # fmt: skip
        by = cast.sponsor
        end_right(right=row, ended_by=by, reason="One is enough.", ended_at=NOW)  # type: ignore[arg-type]
        assert clear(cast) == (1, 8)

    def test_somebody_who_is_gone_decides_nothing(self, cast: Cast) -> None:
        make_process(project=cast.project)
        give(cast, cast.process_owner)
        User.objects.filter(pk=cast.process_owner.pk).update(is_active=False)
        assert clear(cast) == (0, 8)

    def test_asks_as_it_was_known(self, cast: Cast) -> None:
        make_process(project=cast.project)
        give(cast, cast.sponsor)
        assert clear(cast) == (1, 8)
        assert clear(cast, as_of=timezone.now() - timedelta(days=1)) == (0, 8)

    def test_counts_owners_of_too_many(self, cast: Cast) -> None:
        for _ in range(6):
            make_process(project=cast.project, owner=cast.process_owner)
        found = rights_paper(project_ids=[cast.project.pk], as_of=LATER)[cast.project.pk]
        assert (found["unowned"], found["overloaded"]) == (0, 1)

    def test_takes_as_many_queries_for_many_projects(
        self, cast: Cast, django_assert_num_queries: object
    ) -> None:
        for project in (cast.project, cast.other_project):
            make_process(project=project)
        (batch,) = batches(project_ids=[cast.project.pk, cast.other_project.pk], as_of=LATER)
        with django_assert_num_queries(2):  # type: ignore[operator]
            put_rights(Readings(), batch)


class TestCoveredKinds:
    def test_an_own_decider_in_every_process_needs_none_for_all(self) -> None:
        found = covered_kinds({(1, "DATA"): 1, (2, "DATA"): 1, (None, "DATA"): 2}, size=2)
        assert found["DATA"].is_clear
        assert covered_kinds({(1, "DATA"): 1, (None, "DATA"): 2}, size=2)["DATA"].has_double
        assert covered_kinds({(1, "DATA"): 1}, size=2)["DATA"].has_gap
        assert covered_kinds({}, size=0) == {}
