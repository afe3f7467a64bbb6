"""Where every act can be carried out."""

from dataclasses import dataclass
from datetime import timedelta

from governance.models import (
    BusinessProcess,
)
from governance.services.carrying import record_rows
from readiness.choices import MetricOrigin
from tests.factories import NOW, make_policy, make_process
from tests.people import Cast, make_cast

LATER = NOW + timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Place:
    """Everybody, one process, and a policy that asks for one counted and one reported figure."""

    cast: Cast
    process: BusinessProcess


def make_place() -> Place:
    """Return where every act can be carried out; what the factories wrote is on record."""
    cast = make_cast()
    reported = {"metric": "data.fin_diff", "kind": "MONEY", "origin": MetricOrigin.REPORTED}
    make_policy(project=cast.project, criteria=[{}, reported | {"ttl_days": 14}])
    process = make_process(project=cast.project, code="10")
    record_rows(cast.project)
    return Place(cast, process)
