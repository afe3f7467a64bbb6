"""The lists of decisions and assumptions: what waits, how long, found how."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from governance.models import BusinessProcess
from tests.factories import NOW, make_process
from tests.governance.views.decisions.cases import address, assumption_of, decision_of, page_of
from tests.people import Cast
from tests.questions import decide

LIST_QUERIES = 12


class TestListDecisions:
    def test_answers_how_many_wait_how_long_and_what_they_block(
        self, client: Client, cast: Cast
    ) -> None:
        decision = decision_of(cast, blocks_go_live=True, due_date=NOW.date() - timedelta(days=1))
        decision.blocked_processes.add(make_process(project=cast.project, name="Order to cash"))
        decision_of(cast, decider=cast.sponsor, raised_at=NOW - timedelta(days=1))
        page = page_of(client, cast.auditor, address(cast, "decision-list"))
        assert "2 decisions wait for an answer, the oldest for 10 days. 1 of them blocks" in page
        assert "Overdue" in page
        assert "Order to cash" in page
        assert page.index("D-1") < page.index("D-2")
        assert "Raise a decision" not in page

    def test_keeps_decided_ones_apart(self, client: Client, cast: Cast) -> None:
        decision = decision_of(cast)
        decide(decision, by=cast.sponsor, at=NOW - timedelta(days=7), outcome="Oslo")
        where = address(cast, "decision-list")
        assert "No decision waits for an answer." in page_of(client, cast.auditor, where)
        page = page_of(client, cast.auditor, f"{where}?show=answered")
        assert "Oslo" in page
        assert "3 days" in page


class TestFindDecisions:
    @pytest.fixture(autouse=True)
    def rows(self, cast: Cast) -> None:
        """Write down three: an overdue one, one that is due, one without a date."""
        process = make_process(project=cast.project, code="20", name="Plan to produce")
        overdue = decision_of(cast, title="Late?", due_date=NOW.date() - timedelta(days=2))
        overdue.blocked_processes.add(process)
        decision_of(cast, title="Soon?", due_date=NOW.date(), decider=cast.auditor)
        decision_of(
            cast,
            title="Whenever?",
            raised_at=NOW - timedelta(days=90),
            raised_affiliation="PARTNER",
            blocks_go_live=True,
        )

    def found(self, client: Client, cast: Cast, asked: str) -> list[str]:
        page = page_of(client, cast.auditor, f"{address(cast, 'decision-list')}{asked}")
        titles = ("Late?", "Soon?", "Whenever?")
        return sorted((title for title in titles if title in page), key=page.index)

    def test_puts_the_most_overdue_first(self, client: Client, cast: Cast) -> None:
        assert self.found(client, cast, "") == ["Late?", "Soon?", "Whenever?"]

    @pytest.mark.parametrize(
        ("asked", "titles"),
        [
            ("?q=SOON", ["Soon?"]),
            ("?q=D-3", ["Whenever?"]),
            ("?only=overdue", ["Late?"]),
            ("?only=mine", ["Soon?"]),
            ("?only=partner", ["Whenever?"]),
            ("?process=go-live", ["Whenever?"]),
            ("?process=nothing&only=x", ["Late?", "Soon?", "Whenever?"]),
            ("?q=zebra", []),
        ],
    )
    def test_finds_by_words_state_and_what_it_holds_up(
        self, client: Client, cast: Cast, asked: str, titles: list[str]
    ) -> None:
        assert self.found(client, cast, asked) == titles

    def test_finds_by_process_and_links_to_it(self, client: Client, cast: Cast) -> None:
        process = BusinessProcess.objects.get(project=cast.project)
        asked = f"?process={process.public_id}"
        assert self.found(client, cast, asked) == ["Late?"]
        page = page_of(client, cast.auditor, f"{address(cast, 'decision-list')}{asked}")
        where = reverse(
            "readiness:process-detail", args=[cast.project.public_id, process.public_id]
        )
        assert f'href="{where}"' in page
        assert "1 found" in page

    def test_says_when_nothing_fits(self, client: Client, cast: Cast) -> None:
        page = page_of(client, cast.auditor, f"{address(cast, 'decision-list')}?q=zebra")
        assert "Nothing fits" in page

    def test_falls_to_an_executive_where_nobody_is_named(self, client: Client, cast: Cast) -> None:
        page = page_of(client, cast.sponsor, f"{address(cast, 'decision-list')}?only=mine")
        assert "Late?" in page
        assert "Soon?" not in page

    def test_asks_as_much_for_many_as_for_one(
        self,
        client: Client,
        cast: Cast,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(20):
            decision = decision_of(cast, title=f"No {number}")
            decision.blocked_processes.add(BusinessProcess.objects.get(project=cast.project))
        client.force_login(cast.auditor)
        with django_assert_num_queries(LIST_QUERIES):
            client.get(address(cast, "decision-list"))


class TestFindAssumptions:
    def test_finds_what_waits_for_me_and_what_a_partner_made(
        self, client: Client, cast: Cast
    ) -> None:
        process = make_process(project=cast.project, owner=cast.process_owner)
        mine = assumption_of(cast, statement="Mine.", made_affiliation="PARTNER")
        mine.blocked_processes.add(process)
        assumption_of(cast, statement="Ours.", made_affiliation="CLIENT")
        where = address(cast, "assumption-list")
        for asked in ("?only=mine", "?only=partner", "?q=mine", f"?process={process.public_id}"):
            page = page_of(client, cast.process_owner, where + asked)
            assert "Mine." in page, asked
            assert "Ours." not in page, asked
        assert "Nothing fits" in page_of(client, cast.process_owner, f"{where}?only=overdue")
