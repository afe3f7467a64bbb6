"""Who is sent the receipt of a signature, and when it counts as outside."""

import pytest

from governance.choices import Role
from governance.models import Anchor, Signoff
from governance.services.receipts import (
    ask_for_receipts,
    is_outside,
    note_outside,
    receipt_readers,
)
from tests.factories import join, make_user
from tests.signing import Desk, make_desk, older_signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """Return a process that can be signed."""
    return make_desk()


class TestReceiptReaders:
    def test_are_the_signer_and_the_sponsors_of_now(self, desk: Desk) -> None:
        cast = desk.cast
        second = make_user(organisation=cast.client, name="A second sponsor")
        join(project=cast.project, user=second, role=Role.SPONSOR)
        gone = make_user(organisation=cast.client, name="Gone", is_active=False)
        join(project=cast.project, user=gone, role=Role.SPONSOR)
        signed = desk.sign(cast.process_owner)
        assert receipt_readers(signed) == [cast.process_owner, second, cast.sponsor]


class TestAskForReceipts:
    def test_asked_twice_writes_each_letter_once(self, desk: Desk) -> None:
        signed = desk.sign(desk.cast.process_owner)
        first, again = ask_for_receipts(signed), ask_for_receipts(signed)
        assert first == again


class TestNoteOutside:
    def test_is_kept_for_each_reader(self, desk: Desk) -> None:
        signed = desk.sign(desk.cast.process_owner)
        assert not is_outside(signed, reader=desk.cast.sponsor)
        note_outside(signed, reader=desk.cast.sponsor)
        assert is_outside(signed, reader=desk.cast.sponsor)
        assert not is_outside(signed, reader=desk.cast.process_owner)
        assert Anchor.objects.get().checkpoint.size == _number(signed) + 1

    def test_needs_an_entry(self, desk: Desk) -> None:
        older = older_signature(desk.process, desk.cast.process_owner)
        with pytest.raises(ValueError, match="older than the record"):
            note_outside(older, reader=desk.cast.sponsor)


def _number(signed: Signoff) -> int:
    assert signed.entry is not None
    return signed.entry.seq
