"""Each kind of event has its sentence, in both languages, and shows nothing it was not told to."""

import pytest
from django.utils import translation

from governance.choices import Role, SecurityEventKind
from governance.models import SecurityEvent, User
from governance.pages.security_words import (
    ALARMING,
    SENTENCES,
    WRONG,
    details_of,
    kind_word,
    look_of,
    sentence_of,
)

ADA, BOB = User(pk=1, name="Ada"), User(pk=2, name="Bob")


def event_of(kind: str, *, actor: User = ADA, **terms: object) -> SecurityEvent:
    return SecurityEvent(kind=kind, account=ADA, actor=actor, terms=terms)


class TestSentenceOf:
    def test_knows_every_kind(self) -> None:
        assert set(SENTENCES) >= set(SecurityEventKind)

    @pytest.mark.parametrize("kind", SecurityEventKind)
    @pytest.mark.parametrize("language", ["en", "de"])
    def test_names_who_and_whom(self, kind: str, language: str) -> None:
        with translation.override(language):
            own, others = sentence_of(event_of(kind)), sentence_of(event_of(kind, actor=BOB))
        assert "Ada" in own
        assert "Ada" in others
        assert "Bob" in others
        assert own[-1] == others[-1] == "."

    def test_differs_between_languages(self) -> None:
        for kind in SecurityEventKind:
            english = sentence_of(event_of(kind, actor=BOB))
            with translation.override("de"):
                assert sentence_of(event_of(kind, actor=BOB)) != english, kind

    def test_can_tell_what_an_earlier_version_wrote(self) -> None:
        assert sentence_of(event_of("FORGOTTEN", actor=BOB)) == "Bob, Ada"
        assert kind_word("FORGOTTEN") == "FORGOTTEN"

    def test_can_do_without_names(self) -> None:
        nobody = SecurityEvent(kind=SecurityEventKind.SIGNED_IN, terms={})
        assert sentence_of(nobody) == "an account signed in."


class TestDetailsOf:
    def test_says_stored_words_in_the_readers(self) -> None:
        event = event_of(SecurityEventKind.ROLE_GIVEN, role=Role.IT, scopes=["READ", "PUSH"])
        assert details_of(event) == [("Role", "IT operations"), ("May", "Read, Push facts")]

    def test_shows_what_was_asked_for_in_the_words_of_the_policy(self) -> None:
        event = event_of(SecurityEventKind.REFUSED, at="uat:run-add", method="POST", status=403)
        assert details_of(event) == [
            ("What", "Record a run; push runs and defects"),
            ("Answer", "403"),
        ]

    def test_shows_an_address_of_no_policy_by_its_name(self) -> None:
        event = event_of(SecurityEventKind.REFUSED, at="gone:page", method="GET")
        assert details_of(event) == [("What", "gone:page")]

    def test_keeps_what_it_has_no_word_for(self) -> None:
        assert details_of(event_of(SecurityEventKind.SIGNED_IN, inside="s", name="")) == []


class TestLookOf:
    def test_lets_the_urgent_and_the_wrong_stand_out(self) -> None:
        assert look_of(event_of(SecurityEventKind.PROOF_FAILED, urgent=True)) == ALARMING
        assert look_of(event_of(SecurityEventKind.PROOF_FAILED)) == WRONG
        assert look_of(event_of(SecurityEventKind.SIGNED_IN)) is None
