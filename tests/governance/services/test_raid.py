"""Risks, issues and dependencies: who owns them, what became of them, who confirmed them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from governance.choices import MailState, NoticeKind, RaidKind, RaidState, RecordKind
from governance.models import Notice, ProjectMark, RaidChange, RaidItem, RecordEntry
from governance.outbox import News, tell
from governance.services.raid import (
    ProviderWord,
    RaidRefused,
    RaidUpdate,
    change_item,
    confirm,
)
from tests.factories import NOW
from tests.people import Cast, make_cast
from tests.raiding import need, promise, raise_item

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


class TestWriteItem:
    def test_gives_each_kind_its_own_codes_and_marks_the_project(self, cast: Cast) -> None:
        before = ProjectMark.objects.get(project=cast.project).version
        first, second = raise_item(cast), raise_item(cast)
        assert (first.code, second.code, need(cast).code) == ("R-001", "R-002", "X-001")
        assert ProjectMark.objects.get(project=cast.project).version == before + 3

    def test_takes_one_from_a_consultant(self, cast: Cast) -> None:
        assert raise_item(cast, by=cast.consultant).raised_by == cast.consultant.name

    @pytest.mark.parametrize(
        ("owner", "sentence"),
        [
            ("consultant", "A partner never owns"),
            ("other_sponsor", "A partner never owns"),
            ("stranger", "does not take part"),
        ],
    )
    def test_refuses_an_owner_who_cannot_be_one(
        self, cast: Cast, owner: str, sentence: str
    ) -> None:
        with pytest.raises(RaidRefused, match=sentence) as refused:
            raise_item(cast, owner=getattr(cast, owner))
        assert refused.value.field == "owner"
        assert not RaidItem.objects.exists()

    def test_refuses_a_dependency_on_nobody(self, cast: Cast) -> None:
        with pytest.raises(RaidRefused, match="who provides it") as refused:
            need(cast, provider=" ")
        assert refused.value.field == "provider"

    def test_stands_in_the_record_once(self, cast: Cast) -> None:
        row = raise_item(cast)
        entry = RecordEntry.objects.get(kind=RecordKind.RAID_WRITTEN)
        assert entry.subject_id == row.public_id


class TestChangeItem:
    def test_closes_it_opens_it_again_and_keeps_every_word(self, cast: Cast) -> None:
        item = raise_item(cast)
        for state in (RaidState.CLOSED, RaidState.OPEN):
            change_item(
                item=item,
                update=RaidUpdate(state=state, note="So it was agreed."),
                changed_by=cast.project_manager,
                changed_at=LATER,
            )
            item.refresh_from_db()
            assert item.state == state
        assert RaidChange.objects.filter(item=item).count() == 2

    def test_gives_it_to_somebody_and_says_so(self, cast: Cast) -> None:
        item = raise_item(cast)
        update = RaidUpdate(state=RaidState.OPEN, note="She knows the bank.", owner=cast.sponsor)
        row = change_item(
            item=item, update=update, changed_by=cast.project_manager, changed_at=LATER
        )
        item.refresh_from_db()
        assert item.owner == cast.sponsor
        assert row.note == "→ Sponsor: She knows the bank."

    @pytest.mark.parametrize(
        ("update", "days", "sentence"),
        [
            (RaidUpdate(state=RaidState.CLOSED, note="  "), 1, "Say what happened"),
            (RaidUpdate(state=RaidState.CLOSED, note="Done."), -1, "before it was raised"),
        ],
    )
    def test_refuses_no_words_and_the_past(
        self, cast: Cast, update: RaidUpdate, days: int, sentence: str
    ) -> None:
        item = raise_item(cast)
        at = NOW + timedelta(days=days)
        with pytest.raises(RaidRefused, match=sentence):
            change_item(item=item, update=update, changed_by=cast.sponsor, changed_at=at)
        item.refresh_from_db()
        assert item.state == RaidState.OPEN

    def test_refuses_to_hand_it_to_a_partner(self, cast: Cast) -> None:
        update = RaidUpdate(state=RaidState.OPEN, note="Theirs.", owner=cast.consultant)
        with pytest.raises(RaidRefused, match="A partner never owns"):
            change_item(
                item=raise_item(cast), update=update, changed_by=cast.sponsor, changed_at=LATER
            )

    def test_is_never_edited_by_the_database(self, cast: Cast) -> None:
        update = RaidUpdate(state=RaidState.CLOSED, note="Done.")
        row = change_item(
            item=raise_item(cast), update=update, changed_by=cast.sponsor, changed_at=LATER
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            RaidChange.objects.filter(pk=row.pk).update(note="Not done.")


class TestConfirm:
    def test_keeps_every_word_of_the_provider(self, cast: Cast) -> None:
        item = need(cast)
        promise(cast, item)
        promise(cast, item, by=date(2026, 6, 25), at=LATER)
        found = RaidItem.objects.filter(pk=item.pk).with_word().get()
        said: Any = found
        assert (said.promised, said.said_at) == (date(2026, 6, 25), LATER)

    def test_settles_that_it_was_not_confirmed(self, cast: Cast) -> None:
        item = need(cast)
        news = News(
            kind=NoticeKind.CONFIRMATION_STALE,
            noun="raid",
            subject_id=item.public_id,
            title=str(item),
            key=f"raid:{item.public_id}:stale",
            happened_at=NOW,
        )
        tell(news, accounts=[cast.project_manager], project=cast.project)
        promise(cast, item, at=LATER)
        notice = Notice.objects.get()
        assert (notice.settled_at, notice.mail_state) == (LATER, MailState.SETTLED)

    def test_refuses_a_partners_own_word_for_it(self, cast: Cast) -> None:
        word = ProviderWord(promised_date=date(2026, 6, 20), confirmed_by="Nia Bank")
        with pytest.raises(RaidRefused, match="own people ask"):
            confirm(item=need(cast), word=word, noted_by=cast.consultant, confirmed_at=NOW, now=NOW)

    def test_refuses_what_is_no_open_dependency_and_the_future(self, cast: Cast) -> None:
        item = need(cast)
        with pytest.raises(RaidRefused, match="Only a dependency"):
            promise(cast, raise_item(cast, kind=RaidKind.ISSUE))
        word = ProviderWord(promised_date=date(2026, 6, 20), confirmed_by="Nia Bank")
        noted: dict[str, Any] = {"noted_by": cast.sponsor, "now": NOW}
        with pytest.raises(RaidRefused, match="future"):
            confirm(item=item, word=word, confirmed_at=LATER, **noted)
        nobody = ProviderWord(promised_date=date(2026, 6, 20), confirmed_by=" ")
        with pytest.raises(RaidRefused, match="Name the provider"):
            confirm(item=item, word=nobody, confirmed_at=NOW, **noted)
        done = RaidUpdate(state=RaidState.CLOSED, note="It came.")
        change_item(item=item, update=done, changed_by=cast.sponsor, changed_at=LATER)
        with pytest.raises(RaidRefused, match="closed"):
            promise(cast, item, at=LATER)
