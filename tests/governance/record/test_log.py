"""Entries at the end of a log: numbered, hashed, and written with the act or not at all."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from governance.choices import RecordKind
from governance.models import Checkpoint, RecordEntry, RecordHead, RecordText
from governance.record.checkpoints import checkpoint_of, later_receipt_of, receipt_of
from governance.record.keys import RecordKeyMissing, write_key
from governance.record.log import About, Appended, Deed, Secret, append, append_all
from governance.record.merkle import leaf_hash, root_of, verify_inclusion
from governance.record.verifiers.verify_record import read_note
from tests.people import Cast, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def deed(cast: Cast, **terms: Any) -> Deed:
    """Return that the sponsor decided something."""
    return Deed(
        kind=RecordKind.DECIDED,
        actor=cast.sponsor,
        about=About("decision", cast.project.public_id),
        terms=terms,
        texts={"reason": "Because Ingrid says so.", "note": ""},
    )


def written(cast: Cast, number: int) -> list[Appended]:
    """Write some entries."""
    return [append(deed(cast, number=each), project=cast.project) for each in range(number)]


def leaves(cast: Cast) -> list[bytes]:
    """Return the leaf hashes of the log, from the bodies."""
    rows = RecordEntry.objects.filter(project=cast.project).in_order()
    return [leaf_hash(row.body.encode()) for row in rows]


class TestAppend:
    def test_begins_the_log_with_its_key(self, cast: Cast) -> None:
        before = RecordEntry.objects.filter(project=cast.project).count()
        appended = append(deed(cast), project=cast.project)
        first = RecordEntry.objects.filter(project=cast.project).in_order()[0]
        body = json.loads(first.body)
        assert (body["kind"], body["seq"]) == ("LOG_STARTED", 0)
        assert body["terms"]["client"] == str(cast.client.public_id)
        assert body["terms"]["key"] == RecordHead.objects.get(project=cast.project).key
        assert appended.entry.seq == max(before, 1)

    def test_numbers_without_a_gap_and_never_goes_back_in_time(self, cast: Cast) -> None:
        written(cast, 5)
        rows = list(RecordEntry.objects.filter(project=cast.project).in_order())
        assert [row.seq for row in rows] == list(range(len(rows)))
        assert [row.at for row in rows] == sorted(row.at for row in rows)

    def test_stays_at_the_last_moment_where_the_clock_went_back(self, cast: Cast) -> None:
        (appended,) = written(cast, 1)
        later = appended.entry.at + timedelta(days=1)
        RecordHead.objects.filter(project=cast.project).update(last_at=later)
        assert append(deed(cast), project=cast.project).entry.at == later

    def test_keeps_what_was_typed_apart(self, cast: Cast) -> None:
        entry = append(deed(cast, number=1), project=cast.project).entry
        body = json.loads(entry.body)
        (text,) = RecordText.objects.filter(entry=entry)
        assert "Ingrid" not in entry.body
        assert body["texts"] == {"reason": text.commitment}
        assert Secret(text.text, text.nonce).commitment == text.commitment
        assert body["terms"] == {"number": 1}
        assert body["actor"]["id"] == str(cast.sponsor.public_id)

    def test_is_undone_with_the_act(self, cast: Cast) -> None:
        written(cast, 1)
        size = RecordHead.objects.get(project=cast.project).size
        with transaction.atomic():
            written(cast, 1)
            transaction.set_rollback(True)
        assert RecordHead.objects.get(project=cast.project).size == size
        assert RecordEntry.objects.filter(project=cast.project).count() == size

    def test_proves_every_entry_as_it_is_written(self, cast: Cast) -> None:
        for _ in range(40):
            (appended,) = written(cast, 1)
            every = leaves(cast)
            assert verify_inclusion(
                leaf=every[-1],
                index=appended.entry.seq,
                size=len(every),
                path=appended.path,
                root=root_of(every),
            )

    def test_writes_many_as_it_writes_one(self, cast: Cast) -> None:
        append_all([deed(cast, number=each) for each in range(7)], project=cast.project)
        head = RecordHead.objects.get(project=cast.project)
        assert head.size == len(leaves(cast))
        checkpoint = checkpoint_of(head)
        assert checkpoint.root == root_of(leaves(cast)).hex()

    def test_holds_another_projects_entry_in_another_log(self, cast: Cast) -> None:
        mine, theirs = cast.project, cast.other_project
        size = RecordEntry.objects.filter(project=theirs).count()
        append(deed(cast), project=mine)
        other = append(Deed(kind=RecordKind.DECIDED, actor=None), project=theirs).entry
        assert other.seq == max(size, 1)
        assert json.loads(other.body)["origin"].endswith(f"/p/{theirs.public_id}")


class TestTable:
    def test_refuses_change_and_a_second_entry_of_a_number(self, cast: Cast) -> None:
        entry = append(deed(cast), project=cast.project).entry
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            RecordEntry.objects.filter(pk=entry.pk).update(body="{}")
        with pytest.raises(DatabaseError), transaction.atomic():
            RecordEntry.objects.filter(pk=entry.pk)._raw_delete("default")
        entry.pk = None
        with pytest.raises(DatabaseError), transaction.atomic():
            entry.save(force_insert=True)

    def test_lets_a_text_be_erased_and_never_be_another(self, cast: Cast) -> None:
        entry = append(deed(cast), project=cast.project).entry
        texts = RecordText.objects.filter(entry=entry, name="reason")
        with pytest.raises(DatabaseError, match="erased, not changed"), transaction.atomic():
            texts.update(text="I never said that.")
        assert texts.update(text="", nonce="") == 1


class TestReceiptOf:
    def test_leads_from_the_body_to_a_signed_root(self, cast: Cast) -> None:
        appended = written(cast, 6)[-1]
        text = receipt_of(appended)
        assert text.startswith("c2sp.org/tlog-proof@v1\nextra ")
        note = Checkpoint.objects.get(project=cast.project, size=appended.head.size).note
        assert text.endswith(f"\n\n{note}")
        assert read_note(note).root == root_of(leaves(cast))

    def test_is_the_same_for_the_last_entry_whenever_it_is_made(self, cast: Cast) -> None:
        appended = written(cast, 11)[-1]
        at_once = receipt_of(appended)
        checkpoint = checkpoint_of(appended.head)
        assert later_receipt_of(appended.entry, checkpoint=checkpoint) == at_once

    def test_is_refused_under_another_key(self, cast: Cast, settings: Any, tmp_path: Any) -> None:
        appended = written(cast, 1)[0]
        settings.RECORD_KEY_FILE = str(tmp_path / "another")
        with pytest.raises(RecordKeyMissing, match="not the one"):
            receipt_of(appended)


class TestKey:
    def test_is_readable_by_its_account_alone_and_stays(self, tmp_path: Any) -> None:
        path = tmp_path / "keys" / "record-key"
        write_key(path)
        first = path.read_text()
        write_key(path)
        assert path.read_text() == first
        assert path.stat().st_mode & 0o077 == 0
