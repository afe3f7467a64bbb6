"""What accounts are told."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from governance.choices import MailState
from governance.querysets.facts import ProjectScopedQuerySet

if TYPE_CHECKING:
    from governance.models import Notice, User  # noqa: F401

NOT_KNOWN = (MailState.WAITING, MailState.UNKNOWN)


class NoticeQuerySet(ProjectScopedQuerySet["Notice"]):
    """Select notices."""

    def told_to(self, user: "User") -> Self:
        """Keep what an account was told about projects that it still reaches."""
        return self.visible_to(user).filter(account_id=user.pk)

    def unread(self) -> Self:
        """Keep what nobody has read, and what is not done yet."""
        return self.filter(read_at=None, settled_at=None)

    def waiting(self) -> Self:
        """Keep what is not done, read or not."""
        return self.filter(settled_at=None)

    def of_kinds(self, kinds: Iterable[str]) -> Self:
        """Keep some kinds."""
        return self.filter(kind__in=list(kinds))

    def newest_first(self) -> Self:
        """Order by what happened last."""
        return self.order_by("-happened_at", "-pk")

    def to_mail_at_once(self, now: datetime) -> Self:
        """Keep the urgent ones whose mail waits and may be tried."""
        return self.filter(mail_state=MailState.WAITING, is_urgent=True, try_at__lte=now)

    def for_digest(self) -> Self:
        """Keep what the mail of the day tells: what is news, and what perhaps did not arrive."""
        plain = Q(is_urgent=False, mail_state=MailState.WAITING)
        return self.unread().filter(plain | Q(mail_state=MailState.UNKNOWN))

    def not_known(self) -> Self:
        """Keep those of which no mail is known to have arrived or to be on its way."""
        return self.filter(mail_state__in=NOT_KNOWN)

    def being_sent(self) -> Self:
        """Keep those that somebody has taken for sending."""
        return self.filter(mail_state=MailState.SENDING)

    def taken_before(self, moment: datetime) -> Self:
        """Keep those that were taken for sending before a moment and came to no end."""
        return self.being_sent().filter(taken_at__lt=moment)

    def left_lying(self, moment: datetime) -> Self:
        """Keep those that wait since before a moment for a mail that never went."""
        return self.filter(mail_state=MailState.WAITING, created_at__lt=moment)
