"""How the record tells that somebody opened a caveat."""

from governance.choices import RecordKind
from governance.record.witnessing import Told, Witness, id_of
from readiness.models import CaveatReading


def _opened(row: CaveatReading) -> Told:
    terms = {
        "caveat": id_of(row.caveat),
        "by": id_of(row.account),
        "opened_at": row.opened_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {})


WITNESSED = (
    Witness(
        kind=RecordKind.CAVEAT_OPENED,
        model=CaveatReading,
        noun="caveat_reading",
        tell=_opened,
        by="account",
        related=("caveat", "account"),
    ),
)
