"""A policy's own texts in templates."""

from django.utils.translation import override

from readiness.templatetags.spoken import policy_text


class TestPolicyText:
    def test_is_shown_in_the_language_of_the_page(self) -> None:
        with override("en"):
            assert policy_text("Design exit") == "Design exit"
        with override("de"):
            assert policy_text("Design exit") == "Entwurfsabschluss"
