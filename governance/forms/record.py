"""What somebody looks for in the record of a project.

The query parameters of the page: `kind` (a RecordKind), `account` (public id), `about` (the
public id of a row), `from` and `to` (days, both of them whole, in the project's time zone) and
`page`. A value that makes no sense is not looked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.choices import RecordKind
from governance.forms.searching import DaysSearch, Narrowing
from governance.models import User


@dataclass(frozen=True, slots=True)
class WantedEntries:
    """What is looked for; what is empty looks for everything."""

    kind: str = ""
    account: User | None = None
    about: UUID | None = None
    since: datetime | None = None
    before: datetime | None = None


class RecordSearch(DaysSearch):
    """Look for entries by kind, by who did it and by day."""

    kind = Narrowing(
        label=_("What happened"), everything=_("Everything"), choices=RecordKind.choices
    )
    account = Narrowing(label=_("Who"), everything=_("Everybody"))
    about = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, accounts: Iterable[User], **kwargs: Any) -> None:
        """Offer the accounts that did something."""
        super().__init__(*args, **kwargs)
        self._accounts = self.offer_rows("account", accounts)

    def wanted(self, *, zone: ZoneInfo) -> WantedEntries:
        """Return what is looked for; days begin at midnight in the zone."""
        self.full_clean()
        asked = self.cleaned_data
        since, before = self.days(zone=zone)
        return WantedEntries(
            kind=asked.get("kind", ""),
            account=self._accounts.get(asked.get("account", "")),
            about=asked.get("about"),
            since=since,
            before=before,
        )
