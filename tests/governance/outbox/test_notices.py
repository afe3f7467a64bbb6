"""Telling somebody once, and no more once it is done."""

from uuid import uuid4

import pytest

from governance.choices import MailState, NoticeKind
from governance.models import Notice
from governance.outbox import News, settle, tell
from tests.factories import NOW
from tests.people import make_cast

pytestmark = pytest.mark.django_db
SUBJECT = uuid4()


def _news(key: str = "decision:1:waits") -> News:
    return News(
        kind=NoticeKind.DECISION_WAITS,
        noun="decision",
        subject_id=SUBJECT,
        title="D-001 Which chart of accounts",
        key=key,
        happened_at=NOW,
    )


class TestTell:
    def test_tells_each_account_once(self) -> None:
        cast = make_cast()
        for _ in range(2):
            tell(_news(), accounts=[cast.sponsor, cast.process_owner, None], project=cast.project)
        assert Notice.objects.count() == 2
        tell(_news("decision:1:overdue"), accounts=[cast.sponsor], project=cast.project)
        assert Notice.objects.filter(account=cast.sponsor).count() == 2

    def test_leaves_out_a_closed_account(self) -> None:
        cast = make_cast()
        cast.process_owner.is_active = False
        cast.process_owner.save()
        tell(_news(), accounts=[cast.process_owner], project=cast.project)
        assert not Notice.objects.exists()


class TestSettle:
    def test_ends_what_waited_and_keeps_what_was_sent(self) -> None:
        cast = make_cast()
        tell(_news(), accounts=[cast.sponsor, cast.process_owner], project=cast.project)
        Notice.objects.filter(account=cast.process_owner).update(
            mail_state=MailState.SENT, ended_at=NOW
        )
        settled = settle(project=cast.project, noun="decision", subject_id=SUBJECT, settled_at=NOW)
        assert settled == 2
        states = dict(Notice.objects.values_list("account_id", "mail_state"))
        assert states == {
            cast.sponsor.pk: MailState.SETTLED,
            cast.process_owner.pk: MailState.SENT,
        }
