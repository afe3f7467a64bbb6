"""Opening a caveat, carried out through its service."""

from collections.abc import Callable
from typing import Any

from governance.choices import RecordKind
from readiness.services.caveats import open_caveat
from tests.witnessing.of_the_map import ACTS as OF_THE_MAP
from tests.witnessing.places import LATER, Place


def _opened(place: Place) -> Any:
    caveat = OF_THE_MAP[RecordKind.CAVEAT_WRITTEN](place)
    return open_caveat(caveat, account=place.cast.process_owner, opened_at=LATER)


ACTS: dict[RecordKind, Callable[[Place], Any]] = {RecordKind.CAVEAT_OPENED: _opened}
