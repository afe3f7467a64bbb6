"""Rows and entries agree until somebody changes either behind the product's back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.choices import RecordKind
from governance.models import (
    BusinessProcess,
    Caveat,
    Ownership,
    Project,
    RecordEntry,
    RecordText,
    Signoff,
)
from governance.record import guards
from governance.record.comparing import MismatchKind, compare_rows
from governance.record.log import About, Deed, append
from governance.record.witnessing import witness, witness_of
from readiness.models import Gate
from tests.factories import NOW, make_process, make_user
from tests.signing import make_desk
from tests.witnessing import ACTS, Place, make_place

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def unguarded() -> None:
    """Let rows be changed as an administrator of the database can."""
    guards.take_away(connection)


BEGINNING = (
    RecordKind.DATE_SET,
    RecordKind.POLICY_ADOPTED,
    RecordKind.ESCALATED,
    RecordKind.MEETING_MINUTED,
    RecordKind.PEOPLE_ASKED_FOR,
    RecordKind.PARTY_REPLACED,
)
"""Acts that others follow in the same transaction."""


def told(place: Place) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what the record and the rows of the project do not agree on."""
    found = compare_rows(place.cast.project)
    return [(str(each.why), each.noun, each.names) for each in found]


@pytest.mark.parametrize("kind", ACTS)
def test_every_act_is_in_the_record_as_its_row_says(place: Place, kind: RecordKind) -> None:
    row = ACTS[kind](place)
    found = witness_of(type(row), kind=kind)
    entries = RecordEntry.objects.filter(
        project=row.project, kind=kind, subject_noun=found.noun, subject_id=found.subject(row)
    )
    assert entries.count() == 1
    assert told(place) == []
    assert RecordText.objects.filter(entry__in=entries).exclude(text="").count() == len(
        [text for text in found.tell(row).texts.values() if text]
    )
    last = RecordEntry.objects.filter(project=row.project).newest_first()[0]
    assert kind in (last.kind, *BEGINNING)


@pytest.mark.usefixtures("unguarded")
class TestCompareRows:
    def test_sees_a_row_that_was_put_in(self, place: Place) -> None:
        Caveat.objects.create(
            organisation=place.cast.client,
            project=place.cast.project,
            text="I always said so.",
            written_by=place.cast.sponsor,
            written_at=NOW,
        )
        assert told(place) == [(MismatchKind.NO_ENTRY, "caveat", ())]

    def test_sees_a_row_that_was_taken_out(self, place: Place) -> None:
        ACTS[RecordKind.CAVEAT_WRITTEN](place).delete()
        assert told(place) == [(MismatchKind.NO_ROW, "caveat", ())]

    def test_sees_a_column_that_was_changed(self, place: Place) -> None:
        row = ACTS[RecordKind.OWNER_NAMED](place)
        Ownership.objects.filter(pk=row.pk).update(owner=place.cast.business_user, deputy=None)
        assert told(place) == [
            (MismatchKind.OTHER_TERMS, "ownership", ("deputy", "owner")),
            (MismatchKind.OTHER_STANDING, "process", ("owner", "deputy")),
        ]

    def test_sees_words_that_were_changed(self, place: Place) -> None:
        row = ACTS[RecordKind.CAVEAT_WRITTEN](place)
        Caveat.objects.filter(pk=row.pk).update(text="All is well.")
        assert told(place) == [(MismatchKind.OTHER_TEXT, "caveat", ("text",))]

    def test_sees_words_that_were_taken_away(self, place: Place) -> None:
        row = ACTS[RecordKind.DECIDED](place)
        type(row).objects.filter(pk=row.pk).update(reason="")
        assert told(place) == [(MismatchKind.OTHER_TEXT, "outcome", ("reason",))]

    def test_sees_that_a_text_was_emptied_without_a_word(self, place: Place) -> None:
        ACTS[RecordKind.CAVEAT_WRITTEN](place)
        RecordText.objects.filter(name="text").update(text="", nonce="")
        assert told(place) == [(MismatchKind.OTHER_TEXT, "caveat", ("text",))]

    def test_lets_a_text_be_erased_on_record(self, place: Place) -> None:
        ACTS[RecordKind.CAVEAT_WRITTEN](place)
        text = RecordText.objects.get(name="text")
        deed = Deed(
            kind=RecordKind.TEXT_ERASED,
            actor=place.cast.administrator,
            terms={"commitments": [text.commitment]},
        )
        append(deed, project=place.cast.project)
        RecordText.objects.filter(pk=text.pk).update(text="", nonce="")
        assert told(place) == []

    def test_sees_an_act_that_was_written_twice(self, place: Place) -> None:
        row = ACTS[RecordKind.CAVEAT_WRITTEN](place)
        witness(row, actor=place.cast.sponsor)
        assert told(place) == [(MismatchKind.SEVERAL_ENTRIES, "caveat", ())]

    def test_sees_what_was_taken_over_too_late(self, place: Place) -> None:
        row = ACTS[RecordKind.CAVEAT_WRITTEN](place)
        deed = Deed(
            kind=RecordKind.CARRIED_OVER,
            actor=None,
            about=About("caveat", row.public_id),
            terms={"kind": "CAVEAT_WRITTEN"},
        )
        append(deed, project=place.cast.project)
        assert told(place) == [
            (MismatchKind.LATE_CARRY, "caveat", ()),
            (MismatchKind.SEVERAL_ENTRIES, "caveat", ()),
        ]

    def test_sees_an_owner_whom_nobody_named(self, place: Place) -> None:
        ACTS[RecordKind.OWNER_NAMED](place)
        process = BusinessProcess.objects.filter(pk=place.process.pk)
        process.update(deputy=place.cast.business_user)
        assert told(place) == [(MismatchKind.OTHER_STANDING, "process", ("deputy",))]
        process.update(deputy=place.cast.sponsor)
        make_process(project=place.cast.project, owner=place.cast.business_user)
        assert told(place) == [(MismatchKind.OTHER_STANDING, "process", ("owner",))]

    def test_sees_a_date_that_nobody_decided(self, place: Place) -> None:
        Project.objects.filter(pk=place.cast.project.pk).update(go_live_date=date(2027, 1, 1))
        assert told(place) == [(MismatchKind.OTHER_STANDING, "project", ("go_live_date",))]

    def test_sees_a_gate_that_no_policy_has(self, place: Place) -> None:
        Gate.objects.filter(project=place.cast.project, key="G3").update(evaluate_from_days=1)
        Gate.objects.filter(project=place.cast.project, key="G6").delete()
        assert told(place) == [(MismatchKind.OTHER_STANDING, "project", ("G3", "G6"))]

    def test_asks_as_many_questions_for_many_rows_as_for_one(self, place: Place) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert told(place) == []
            return len(queries)

        many = (RecordKind.DECIDED, RecordKind.ASSUMPTION_RULED, RecordKind.ACCEPTANCE_ENDED)
        for kind in many:
            ACTS[kind](place)
        before = asked()
        for kind in many * 3:
            ACTS[kind](place)
        assert asked() == before


@pytest.mark.usefixtures("unguarded")
class TestCompareSignatures:
    def _signed(self) -> Signoff:
        desk = make_desk()
        return desk.sign(desk.cast.process_owner)

    def _told(self, row: Signoff) -> list[tuple[str, ...]]:
        found = compare_rows(row.project)
        return [each.names for each in found if each.why == MismatchKind.OTHER_SIGNATURE]

    def test_agree_with_what_was_signed(self) -> None:
        assert self._told(self._signed()) == []

    @pytest.mark.parametrize(
        ("columns", "names"),
        [
            ({"meaning": "I saw nothing."}, {"meaning"}),
            ({"act": "REFUSED", "reason": "No."}, {"act", "reason"}),
            ({"signer_name": "Somebody"}, {"signer_name"}),
            ({"evidence": "{}"}, {"evidence"}),
            ({"evidence_hash": "0" * 64}, {"evidence", "evidence_hash"}),
            ({"authority": "Sponsor"}, {"authority"}),
            ({"signed_at": NOW}, {"signed_at", "recorded_at"}),
            ({"recorded_at": NOW}, {"recorded_at"}),
            ({"receipt": "c2sp.org/tlog-proof@v1"}, {"receipt"}),
            ({"signer_zone": "Asia/Tokyo"}, {"signer_zone"}),
            ({"subject_title": "Another"}, {"subject_title"}),
            ({"authentication": "PASSKEY"}, {"authentication"}),
            ({"statement": "{}"}, {"statement"}),
        ],
    )
    def test_see_a_column_that_was_changed(
        self, columns: dict[str, object], names: set[str]
    ) -> None:
        row = self._signed()
        Signoff.objects.filter(pk=row.pk).update(**columns)
        assert [set(found) for found in self._told(row)] == [names]

    def test_see_another_signer(self) -> None:
        row = self._signed()
        other = make_user(organisation=row.signer.organisation)
        Signoff.objects.filter(pk=row.pk).update(signer=other)
        assert self._told(row) == [("signer",)]

    def test_see_a_signature_that_is_gone(self) -> None:
        row = self._signed()
        project = row.project
        row.delete()
        gone = [each for each in compare_rows(project) if each.why == MismatchKind.NO_ROW]
        assert [each.names for each in gone] == [("SIGNED",)]
