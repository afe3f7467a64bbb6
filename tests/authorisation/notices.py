"""What people were told, and who opened a caveat."""

from governance.choices import NoticeKind
from governance.models import Caveat, Notice
from governance.outbox import News, tell
from readiness.models import CaveatReading
from tests.authorisation.stock import Stock
from tests.signing import LATER


def fill(stock: Stock) -> None:
    """Tell the lead and the sponsor something, and let the sponsor open the caveat."""
    caveat = Caveat.objects.get(pk=stock.rows["caveat"].pk)
    news = News(
        kind=NoticeKind.CAVEAT_WRITTEN,
        noun="caveat",
        subject_id=caveat.public_id,
        title="Porto",
        key=f"caveat:{caveat.public_id}",
        happened_at=LATER,
    )
    tell(news, accounts=[stock.lead, stock.sponsor], project=stock.project)
    stock.keep("notice", Notice.objects.get(account=stock.lead, key=news.key))
    CaveatReading.objects.create(
        **stock.scope, caveat=caveat, account=stock.sponsor, opened_at=LATER
    )
