"""Where every act can be carried out."""

from dataclasses import dataclass
from datetime import timedelta

from governance.models import BusinessProcess
from governance.services.carrying import record_rows
from readiness.services.policies import adopt_policy
from tests.factories import NOW, make_process
from tests.people import Cast, make_cast

LATER = NOW + timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Place:
    """Everybody, and one process; the project is judged by the policy that ships."""

    cast: Cast
    process: BusinessProcess


def make_place() -> Place:
    """Return where every act can be carried out; what the factories wrote is on record."""
    cast = make_cast()
    adopt_policy(project=cast.project)
    process = make_process(project=cast.project, code="10")
    record_rows(cast.project)
    return Place(cast, process)
