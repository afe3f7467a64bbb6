"""A form that looks for rows offers everything first, and keeps what was asked."""

from dataclasses import dataclass
from uuid import UUID

from django import forms

from governance.forms.searching import Narrowing, Search


@dataclass
class Row:
    """Something that is offered."""

    public_id: UUID
    name: str

    def __str__(self) -> str:
        return self.name


ROW = Row(UUID(int=1), "Order to cash")


class Finding(Search):
    """Look for words, a kind and a row."""

    q = forms.CharField(required=False)
    kind = Narrowing(label="Kind", everything="Every kind", choices=[("A", "First")])
    row = Narrowing(label="Row", everything="Every row")


class TestSearch:
    def test_offers_everything_first_then_rows_then_the_others(self) -> None:
        form = Finding({})
        assert form.offer_rows("row", [ROW], ("none", "No row")) == {str(ROW.public_id): ROW}
        offered = [("", "Every row"), (str(ROW.public_id), "Order to cash"), ("none", "No row")]
        assert list(form["row"].field.widget.choices) == offered
        assert list(Finding({})["row"].field.widget.choices) == [("", "Every row")]

    def test_asks_for_nothing_where_a_field_is_empty(self) -> None:
        assert Finding({}).is_valid()
        assert not Finding({"kind": "B"}).is_valid()

    def test_keeps_what_was_asked_from_page_to_page(self) -> None:
        assert Finding({"q": "cash", "kind": "", "page": "2"}).kept() == {"q": "cash"}
