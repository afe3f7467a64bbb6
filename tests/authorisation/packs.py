"""What stands in the record of a project of the world, and who took it along."""

from governance.choices import JobState, RecordKind
from governance.models import Job, RecordHead
from governance.record.checkpoints import checkpoint_of
from governance.record.log import Deed, append
from reports.services.packing import keep_pack, request_pack
from tests.authorisation.stock import Stock


def fill(stock: Stock) -> None:
    """Write an entry with a text, a checkpoint over it, and a pack that the lead exported."""
    deed = Deed(
        kind=RecordKind.CAVEAT_WRITTEN, actor=stock.lead, texts={"text": f"Said {stock.project}"}
    )
    stock.keep("entry", append(deed, project=stock.project).entry)
    stock.keep("checkpoint", checkpoint_of(RecordHead.objects.get(project=stock.project)))
    pack = request_pack(project=stock.project, requested_by=stock.lead)
    told: dict[str, object] = {"size": 1, "checkpoint": f"Note {stock.project}"}
    keep_pack(job=pack, name="pack.zip", pack=f"PK {stock.project}".encode(), told=told)
    Job.objects.filter(pk=pack.pk).update(state=JobState.DONE)
    stock.keep("pack", pack)
