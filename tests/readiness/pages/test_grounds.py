"""What kept pages hang on: it moves whenever they would."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.choices import Role
from governance.models import Participation, User
from governance.services.marks import mark_projects, note_judged
from readiness.models import Visit
from readiness.pages.grounds import ground_of_gate, ground_of_portfolio
from tests.factories import NOW, join
from tests.readiness.worlds import World, judge_now, make_world
from tests.wire import make_snapshot


@pytest.fixture
def world(db: None) -> World:
    """Return a judged upgrade."""
    return make_world()


def gate(world: World, user: User) -> str | None:
    """Return the ground of the world's gate page for an account."""
    return ground_of_gate(user, world.cast.project.public_id)


def mark(world: World) -> None:
    mark_projects(project_ids=[world.cast.project.pk])


def judge(world: World) -> None:
    judge_now(world.cast, as_of=NOW + timedelta(hours=1))


def note(world: World) -> None:
    mark_projects(project_ids=[world.cast.project.pk])
    note_judged(versions={world.cast.project.pk: 10**6})


def appoint(world: World) -> None:
    join(project=world.cast.project, user=world.cast.sponsor, role=Role.AUDITOR)


MOVES = [mark, judge, note, appoint]


class TestGroundOfGate:
    @pytest.mark.parametrize("move", MOVES)
    def test_moves_with_what_the_page_shows(
        self, world: World, move: Callable[[World], None]
    ) -> None:
        before = gate(world, world.cast.sponsor)
        move(world)
        assert gate(world, world.cast.sponsor) != before

    def test_moves_with_the_accounts_own_visit_only(self, world: World) -> None:
        before = gate(world, world.cast.sponsor), gate(world, world.cast.project_manager)
        Visit.objects.create(
            organisation=world.cast.client,
            project=world.cast.project,
            user=world.cast.sponsor,
            seen=world.snapshot,
            seen_at=NOW,
        )
        assert gate(world, world.cast.sponsor) != before[0]
        assert gate(world, world.cast.project_manager) == before[1]

    def test_stands_while_nothing_moves(self, world: World) -> None:
        assert gate(world, world.cast.sponsor) == gate(world, world.cast.sponsor)

    def test_does_not_move_with_another_project(self, world: World) -> None:
        before = gate(world, world.cast.sponsor)
        mark_projects(project_ids=[world.cast.other_project.pk])
        make_snapshot(project=world.cast.other_project)
        assert gate(world, world.cast.sponsor) == before

    def test_is_nothing_to_somebody_without_a_seat(self, world: World) -> None:
        assert gate(world, world.cast.stranger) is None
        assert ground_of_gate(world.cast.sponsor, world.cast.other_project.public_id) is None

    def test_stands_open_to_the_clients_administrator_alone(self, world: World) -> None:
        for user, sees in ((world.cast.stranger, True), (world.cast.other_sponsor, False)):
            user.is_administrator = True
            user.organisation = world.cast.client if sees else user.organisation
            assert (gate(world, user) is not None) is sees

    def test_asks_one_question(self, world: World) -> None:
        with CaptureQueriesContext(connection) as asked:
            gate(world, world.cast.sponsor)
        assert len(asked) == 1


class TestGroundOfPortfolio:
    @pytest.mark.parametrize("move", MOVES)
    def test_moves_with_what_the_page_shows(
        self, world: World, move: Callable[[World], None]
    ) -> None:
        before = ground_of_portfolio(world.cast.sponsor)
        move(world)
        assert ground_of_portfolio(world.cast.sponsor) != before

    def test_moves_when_a_seat_is_taken_away(self, world: World) -> None:
        before = ground_of_portfolio(world.cast.sponsor)
        Participation.objects.filter(user=world.cast.sponsor).update(ended_at=NOW)
        assert ground_of_portfolio(world.cast.sponsor) != before

    def test_asks_one_question(self, world: World) -> None:
        with CaptureQueriesContext(connection) as asked:
            ground_of_portfolio(world.cast.sponsor)
        assert len(asked) == 1
