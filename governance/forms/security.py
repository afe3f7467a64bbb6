"""What an administrator looks for in the security log.

The query parameters of the page: `kind` (a SecurityEventKind), `account` (public id), `from` and
`to` (days, both of them whole, in the reader's own time zone) and `page`. A value that makes no
sense is not looked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from governance.choices import SecurityEventKind
from governance.forms.searching import DaysSearch, Narrowing
from governance.models import User


@dataclass(frozen=True, slots=True)
class WantedEvents:
    """What is looked for; what is empty looks for everything."""

    kind: str = ""
    account: User | None = None
    since: datetime | None = None
    before: datetime | None = None


class SecuritySearch(DaysSearch):
    """Look for events by kind, by account and by day."""

    kind = Narrowing(
        label=_("What happened"),
        everything=_("Everything"),
        choices=SecurityEventKind.choices,
    )
    account = Narrowing(label=_("Account"), everything=_("Every account"))

    def __init__(self, *args: Any, accounts: Iterable[User], **kwargs: Any) -> None:
        """Offer the accounts that something happened to."""
        super().__init__(*args, **kwargs)
        self._accounts = self.offer_rows("account", accounts)

    def wanted(self, *, zone: ZoneInfo) -> WantedEvents:
        """Return what is looked for; days begin at midnight in the zone."""
        self.full_clean()
        asked = self.cleaned_data
        since, before = self.days(zone=zone)
        return WantedEvents(
            kind=asked.get("kind", ""),
            account=self._accounts.get(asked.get("account", "")),
            since=since,
            before=before,
        )
