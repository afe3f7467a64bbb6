"""What somebody reads when a page cannot be shown: plain words, a way on, nothing of the inside."""

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.views.defaults import permission_denied

from governance.views.mistakes import show_mistake
from tests.people import make_cast


class TestErrorPages:
    @pytest.mark.parametrize("signed_in", [True, False])
    def test_a_missing_page_says_why_and_leads_back(
        self, client: Client, db: None, signed_in: bool
    ) -> None:
        if signed_in:
            client.force_login(make_cast().sponsor)
        answer = client.get("/there/is/nothing/")
        assert answer.status_code == 404
        page = answer.content.decode()
        assert "There is nothing for you at this address" in page
        assert 'href="/"' in page

    def test_an_old_form_says_that_nothing_was_saved(self, db: None) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(make_cast().sponsor)
        answer = strict.post("/accounts/logout/")
        assert answer.status_code == 403
        assert "This form was too old to be sent" in answer.content.decode()

    def test_a_refusal_says_its_reason_in_escaped_words(self, client: Client, db: None) -> None:
        request = HttpRequest()
        request.user = make_cast().sponsor
        refusal = PermissionError("Only the <sponsor> may do this.")
        page = permission_denied(request, refusal).content.decode()
        assert "Only the &lt;sponsor&gt; may do this." in page

    def test_our_own_mistake_needs_no_database_and_no_style(self) -> None:
        answer = show_mistake(HttpRequest())
        assert answer.status_code == 500
        assert "Something broke on our side" in answer.content.decode()
        assert "static" not in render_to_string("500.html")
