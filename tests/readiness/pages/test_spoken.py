"""What is recorded in English, shown in the language of the page."""

from django.utils.translation import override

from readiness.pages.spoken import in_readers_language, policy_text


class TestInReadersLanguage:
    def test_leaves_the_record_as_it_is_for_an_english_reader(self) -> None:
        body = {"headline": "anything"}
        with override("en"):
            assert in_readers_language(body) is body
        with override(None):
            assert in_readers_language(body) is body

    def test_leaves_nothing_as_nothing(self) -> None:
        with override("de"):
            assert in_readers_language({}) == {}


class TestPolicyText:
    def test_leaves_what_nobody_translated(self) -> None:
        with override("de"):
            assert policy_text("A demand of our own.") == "A demand of our own."

    def test_leaves_everything_in_a_language_without_a_file(self) -> None:
        with override("fr"):
            assert policy_text("Design exit") == "Design exit"
