"""Reporting figures and colours in the browser, beside what is computed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import Role
from governance.models import User
from readiness.choices import MetricOrigin
from readiness.models import ReportedReading
from tests.factories import NOW, join, make_policy, make_user
from tests.people import Cast, make_cast

REPORTED: dict[str, Any] = {"origin": MetricOrigin.REPORTED, "accountable_roles": [Role.TEST_LEAD]}
CRITERIA = [
    {},
    {**REPORTED, "metric": "sit.exec_pct", "wording": "Integration tests ran", "ttl_days": 7},
    {**REPORTED, "metric": "rel.freeze", "kind": "YES_NO", "comparison": "IS_TRUE", "target": 1},
    {**REPORTED, "metric": "sbr.critical_open", "kind": "COUNT", "target": 0, "due_days": 40},
]
ENTERED = {"source_system": "Test tool", "reported_at": "2026-06-01T08:00", "note": ""}


@pytest.fixture
def cast(db: None, time_machine: TimeMachineFixture) -> Cast:
    """Return everybody, with a policy of one computed and three reported metrics."""
    found = make_cast()
    make_policy(project=found.project, criteria=CRITERIA)
    time_machine.move_to(NOW, tick=False)
    return found


@pytest.fixture
def test_lead(cast: Cast) -> User:
    """Return somebody who answers for the reported metrics."""
    user = make_user(organisation=cast.client, name="Test Lead")
    join(project=cast.project, user=user, role=Role.TEST_LEAD)
    return user


def address(cast: Cast, name: str, *words: str) -> str:
    """Return where something of the first project is."""
    return reverse(f"readiness:{name}", args=[cast.project.public_id, *words])


def post(client: Client, user: User, where: str, **fields: Any) -> Any:
    """Send a form as somebody."""
    client.force_login(user)
    return client.post(where, fields)


class TestListReported:
    def test_lists_what_is_missing_first_and_leaves_counted_metrics_out(
        self, client: Client, cast: Cast, test_lead: User
    ) -> None:
        post(
            client,
            test_lead,
            address(cast, "reported-detail", "sbr.critical_open"),
            **ENTERED,
            value="3",
        )
        page = client.get(address(cast, "reported-list")).content.decode()
        assert "2 figures are missing or out of date, of 3." in page
        assert page.index("sit.exec_pct") < page.index("sbr.critical_open")
        assert "uat.exec_pct" not in page

    def test_says_that_an_old_figure_is_out_of_date(
        self, client: Client, cast: Cast, test_lead: User, time_machine: TimeMachineFixture
    ) -> None:
        where = address(cast, "reported-detail", "sit.exec_pct")
        post(client, test_lead, where, **ENTERED, done="90", due="100")
        page = client.get(address(cast, "reported-list")).content.decode()
        assert "counts until 8 Jun 2026" in page
        time_machine.move_to(NOW + timedelta(days=8), tick=False)
        client.force_login(test_lead)
        page = client.get(address(cast, "reported-list")).content.decode()
        assert "out of date since 8 Jun 2026" in page
        assert "Out of date" in page

    def test_says_so_where_no_policy_asks_for_anything(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.other_sponsor)
        where = reverse("readiness:reported-list", args=[cast.other_project.public_id])
        assert "Nothing to report" in client.get(where).content.decode()


class TestShowReported:
    @pytest.mark.parametrize(
        ("metric", "fields", "stored"),
        [
            ("sit.exec_pct", {"done": "90", "due": "100"}, (90, 100, None)),
            ("rel.freeze", {"answer": "1"}, (None, None, Decimal(1))),
            ("rel.freeze", {"answer": "0"}, (None, None, Decimal(0))),
            ("sbr.critical_open", {"value": "3"}, (None, None, Decimal(3))),
        ],
    )
    def test_takes_a_figure_of_each_kind(
        self,
        client: Client,
        cast: Cast,
        test_lead: User,
        metric: str,
        fields: dict[str, str],
        stored: tuple[Any, ...],
    ) -> None:
        where = address(cast, "reported-detail", metric)
        answer = post(client, test_lead, where, **ENTERED, **fields)
        assert answer.status_code == 302
        row = ReportedReading.objects.get()
        assert (row.done, row.due, row.value) == stored
        assert (row.reporter, row.source_system) == (test_lead, "Test tool")
        assert "Test Lead of Northwind Mills" in client.get(where).content.decode()

    @pytest.mark.parametrize(
        ("metric", "fields", "sentence"),
        [
            ("sit.exec_pct", {"done": "101", "due": "100"}, "Done lies between 0"),
            ("sit.exec_pct", {"done": "1", "due": "0"}, "greater than or equal to 1"),
            ("sit.exec_pct", {"done": "-1", "due": "9"}, "greater than or equal to 0"),
            ("rel.freeze", {"answer": "2"}, "Select a valid choice"),
            ("sbr.critical_open", {"value": "2.5"}, "whole number"),
            ("sbr.critical_open", {"value": "many"}, "Enter a number."),
            ("sbr.critical_open", {"value": "1", "source_system": ""}, "This field is required."),
            (
                "sbr.critical_open",
                {"value": "1", "reported_at": "2026-06-01T09:01"},
                "lies in the future",
            ),
        ],
    )
    def test_says_what_is_wrong_and_writes_nothing(
        self,
        client: Client,
        cast: Cast,
        test_lead: User,
        metric: str,
        fields: dict[str, str],
        sentence: str,
    ) -> None:
        where = address(cast, "reported-detail", metric)
        answer = post(client, test_lead, where, **(ENTERED | fields))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not ReportedReading.objects.exists()

    def test_is_refused_to_whoever_does_not_answer_for_it(self, client: Client, cast: Cast) -> None:
        where = address(cast, "reported-detail", "rel.freeze")
        who_may = {"process_owner": "Test lead"}
        who_may |= dict.fromkeys(("consultant", "auditor"), "own people report figures")
        for name, why in who_may.items():
            answer = post(client, getattr(cast, name), where, **ENTERED, answer="1")
            assert answer.status_code == 403, name
            assert why in answer.content.decode()
        assert not ReportedReading.objects.exists()
        assert post(client, cast.project_manager, where, **ENTERED, answer="1").status_code == 302

    @pytest.mark.parametrize("metric", ["uat.exec_pct", "no.such"])
    def test_is_not_there_for_a_metric_nobody_reports(
        self, client: Client, cast: Cast, metric: str
    ) -> None:
        client.force_login(cast.project_manager)
        assert client.get(address(cast, "reported-detail", metric)).status_code == 404

    def test_shows_history_and_no_form_to_whoever_only_reads(
        self, client: Client, cast: Cast
    ) -> None:
        client.force_login(cast.auditor)
        page = client.get(address(cast, "reported-detail", "rel.freeze")).content.decode()
        assert "Nobody has reported it yet." in page
        assert "Report it" not in page
