"""The list of processes: how many stand signed on today's evidence."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_run
from tests.signing import LATER, Desk
from uat.services.executions import refresh_latest

LIST_QUERIES = 18


class TestListProcesses:
    def test_says_how_many_stand_signed_on_todays_evidence(
        self, client: Client, desk: Desk
    ) -> None:
        address = reverse("readiness:process-list", args=[desk.cast.project.public_id])
        client.force_login(desk.cast.auditor)
        assert "0 of 1 processes stand signed" in client.get(address).content.decode()
        desk.sign(desk.cast.process_owner)
        assert "1 of 1 processes stand signed" in client.get(address).content.decode()
        make_run(scenario=desk.scenario, executed_at=LATER - timedelta(days=1))
        refresh_latest(project_id=desk.cast.project.pk)
        page = client.get(address).content.decode()
        assert "0 of 1 processes stand signed" in page
        assert "Evidence changed since" in page

    def test_asks_few_questions_of_the_database(self, client: Client, desk: Desk) -> None:
        address = reverse("readiness:process-list", args=[desk.cast.project.public_id])
        client.force_login(desk.cast.auditor)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) == LIST_QUERIES
