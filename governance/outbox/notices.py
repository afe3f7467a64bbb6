"""Tell accounts what waits for them: one row per account and thing, in the same transaction."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from governance.choices import MailState, NoticeKind
from governance.models import Notice, Project, User

LONGEST_TITLE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing to be told: its kind, what it is about, and by which key it is told once.

    `noun` and `subject_id` (a public identifier) lead to the one screen where it is done.
    `key` is made of public identifiers; an account is told the same key once for good.
    `terms` fill the sentence of the kind. An urgent one is mailed at once.
    """

    kind: NoticeKind
    noun: str
    subject_id: UUID | str
    title: str
    key: str
    happened_at: datetime
    due_at: datetime | None = None
    is_urgent: bool = False
    terms: dict[str, Any] = field(default_factory=dict)


def tell(news: News, *, accounts: Iterable[User | None], project: Project) -> int:
    """Write a notice for each account that was not told yet; return how many were asked to be.

    Nobody and closed accounts are left out. Call it inside the business transaction.
    """
    wanted = {account.pk: account for account in accounts if account and account.is_active}
    rows = [
        Notice(
            organisation_id=project.organisation_id,
            project=project,
            account=account,
            kind=news.kind,
            key=news.key,
            is_urgent=news.is_urgent,
            subject_noun=news.noun,
            subject_id=str(news.subject_id),
            title=news.title[:LONGEST_TITLE],
            terms=news.terms,
            due_at=news.due_at,
            happened_at=news.happened_at,
            try_at=news.happened_at,
        )
        for account in wanted.values()
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def settle(
    *,
    project: Project,
    noun: str,
    subject_id: UUID | str,
    settled_at: datetime,
    kinds: Collection[NoticeKind] | None = None,
    account: User | None = None,
) -> int:
    """Say that a thing is done: nobody is reminded of it any more; return how many were.

    With an account, it is done for that one alone.
    """
    open_ones = Notice.objects.filter(
        project=project,
        subject_noun=noun,
        subject_id=str(subject_id),
        settled_at__isnull=True,
    )
    if account is not None:
        open_ones = open_ones.filter(account=account)
    if kinds is not None:
        open_ones = open_ones.filter(kind__in=kinds)
    open_ones.filter(mail_state=MailState.WAITING).update(
        mail_state=MailState.SETTLED, ended_at=settled_at
    )
    return open_ones.update(settled_at=settled_at)
