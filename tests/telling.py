"""Notices for tests, told through the outbox as the product does, and a server for their mails."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.mail.backends.base import BaseEmailBackend

from governance.choices import NoticeKind
from governance.models import Notice, User
from governance.outbox import News, tell
from tests.factories import NOW
from tests.people import Cast


def told(
    cast: Cast,
    account: User,
    *,
    kind: NoticeKind = NoticeKind.DECISION_WAITS,
    title: str = "D-001 Which chart of accounts",
    subject_id: UUID | None = None,
    **news: Any,
) -> Notice:
    """Return a notice that an account was told."""
    row = subject_id or uuid4()
    happened_at: datetime = news.pop("happened_at", NOW)
    tell(
        News(
            kind=kind,
            noun=news.pop("noun", "decision"),
            subject_id=row,
            title=title,
            key=news.pop("key", f"{kind}:{row}"),
            happened_at=happened_at,
            **news,
        ),
        accounts=[account],
        project=news.get("project") or cast.project,
    )
    return Notice.objects.get(account=account, subject_id=str(row), kind=kind)


class Stubborn(BaseEmailBackend):
    """A mail server that does what a test says: raises on opening or on sending."""

    on_open: list[Exception] = []
    on_send: list[Exception] = []
    sent: list[str] = []

    def open(self) -> bool:
        """Let nobody in as long as there is a reason."""
        if self.on_open:
            raise self.on_open.pop(0)
        return True

    def send_messages(self, email_messages: Any) -> int:
        """Take the letter unless there is a reason not to."""
        if self.on_send:
            raise self.on_send.pop(0)
        self.sent.extend(message.extra_headers["Message-ID"] for message in email_messages)
        return 1

    @classmethod
    def forget(cls) -> None:
        """Be in a good mood again, with an empty box."""
        cls.on_open, cls.on_send, cls.sent = [], [], []
