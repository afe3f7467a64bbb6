"""A note marked as a caveat stands on page one, and those who report the status hear of it."""

import pytest

from governance.models import Caveat, Notice, RecordEntry
from governance.services.caveats import CaveatRefused, CaveatSource, write_caveat
from tests.factories import NOW
from tests.people import make_cast

pytestmark = pytest.mark.django_db
SOURCE = CaveatSource("decision", "3f6b1f62-63b1-4a1a-9d5d-6a4f0e4f7f10", "D-001 Chart of accounts")


class TestWriteCaveat:
    def test_names_the_row_whose_note_it_is(self) -> None:
        cast = make_cast()
        row = write_caveat(
            project=cast.project,
            text="Only for Norway.",
            writer=cast.process_owner,
            written_at=NOW,
            source=SOURCE,
        )
        assert (row.source_noun, row.source_id, row.source_title) == (
            SOURCE.noun,
            SOURCE.id,
            SOURCE.title,
        )
        assert RecordEntry.objects.filter(project=cast.project, subject_noun="caveat").exists()

    def test_tells_the_executives_and_the_project_manager_but_not_the_writer(self) -> None:
        cast = make_cast()
        write_caveat(project=cast.project, text="Mind it.", writer=cast.sponsor, written_at=NOW)
        told = set(Notice.objects.values_list("account__name", flat=True))
        assert cast.project_manager.name in told
        assert cast.sponsor.name not in told
        assert cast.process_owner.name not in told

    def test_is_one_caveat_for_the_same_note_of_the_same_row(self) -> None:
        cast = make_cast()
        first, second = (
            write_caveat(
                project=cast.project,
                text="Mind it.",
                writer=cast.sponsor,
                written_at=NOW,
                source=SOURCE,
            )
            for _ in range(2)
        )
        assert first == second
        assert Caveat.objects.count() == 1

    @pytest.mark.parametrize("text", [" ", "x" * 1001])
    def test_refuses_what_cannot_stand_on_page_one(self, text: str) -> None:
        cast = make_cast()
        with pytest.raises(CaveatRefused):
            write_caveat(project=cast.project, text=text, writer=cast.sponsor, written_at=NOW)
