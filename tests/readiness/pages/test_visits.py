"""What changed for one account since it last looked."""

from datetime import UTC, datetime, timedelta

import pytest

from readiness.models import Snapshot
from readiness.pages.visits import SinceVisit, since_visit
from readiness.services.visits import VISIT_GAP, note_visit
from tests.factories import NOW
from tests.readiness.worlds import EARLIER, World, make_world

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def world(db: None) -> World:
    """Return a judged upgrade."""
    return make_world()


def looked(world: World, *, at: datetime, saw: Snapshot) -> None:
    """Note that the sponsor was shown a judgement."""
    note_visit(user=world.cast.sponsor, project=world.cast.project, shown=saw, at=at)


def told(world: World, *, at: datetime = LATER) -> SinceVisit | None:
    """Return what the sponsor is told at a moment."""
    return since_visit(
        world.cast.sponsor, world.cast.project, shown=world.snapshot, now=at, zone=UTC
    )


class TestSinceVisit:
    def test_is_nothing_on_the_first_visit(self, world: World) -> None:
        assert told(world) is None
        looked(world, at=NOW, saw=world.snapshot)
        assert told(world, at=NOW + timedelta(minutes=1)) is None

    def test_is_quiet_when_nothing_was_judged_since(self, world: World) -> None:
        looked(world, at=NOW, saw=world.snapshot)
        since = told(world)
        assert since is not None
        assert (since.is_quiet, since.ago) == (True, "2 h ago")

    def test_tells_what_moved(self, world: World) -> None:
        looked(world, at=EARLIER, saw=Snapshot.objects.get(as_of=EARLIER))
        since = told(world, at=NOW)
        assert since is not None
        assert not since.is_quiet
        assert since.ago == "8 days ago"
        moves = {move.key: move for move in since.moves}
        assert "risk" in since.words
        assert moves["DX-10"].after == "ACCEPTED"

    def test_stays_while_the_visit_lasts(self, world: World) -> None:
        looked(world, at=EARLIER, saw=Snapshot.objects.get(as_of=EARLIER))
        looked(world, at=NOW, saw=world.snapshot)
        since = told(world, at=NOW + VISIT_GAP)
        assert since is not None
        assert not since.is_quiet
        assert since.when == "24 May 2026, 09:00"

    def test_is_each_accounts_own(self, world: World) -> None:
        looked(world, at=NOW, saw=world.snapshot)
        project = world.cast.project
        assert (
            since_visit(world.cast.auditor, project, shown=world.snapshot, now=LATER, zone=UTC)
            is None
        )
