"""Work is listed in the database, once."""

import pytest

from governance.models import Job
from governance.outbox import write_job

pytestmark = pytest.mark.django_db


class TestWriteJob:
    def test_lists_what_is_wanted_twice_once(self) -> None:
        first = write_job(kind="import", key="a", payload={"import_run": 1})
        again = write_job(kind="import", key="a", payload={"import_run": 2})
        assert first == again
        assert Job.objects.get().payload == {"import_run": 1}
