"""Decisions and assumptions in the browser: raise, decide, write down, rule."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from governance.choices import Ruling
from governance.models import Assumption, BusinessProcess, Decision, DecisionOutcome, User
from tests.factories import NOW, make_process
from tests.people import Cast, make_cast

LIST_QUERIES = 11


@pytest.fixture
def cast(db: None, time_machine: TimeMachineFixture) -> Cast:
    """Return everybody."""
    found = make_cast()
    time_machine.move_to(NOW, tick=False)
    return found


def address(cast: Cast, name: str, *rows: Any) -> str:
    """Return where something of the first project is."""
    return reverse(f"governance:{name}", args=[row.public_id for row in (cast.project, *rows)])


def post(client: Client, user: User, where: str, **fields: Any) -> Any:
    """Send a form as somebody."""
    client.force_login(user)
    return client.post(where, fields)


def page_of(client: Client, user: User, where: str) -> str:
    """Return a page as somebody sees it."""
    client.force_login(user)
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def decision_of(cast: Cast, **fields: Any) -> Decision:
    """Return a decision raised ten days ago."""
    terms: dict[str, Any] = {
        "organisation": cast.client,
        "project": cast.project,
        "code": f"D-{Decision.objects.count() + 1}",
        "title": "Which plant goes first?",
        "raised_by": "Somebody",
        "raised_at": NOW - timedelta(days=10),
    }
    return Decision.objects.create(**(terms | fields))


def assumption_of(cast: Cast, **fields: Any) -> Assumption:
    """Return an assumption written down ten days ago."""
    terms: dict[str, Any] = {
        "organisation": cast.client,
        "project": cast.project,
        "code": f"A-{Assumption.objects.count() + 1}",
        "statement": "One warehouse is enough.",
        "made_by": "Consultant",
        "raised_at": NOW - timedelta(days=10),
    }
    return Assumption.objects.create(**(terms | fields))


class TestAddBoth:
    @pytest.mark.parametrize("name", ["decision-add", "assumption-add"])
    @pytest.mark.parametrize("key", ["9" * 400, "-" + "9" * 19])
    def test_refuses_a_row_that_no_database_holds(
        self, client: Client, cast: Cast, name: str, key: str
    ) -> None:
        answer = post(client, cast.consultant, address(cast, name), blocked=[key])
        assert answer.status_code == 422
        assert "blocked" in answer.context["form"].errors


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
        DecisionOutcome.objects.create(
            organisation=cast.client,
            project=cast.project,
            decision=decision,
            outcome="Oslo",
            decided_by=cast.sponsor,
            decided_affiliation="CLIENT",
            decided_at=NOW - timedelta(days=7),
        )
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
        assert "1 question." in page

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


class TestAddDecision:
    def test_writes_it_down_for_its_decider(self, client: Client, cast: Cast) -> None:
        process = make_process(project=cast.project)
        answer = post(
            client,
            cast.consultant,
            address(cast, "decision-add"),
            title="Which plant goes first?",
            detail="Oslo or Porto.",
            decider=cast.sponsor.pk,
            due_date="2026-06-08",
            blocks_go_live="on",
            blocked=[process.pk],
        )
        assert answer["Location"] == address(cast, "decision-list")
        decision = Decision.objects.get()
        assert (decision.decider, decision.raised_by) == (cast.sponsor, "Consultant")
        assert list(decision.blocked_processes.all()) == [process]

    @pytest.mark.parametrize(
        "fields",
        [{"title": ""}, {"title": "x" * 301}, {"due_date": "31 June"}, {"decider": "foreign"}],
    )
    def test_gives_the_form_back(self, client: Client, cast: Cast, fields: dict[str, Any]) -> None:
        if fields.get("decider") == "foreign":
            fields = {"decider": cast.other_sponsor.pk}
        entered = {"title": "Which?"} | fields
        answer = post(client, cast.sponsor, address(cast, "decision-add"), **entered)
        assert answer.status_code == 422
        assert not Decision.objects.exists()

    def test_takes_no_process_of_another_project(self, client: Client, cast: Cast) -> None:
        foreign = make_process(project=cast.other_project, name="Foreign process")
        where = address(cast, "decision-add")
        assert "Foreign process" not in page_of(client, cast.sponsor, where)
        answer = post(client, cast.sponsor, where, title="Which?", blocked=[foreign.pk])
        assert answer.status_code == 422

    def test_is_refused_to_an_auditor(self, client: Client, cast: Cast) -> None:
        where = address(cast, "decision-add")
        assert post(client, cast.auditor, where, title="Which?").status_code == 403


class TestShowDecision:
    def test_takes_the_outcome_from_the_decider(self, client: Client, cast: Cast) -> None:
        decision = decision_of(cast, decider=cast.process_owner)
        where = address(cast, "decision-detail", decision)
        post(client, cast.process_owner, where, outcome="Oslo.", reason="It is smaller.")
        page = page_of(client, cast.process_owner, where)
        assert "Oslo: Process_Owner after" in page
        assert "It is smaller." in page
        post(client, cast.process_owner, where, outcome="Porto")
        page = page_of(client, cast.process_owner, where)
        assert "Replaced" in page
        assert page.index("Porto") < page.index("Oslo")

    @pytest.mark.parametrize("name", ["sponsor", "consultant", "auditor"])
    def test_is_refused_to_whoever_does_not_decide(
        self, client: Client, cast: Cast, name: str
    ) -> None:
        where = address(cast, "decision-detail", decision_of(cast, decider=cast.process_owner))
        answer = post(client, getattr(cast, name), where, outcome="Oslo")
        assert answer.status_code == 403
        assert "This waits for Process_Owner." in answer.content.decode()
        assert not DecisionOutcome.objects.exists()

    def test_falls_to_an_executive_where_nobody_is_named(self, client: Client, cast: Cast) -> None:
        where = address(cast, "decision-detail", decision_of(cast, detail="Known so far."))
        assert "Nobody named: an executive" in page_of(client, cast.auditor, where)
        assert "Known so far." in page_of(client, cast.sponsor, where)
        assert post(client, cast.sponsor, where, outcome="Oslo").status_code == 302

    def test_needs_an_outcome(self, client: Client, cast: Cast) -> None:
        where = address(cast, "decision-detail", decision_of(cast))
        assert post(client, cast.sponsor, where, outcome=" ").status_code == 422

    def test_says_that_an_answer_cannot_be_older_than_its_question(
        self, client: Client, cast: Cast
    ) -> None:
        later = decision_of(cast, raised_at=NOW + timedelta(days=1))
        answer = post(client, cast.sponsor, address(cast, "decision-detail", later), outcome="Oslo")
        assert answer.status_code == 422
        assert "before the question" in answer.content.decode()

    def test_is_not_there_under_another_project(self, client: Client, cast: Cast) -> None:
        where = reverse(
            "governance:decision-detail",
            args=[cast.other_project.public_id, decision_of(cast).public_id],
        )
        client.force_login(cast.other_sponsor)
        assert client.get(where).status_code == 404


class TestAssumptions:
    def test_are_written_down_by_consultants(self, client: Client, cast: Cast) -> None:
        where = address(cast, "assumption-add")
        assert "What do you take for granted" in page_of(client, cast.consultant, where)
        answer = post(client, cast.consultant, where, statement="One warehouse is enough.")
        page = client.get(answer["Location"]).content.decode()
        assert "1 assumption waits for an answer, the oldest for 0 days." in page
        assert "Partner" in page

    def test_wait_for_an_owner_of_what_rests_on_them(self, client: Client, cast: Cast) -> None:
        process = make_process(
            project=cast.project, owner=cast.process_owner, deputy=cast.business_user
        )
        assumption = assumption_of(cast)
        assumption.blocked_processes.add(process)
        where = address(cast, "assumption-detail", assumption)
        answer = post(client, cast.sponsor, where, ruling=Ruling.RATIFIED)
        assert answer.status_code == 403
        assert "Process_Owner, Business_User" in answer.content.decode()
        assert post(client, cast.consultant, where, ruling=Ruling.RATIFIED).status_code == 403
        assert post(client, cast.business_user, where, ruling=Ruling.RATIFIED).status_code == 302
        page = page_of(client, cast.auditor, where)
        assert "Ratified: Business_User after 10 days." in page
        listed = page_of(client, cast.auditor, address(cast, "assumption-list") + "?show=answered")
        assert "Ratified" in listed

    def test_are_not_rejected_without_a_reason(self, client: Client, cast: Cast) -> None:
        where = address(cast, "assumption-detail", assumption_of(cast))
        answer = post(client, cast.sponsor, where, ruling=Ruling.REJECTED, reason="")
        assert answer.status_code == 422
        assert "Say what is right instead" in answer.content.decode()

    def test_need_a_statement(self, client: Client, cast: Cast) -> None:
        where = address(cast, "assumption-add")
        assert post(client, cast.sponsor, where, statement="").status_code == 422
        assert post(client, cast.auditor, where, statement="x").status_code == 403
