"""What forms that look for rows have in common: fields that narrow, and what is kept."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.forms.choosing import QuickSelect

Choices = Iterable[tuple[str, Any]]


class Named(Protocol):
    """A row with a public identifier."""

    public_id: UUID


RowT = TypeVar("RowT", bound=Named)


class Narrowing(forms.ChoiceField):
    """Choose what to look for; choosing nothing looks for everything."""

    widget = QuickSelect

    def __init__(
        self, *, label: str | Promise, everything: str | Promise, choices: Choices = ()
    ) -> None:
        """Offer everything, and these choices."""
        super().__init__(label=cast(str, label), required=False)
        self.everything = everything
        self.offer(choices)

    def offer(self, choices: Choices) -> None:
        """Offer these choices below everything."""
        self.choices = [("", self.everything), *choices]


class Search(forms.Form):
    """Look for rows; an empty field asks for nothing."""

    def offer(self, name: str, choices: Choices) -> None:
        """Let a field choose among these."""
        cast(Narrowing, self.fields[name]).offer(choices)

    def offer_rows(
        self, name: str, rows: Iterable[RowT], *others: tuple[str, Any]
    ) -> dict[str, RowT]:
        """Let a field choose among rows, and return them by what it sends."""
        found = {str(row.public_id): row for row in rows}
        self.offer(name, [*((key, str(row)) for key, row in found.items()), *others])
        return found

    def kept(self) -> dict[str, str]:
        """Return what is looked for, to keep it from page to page; what makes no sense is not."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class DaysSearch(Search):
    """Look for rows of certain days, too: `from` and `to`, both of them whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the two days last."""
        super().__init__(*args, **kwargs)
        for name, label in (("from", _("From")), ("to", _("To"))):
            day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = forms.DateField(label=label, required=False, widget=day)

    def kept(self) -> dict[str, str]:
        """Return what is looked for, to keep it from page to page."""
        return {name: str(value) for name, value in super().kept().items()}

    def days(self, *, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """Return since when and before when, once cleaned; days begin at midnight in the zone."""
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        after = last + timedelta(days=1) if last and last < date.max else None
        return _midnight(first, zone), _midnight(after, zone)


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=zone) if day else None
