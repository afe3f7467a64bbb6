"""Verifying finds what was changed, cut off or put in, and changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F

from governance.choices import RecordKind, Role
from governance.models import (
    Checkpoint,
    GoLiveDate,
    Project,
    RecordCheck,
    RecordEntry,
    RecordHead,
    RecordText,
    SignatureAgreement,
    Signoff,
)
from governance.record import guards
from governance.record.canonical import canonical
from governance.record.checking import outside_of
from governance.record.checkpoints import checkpoint_of
from governance.record.log import Deed, append
from governance.record.merkle import leaf_hash
from governance.services.carrying import record_rows
from governance.services.verifying import Outside, Verification, strays, verify_records
from tests.factories import join
from tests.signing import Desk, make_desk

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
Tamper = Callable[[Project], Any]


@contextmanager
def unguarded() -> Iterator[None]:
    """Work as somebody who owns the database."""
    guards.take_away(connection)
    try:
        yield
    finally:
        connection.check_constraints()
        guards.put_back(connection)


@pytest.fixture
def desk() -> Desk:
    """Return a project with a log: a signature, a refusal, a free text and a checkpoint."""
    desk = make_desk()
    owner = desk.cast.process_owner
    SignatureAgreement.objects.get_or_create(
        account=owner, defaults={"organisation": owner.organisation, "wording": "It binds."}
    )
    desk.sign(owner)
    record_rows(desk.cast.project)
    grow(desk.cast.project)
    return desk


def grow(project: Project, *, times: int = 3) -> Checkpoint:
    """Append entries with a free text each, and sign the end."""
    for number in range(times):
        deed = Deed(
            kind=RecordKind.EXPORTED,
            actor=None,
            terms={"number": number},
            texts={"text": f"Porto has no room {number}"},
        )
        appended = append(deed, project=project)
    return checkpoint_of(appended.head)


def found(project: Project, *outside: Outside) -> Verification:
    """Verify one project."""
    return next(iter(verify_records([project], outside=outside)))


def kept(checkpoint: Checkpoint | str) -> Outside:
    """Return a checkpoint or receipt as a file that was kept outside."""
    text = checkpoint if isinstance(checkpoint, str) else checkpoint.note
    anchor = outside_of(text.encode())
    assert anchor is not None
    return Outside("kept.txt", anchor)


def entries(project: Project) -> Any:
    return RecordEntry.objects.filter(project=project)


def change_body(project: Project) -> None:
    entries(project).filter(seq=1).update(body=canonical({"nothing": 1}))


def change_body_and_hash(project: Project) -> None:
    row = entries(project).get(seq=2)
    body = row.body.replace('"number":', '"numbeR":').replace("SYSTEM", "SYSTEN")
    entries(project).filter(seq=2).update(body=body, leaf_hash=leaf_hash(body.encode()).hex())


def drop_last(project: Project) -> None:
    last = entries(project).newest_first()[0]
    RecordText.objects.filter(entry=last).delete()
    entries(project).filter(pk=last.pk).delete()


def drop_middle(project: Project) -> None:
    entry = entries(project).get(kind=RecordKind.SIGNED)
    Signoff.objects.filter(entry=entry).update(entry=None, authentication="PASSWORD")
    RecordText.objects.filter(entry=entry).delete()
    entries(project).filter(pk=entry.pk).delete()


def change_text(project: Project) -> None:
    row = RecordText.objects.filter(project=project).order_by("pk").last()
    assert row is not None
    RecordText.objects.filter(pk=row.pk).update(text="Porto has room")


def erase_text(project: Project) -> None:
    row = RecordText.objects.filter(project=project).order_by("pk").last()
    assert row is not None
    RecordText.objects.filter(pk=row.pk).update(text="", nonce="")


def last_entry(project: Project) -> Any:
    return entries(project).filter(pk=entries(project).newest_first()[0].pk)


TAMPERED: dict[str, tuple[Tamper, str]] = {
    "a body": (change_body, "its bytes are not those that were hashed"),
    "a body with its hash": (change_body_and_hash, "entry 2"),
    "the kind beside a body": (
        lambda project: last_entry(project).update(kind=RecordKind.DECIDED),
        "another kind",
    ),
    "the moment beside a body": (
        lambda project: last_entry(project).update(at="2020-01-01T00:00:00Z"),
        "another at",
    ),
    "the subject beside a body": (
        lambda project: last_entry(project).update(subject_id=project.public_id),
        "another subject",
    ),
    "the last entry": (drop_last, "the end says"),
    "an entry within": (drop_middle, "is missing"),
    "a text": (change_text, "its text was changed"),
    "a text erased without an entry": (erase_text, "no later entry says it was erased"),
    "a text dropped": (
        lambda project: RecordText.objects.filter(project=project).delete(),
        "it has other texts than its body names",
    ),
    "the root of a checkpoint": (
        lambda project: Checkpoint.objects.filter(project=project).update(root="0" * 64),
        "its note has another root than the row",
    ),
    "a note": (
        lambda project: Checkpoint.objects.filter(project=project).update(note="x"),
        "is not in the form of a checkpoint",
    ),
    "a receipt": (
        lambda project: Signoff.objects.filter(project=project).update(receipt="x"),
        "the receipt of entry",
    ),
    "the statement of a signature": (
        lambda project: Signoff.objects.filter(project=project).update(statement="{}"),
        "its statement is not in the pack",
    ),
    "what was signed": (
        lambda project: Signoff.objects.filter(project=project).update(evidence="{}"),
        "its exhibit is not in the pack",
    ),
    "the size at the end": (
        lambda project: RecordHead.objects.filter(project=project).update(size=F("size") + 1),
        "the end says",
    ),
    "the frontier": (
        lambda project: RecordHead.objects.filter(project=project).update(frontier=["0" * 64]),
        "the end is not that of the entries",
    ),
    "the key at the end": (
        lambda project: RecordHead.objects.filter(project=project).update(key="other"),
        "the end names another key",
    ),
    "the origin": (
        lambda project: RecordHead.objects.filter(project=project).update(origin="elsewhere"),
        "it is from another log",
    ),
}


class TestVerifyRecords:
    def test_finds_nothing_in_a_record_that_nobody_touched(self, desk: Desk) -> None:
        verification = found(desk.cast.project)
        assert (verification.findings, verification.is_sound) == ((), True)
        assert verification.size == entries(desk.cast.project).count() > 4

    @pytest.mark.parametrize("what", TAMPERED)
    def test_finds_what_was_changed(self, desk: Desk, what: str) -> None:
        tamper, sentence = TAMPERED[what]
        with unguarded():
            tamper(desk.cast.project)
        verification = found(desk.cast.project)
        assert not verification.is_sound
        assert any(sentence in each for each in verification.findings), verification.findings

    def test_accepts_a_text_that_an_entry_says_was_erased(self, desk: Desk) -> None:
        row = RecordText.objects.filter(project=desk.cast.project).order_by("pk").last()
        assert row is not None
        RecordText.objects.filter(pk=row.pk).update(text="", nonce="")
        terms = {"commitments": [row.commitment]}
        append(
            Deed(kind=RecordKind.TEXT_ERASED, actor=None, terms=terms), project=desk.cast.project
        )
        assert found(desk.cast.project).findings == ()

    def test_finds_a_guard_that_was_taken_away(self, desk: Desk) -> None:
        name = "governance_recordentry_no_update"
        suffix = " ON governance_recordentry" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}{suffix}")
        assert found(desk.cast.project).reason == f"the guard {name} of the database is missing"
        guards.put_back(connection)

    def test_finds_another_key_in_the_key_file(self, desk: Desk, tmp_path: Any) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "RECORD_KEY_FILE", tmp_path / "other-key")
            assert found(desk.cast.project).reason == "the key file is not the key in force"
            assert not (tmp_path / "other-key").exists()

    def test_remembers_how_long_the_record_was(self, desk: Desk) -> None:
        project = desk.cast.project
        RecordCheck.objects.create(
            organisation=project.organisation, project=project, is_sound=True, size=1000
        )
        assert "an earlier look saw 1000 entries" in found(project).reason

    def test_finds_the_end_cut_off_only_against_what_was_kept_outside(self, desk: Desk) -> None:
        project = desk.cast.project
        before = RecordHead.objects.get(project=project)
        checkpoint = grow(project)
        with unguarded():
            cut = entries(project).filter(seq__gte=before.size)
            RecordText.objects.filter(entry__in=cut).delete()
            cut.delete()
            Checkpoint.objects.filter(project=project, size__gt=before.size).delete()
            before.save()
        assert found(project).is_sound
        verification = found(project, kept(checkpoint))
        assert "the end was cut off" in verification.reason
        assert verification.with_outside

    def test_holds_checkpoints_and_receipts_kept_outside_against_the_record(
        self, desk: Desk
    ) -> None:
        project = desk.cast.project
        checkpoint = Checkpoint.objects.filter(project=project).order_by("size")[0]
        receipt = Signoff.objects.get().receipt
        assert found(project, kept(checkpoint), kept(receipt)).findings == ()

    def test_finds_a_row_that_says_something_else_than_its_entry(self, desk: Desk) -> None:
        project = desk.cast.project
        with unguarded():
            GoLiveDate.objects.filter(project=project).update(reason="As it always was")
        assert "says something else than the record" in found(project).reason or (
            "has other words than the record" in found(project).reason
        )

    def test_finds_a_row_that_no_entry_names(self, desk: Desk) -> None:
        project = desk.cast.project
        join(project=project, user=desk.cast.stranger, role=Role.STEERING)
        assert "is not in the record" in found(project).reason

    def test_names_what_was_kept_of_a_log_that_is_gone(self, desk: Desk) -> None:
        checkpoint = grow(desk.cast.project)
        outside = kept(checkpoint.note)
        assert strays([outside]) == []
        RecordHead.objects.filter(project=desk.cast.project).update(origin="elsewhere")
        assert strays([outside]) == ["kept.txt"]
