"""A list to choose from looks as Django's own, option by option."""

from django import forms
from django.test.html import parse_html

from governance.forms.choosing import QuickSelect

CHOICES = [("", "Every <kind>"), ("A&B", "A & B"), (1, "One")]


class Plain(forms.Form):
    """Choose with Django's own widget."""

    kind = forms.ChoiceField(choices=CHOICES, required=False, help_text="Why")


class Quick(forms.Form):
    """Choose with ours."""

    kind = forms.ChoiceField(choices=CHOICES, required=False, help_text="Why", widget=QuickSelect)


class TestRender:
    def test_says_what_djangos_own_says(self) -> None:
        for asked in ({}, {"kind": ""}, {"kind": "A&B"}, {"kind": "1"}, {"kind": "odd"}):
            plain, quick = str(Plain(asked)["kind"]), str(Quick(asked)["kind"])
            assert parse_html(quick) == parse_html(plain)
