"""A note is marked as a caveat right below it."""

from typing import Any

import pytest
from django import forms

from governance.forms.caveats import CaveatMixin


class NoteForm(CaveatMixin):
    """A note and something below it."""

    caveat_field = "reason"

    reason = forms.CharField(required=False)
    day = forms.CharField(required=False)


class TestCaveatMixin:
    def test_asks_below_the_note(self) -> None:
        assert list(NoteForm().fields) == ["reason", "is_caveat", "day"]

    @pytest.mark.parametrize("reason", ["", " ", "x" * 1001])
    def test_refuses_a_caveat_that_cannot_stand_on_page_one(self, reason: str) -> None:
        form = NoteForm({"reason": reason, "is_caveat": "on"})
        assert list(form.errors) == ["reason"]

    @pytest.mark.parametrize("entered", [{"reason": "Mind it", "is_caveat": "on"}, {"reason": ""}])
    def test_takes_a_caveat_and_a_note_that_is_none(self, entered: dict[str, Any]) -> None:
        form = NoteForm(entered)
        assert form.is_valid()
        assert form.cleaned_data["is_caveat"] is ("is_caveat" in entered)
