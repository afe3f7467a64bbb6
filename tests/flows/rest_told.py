"""What somebody was told, for the walk over the REST interface."""

from uuid import uuid4

from governance.choices import NoticeKind
from governance.models import Notice, Project, User
from governance.outbox import News, tell
from tests.factories import NOW


def add_notice(project: Project, account: User, mark: str) -> str:
    """Tell an account something whose words carry a mark; return its identifier."""
    news = News(
        kind=NoticeKind.DECISION_WAITS,
        noun="decision",
        subject_id=uuid4(),
        title=mark,
        key=f"told:{mark}",
        happened_at=NOW,
    )
    tell(news, accounts=[account], project=project)
    return str(Notice.objects.get(account=account, key=news.key).public_id)
