"""The sponsor writes in the sponsor's own words; the others acknowledge by name."""

from datetime import timedelta

import pytest

from governance.choices import NoticeKind
from governance.models import Notice, SponsorStatement, StatementAcknowledgement, User
from governance.services.expectations import (
    LONGEST_STATEMENT,
    StatementRefused,
    acknowledge,
    write_statement,
)
from tests.factories import NOW
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def write(
    cast: Cast, text: str = "Come to the training.", by: User | None = None
) -> SponsorStatement:
    return write_statement(
        project=cast.project, text=text, written_by=by or cast.sponsor, written_at=NOW
    )


class TestWriteStatement:
    def test_tells_everybody_who_takes_part_but_the_sponsor(self, cast: Cast) -> None:
        write(cast)
        told = set(Notice.objects.values_list("account", flat=True))
        others = (cast.project_manager, cast.process_owner, cast.business_user, cast.consultant)
        assert told == {each.pk for each in others}

    def test_a_newer_one_settles_the_older(self, cast: Cast) -> None:
        first = write(cast)
        write(cast, "Come to us, all of you.")
        older = Notice.objects.filter(subject_id=str(first.public_id))
        assert not older.filter(settled_at__isnull=True).exists()
        assert SponsorStatement.objects.that_count().get().text.endswith("all of you.")

    @pytest.mark.parametrize("who", ["project_manager", "consultant", "stranger"])
    def test_refuses_everybody_else(self, cast: Cast, who: str) -> None:
        with pytest.raises(StatementRefused, match="Only the client's sponsor"):
            write(cast, by=getattr(cast, who))

    @pytest.mark.parametrize("text", ["  ", "x" * (LONGEST_STATEMENT + 1)])
    def test_refuses_no_words_and_too_many(self, cast: Cast, text: str) -> None:
        with pytest.raises(StatementRefused) as refused:
            write(cast, text)
        assert refused.value.field == "text"

    def test_refuses_the_same_words_again(self, cast: Cast) -> None:
        write(cast)
        with pytest.raises(StatementRefused, match="already"):
            write(cast)


class TestAcknowledge:
    def test_is_done_once_by_name_and_settles_ones_own_notice(self, cast: Cast) -> None:
        statement = write(cast)
        rows = {
            acknowledge(statement=statement, account=cast.consultant, acknowledged_at=LATER).pk
            for _ in range(2)
        }
        assert rows == set(StatementAcknowledgement.objects.values_list("pk", flat=True))
        settled = Notice.objects.filter(kind=NoticeKind.STATEMENT_WRITTEN, settled_at__isnull=False)
        assert [each.account for each in settled] == [cast.consultant]
        assert not SponsorStatement.objects.unread_by(cast.consultant).exists()
        assert SponsorStatement.objects.unread_by(cast.business_user).exists()

    @pytest.mark.parametrize("who", ["sponsor", "stranger", "auditor", "other_sponsor"])
    def test_refuses_the_writer_and_who_takes_no_part(self, cast: Cast, who: str) -> None:
        with pytest.raises(StatementRefused):
            acknowledge(statement=write(cast), account=getattr(cast, who), acknowledged_at=LATER)

    def test_refuses_one_that_counts_no_more(self, cast: Cast) -> None:
        first = write(cast)
        write(cast, "Another.")
        with pytest.raises(StatementRefused, match="newer"):
            acknowledge(statement=first, account=cast.consultant, acknowledged_at=LATER)
