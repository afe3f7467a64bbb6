"""How an open page follows changes."""

import pytest
from django.test import RequestFactory

from readiness.views.following import told_of_changes


class TestToldOfChanges:
    @pytest.mark.parametrize(
        ("asked", "told"), [({"have": "a1"}, None), ({"have": "a0"}, "changed"), ({}, "changed")]
    )
    def test_speaks_only_to_a_page_that_is_behind(
        self, asked: dict[str, str], told: str | None
    ) -> None:
        request = RequestFactory().get("/version/", asked)
        answer = told_of_changes(request, version="a1", event="changed")
        assert (answer.status_code, answer.headers["ETag"]) == (204, '"a1"')
        assert answer.headers.get("HX-Trigger") == told
