"""Snapshots over REST."""

import hashlib
import json
from datetime import datetime

import pytest

from governance.models import Project
from readiness.choices import SnapshotTrigger, Verdict
from readiness.models import Snapshot
from tests.factories import NOW
from tests.people import Cast, make_cast
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def judge(project: Project, *, as_of: datetime = NOW, verdict: str = Verdict.NO_GO) -> Snapshot:
    body = json.dumps({"verdict": verdict})
    return Snapshot.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        as_of=as_of,
        local_date=as_of.date(),
        trigger=SnapshotTrigger.NIGHT,
        verdict=verdict,
        headline="NO-GO: 1 hard criterion missed",
        inputs_hash="0" * 64,
        code_version="1",
        body=body,
        etag=hashlib.sha256(body.encode()).hexdigest(),
    )


class TestSnapshotList:
    def test_shows_a_line_for_each_judgement(self, cast: Cast) -> None:
        snapshot = judge(cast.project)
        answer = Caller.of(cast.sponsor).get(f"projects/{cast.project.public_id}/snapshots/")
        assert answer.status_code == 200, answer.content
        assert answer.json()["count"] == 1
        assert answer.json()["results"][0]["id"] == str(snapshot.public_id)
