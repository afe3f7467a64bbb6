"""A text is erased on record: the log keeps its shape, the words are gone."""

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from governance.choices import RecordKind
from governance.models import Caveat, RecordText
from governance.record import guards
from governance.record.comparing import MismatchKind, compare_rows
from governance.services.administering import AdministrationRefused
from governance.services.erasing import ErasureRefused, erase_texts
from tests.witnessing import ACTS, Place, make_place

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
WHY = "It named somebody who is ill."


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def text(place: Place) -> RecordText:
    ACTS[RecordKind.CAVEAT_WRITTEN](place)
    return RecordText.objects.get(name="text")


class TestEraseTexts:
    def test_leaves_the_commitment_and_says_who_erased_it(
        self, place: Place, text: RecordText
    ) -> None:
        entry = erase_texts(
            project=place.cast.project,
            texts=[text],
            reason=WHY,
            erased_by=place.cast.administrator,
        )
        kept = RecordText.objects.get(pk=text.pk)
        assert (kept.text, kept.nonce, kept.commitment) == ("", "", text.commitment)
        said = json.loads(entry.body)
        assert said["terms"] == {"commitments": [text.commitment]}
        assert said["actor"]["id"] == str(place.cast.administrator.public_id)
        assert WHY not in entry.body
        assert list(compare_rows(place.cast.project)) == []

    def test_keeps_the_row_as_it_is_and_no_longer_holds_it_to_its_words(
        self, place: Place, text: RecordText
    ) -> None:
        before = Caveat.objects.get().text
        erase_texts(
            project=place.cast.project,
            texts=[text],
            reason=WHY,
            erased_by=place.cast.administrator,
        )
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Caveat.objects.update(text="")
        assert Caveat.objects.get().text == before
        guards.take_away(connection)
        Caveat.objects.update(text="")
        assert list(compare_rows(place.cast.project)) == []
        Caveat.objects.update(written_by=place.cast.auditor)
        assert [each.why for each in compare_rows(place.cast.project)] == [MismatchKind.OTHER_TERMS]

    @pytest.mark.parametrize("who", ["sponsor", "consultant", "other_sponsor"])
    def test_is_for_an_administrator_of_the_client(
        self, place: Place, text: RecordText, who: str
    ) -> None:
        by = getattr(place.cast, who)
        with pytest.raises(AdministrationRefused):
            erase_texts(project=place.cast.project, texts=[text], reason=WHY, erased_by=by)
        assert RecordText.objects.get(pk=text.pk).text

    def test_wants_a_reason_and_a_text_that_is_there(self, place: Place, text: RecordText) -> None:
        by = place.cast.administrator
        terms: dict[str, Any] = {"project": place.cast.project, "erased_by": by}
        with pytest.raises(ErasureRefused, match="why"):
            erase_texts(texts=[text], reason=" ", **terms)
        with pytest.raises(ErasureRefused, match="Choose"):
            erase_texts(texts=[], reason=WHY, **terms)
        erase_texts(texts=[text], reason=WHY, **terms)
        with pytest.raises(ErasureRefused, match="already"):
            erase_texts(texts=[text], reason=WHY, **terms)

    def test_reaches_no_other_project(self, place: Place, text: RecordText) -> None:
        with pytest.raises(AdministrationRefused):
            erase_texts(
                project=place.cast.other_project,
                texts=[text],
                reason=WHY,
                erased_by=place.cast.administrator,
            )
