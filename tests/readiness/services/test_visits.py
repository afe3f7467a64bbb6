"""How far an account has read a project."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from readiness.models import Snapshot, Visit
from readiness.services.visits import VISIT_GAP, note_visit
from tests.factories import NOW
from tests.readiness.worlds import EARLIER, World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Return a judged upgrade."""
    return make_world()


class TestNoteVisit:
    def note(self, world: World, **terms: object) -> Visit:
        """Note a visit of the sponsor."""
        given = {"shown": world.snapshot, "at": NOW} | terms
        return note_visit(
            user=world.cast.sponsor,
            project=world.cast.project,
            **given,  # type: ignore[arg-type]
        )

    def test_writes_one_row_for_an_account_and_a_project(self, world: World) -> None:
        for minutes in range(3):
            self.note(world, at=NOW + timedelta(minutes=minutes))
        visit = Visit.objects.get()
        assert (visit.seen, visit.since) == (world.snapshot, None)
        assert visit.seen_at == NOW + timedelta(minutes=2)
        assert visit.organisation == world.cast.project.organisation
        assert str(visit) == f"{world.cast.sponsor.pk} {world.cast.project.pk}"

    def test_begins_a_new_visit_after_a_gap(self, world: World) -> None:
        earlier = Snapshot.objects.get(as_of=EARLIER)
        self.note(world, shown=earlier, at=EARLIER)
        visit = self.note(world)
        assert (visit.seen, visit.since, visit.since_at) == (world.snapshot, earlier, EARLIER)
        visit = self.note(world, at=NOW + VISIT_GAP)
        assert visit.since == earlier, "still the same visit"

    def test_never_goes_back_to_an_older_judgement(self, world: World) -> None:
        self.note(world)
        visit = self.note(world, shown=Snapshot.objects.get(as_of=EARLIER), at=EARLIER)
        assert (visit.seen, visit.seen_at) == (world.snapshot, NOW)

    def test_knows_everything_when_all_was_read(self, world: World) -> None:
        self.note(world, shown=Snapshot.objects.get(as_of=EARLIER), at=EARLIER)
        visit = self.note(world, all_read=True)
        assert (visit.since, visit.since_at) == (world.snapshot, NOW)

    def test_is_refused_twice_by_the_database(self, world: World) -> None:
        visit = self.note(world)
        with pytest.raises(IntegrityError), transaction.atomic():
            Visit.objects.create(
                organisation_id=visit.organisation_id,
                project=visit.project,
                user=visit.user,
                seen_at=NOW,
            )
