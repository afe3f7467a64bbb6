"""The heat map of processes that a judgement writes down."""

import pytest

from governance.models import Ownership, ProjectMark
from tests.factories import make_process
from tests.people import Cast
from tests.readiness.services.evaluation.cases import DAY, NOW, body_of, judged

pytestmark = pytest.mark.django_db


class TestTheHeatMap:
    def test_has_a_row_for_each_accountable_process_in_scope(self, cast: Cast) -> None:
        process = make_process(project=cast.project, code="20", owner=cast.process_owner)
        make_process(project=cast.project, code="10")
        make_process(project=cast.project, code="30", in_scope=False)
        make_process(project=cast.project, code="40", accountable=process)
        rows = body_of(judged(cast.project))["heat_map"]["rows"]
        assert [(row["code"], row["owner"]) for row in rows] == [
            ("10", ""),
            ("20", "Process_Owner"),
        ]
        assert rows[1]["cells"][0] == {
            "state": "AT_RISK",
            "done": 1,
            "due": 2,
            "text": "1 of 2",
        }

    def test_names_the_owner_of_a_past_moment(self, cast: Cast) -> None:
        process = make_process(project=cast.project, owner=cast.business_user)
        for owner, days in ((cast.process_owner, 9), (cast.business_user, 1)):
            Ownership.objects.create(
                organisation=cast.client,
                project=cast.project,
                process=process,
                owner=owner,
                assigned_at=NOW - days * DAY,
            )
        ProjectMark.objects.update(marked_at=NOW)
        past = judged(cast.project, as_of=NOW - 2 * DAY)
        assert body_of(past)["heat_map"]["rows"][0]["owner"] == "Process_Owner"
        assert body_of(judged(cast.project))["heat_map"]["rows"][0]["owner"] == "Business_User"
