"""Who opened which judgement: how the record tells it."""

from governance.choices import RecordKind
from governance.record.witnessing import Told, Witness, id_of
from readiness.models import Review


def _review(row: Review) -> Told:
    terms = {
        "by": id_of(row.account),
        "judgement": row.judgement,
        "judged_at": row.judged_at,
        "paper": row.paper,
        "opened_at": row.opened_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms)


WITNESSED = (
    Witness(
        kind=RecordKind.REVIEWED,
        model=Review,
        noun="review",
        tell=_review,
        by="account",
        related=("account",),
    ),
)
