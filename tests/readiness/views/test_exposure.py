"""The page of what waits: its first line, the table, the drawing, and what it asks."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from governance.choices import DependentKind
from governance.models import Decision, Dependency
from tests.factories import NOW, make_scenario
from tests.people import Cast, make_cast
from tests.questions import make_decision

pytestmark = pytest.mark.django_db
AT = NOW - timedelta(days=12)
QUERIES = 13


@pytest.fixture
def cast(time_machine: TimeMachineFixture) -> Cast:
    """Return everybody, on the day of the tests."""
    found = make_cast()
    time_machine.move_to(NOW, tick=False)
    return found


def asked(cast: Cast, **fields: Any) -> Decision:
    """Return a question that was asked twelve days ago."""
    return make_decision(project=cast.project, raised_at=AT, recorded_at=AT, **fields)


def waits(decision: Decision, **what: Any) -> None:
    """Let something wait for a decision since it was asked."""
    Dependency.objects.create(
        organisation_id=decision.organisation_id,
        project_id=decision.project_id,
        decision=decision,
        noted_at=AT,
        recorded_at=AT,
        **what,
    )


def page_of(client: Client, cast: Cast, query: str = "", *, user: Any = None) -> str:
    """Return the page as somebody sees it."""
    client.force_login(user or cast.auditor)
    answer = client.get(reverse("readiness:exposure-show", args=[cast.project.public_id]) + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


class TestShowExposure:
    def test_says_first_that_nothing_waits(self, client: Client, cast: Cast) -> None:
        assert "Nothing waits: no decision is open." in page_of(client, cast)

    def test_says_first_how_much_waits(self, client: Client, cast: Cast) -> None:
        make_scenario(project=cast.project, code="S-1", recorded_at=AT)
        make_scenario(project=cast.project, code="S-2", recorded_at=AT)
        waits(asked(cast), kind=DependentKind.SCENARIO, code="S-1")
        page = page_of(client, cast)
        assert "1 decision is open, the oldest for 12 d." in page
        assert "1 of 2 scenarios that have to pass wait for them." in page
        assert "passes a week until go-live" in page

    def test_draws_the_worst_one_and_says_the_same_in_words(
        self, client: Client, cast: Cast
    ) -> None:
        first, second = asked(cast, title="First <b>?"), asked(cast, title="Second?")
        waits(first, kind=DependentKind.DECISION, waiting=second)
        page = page_of(client, cast)
        assert page.count('<svg class="graph-drawing"') == 1
        assert f"What waits for {first.code}: 1 decision." in page
        assert "First &lt;b&gt;?" in page
        assert f"Waiting for it: {second.code}" in page

    def test_draws_another_one_when_asked(self, client: Client, cast: Cast) -> None:
        first, second = asked(cast), asked(cast)
        waits(first, kind=DependentKind.CRITERION, code="UX-01")
        waits(second, kind=DependentKind.CRITERION, code="UX-02")
        for named in (first, second):
            page = page_of(client, cast, f"?decision={named.code}")
            assert f"Everything that waits for {named.code}" in page
        assert f"Everything that waits for {first.code}" in page_of(client, cast, "?decision=no")

    def test_is_seen_by_the_partner_and_not_by_others(self, client: Client, cast: Cast) -> None:
        assert page_of(client, cast, user=cast.consultant)
        client.force_login(cast.other_sponsor)
        where = reverse("readiness:exposure-show", args=[cast.project.public_id])
        assert client.get(where).status_code == 404

    @pytest.mark.parametrize("number", [1, 60])
    def test_asks_as_much_for_many_as_for_one(
        self,
        client: Client,
        cast: Cast,
        number: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        last = asked(cast)
        for _ in range(number):
            waits(last, kind=DependentKind.DECISION, waiting=(after := asked(cast)))
            last = after
        client.force_login(cast.auditor)
        where = reverse("readiness:exposure-show", args=[cast.project.public_id])
        with django_assert_num_queries(QUERIES):
            client.get(where)
