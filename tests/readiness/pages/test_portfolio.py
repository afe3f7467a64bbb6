"""The portfolio: each upgrade on one line, first what needs the executive."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.choices import Phase, Role
from governance.models import Organisation, Project, User
from readiness.choices import Verdict
from readiness.pages.portfolio import PortfolioPage, PortfolioQuestion, portfolio_page
from tests.factories import NOW, join, make_organisation, make_project, make_user
from tests.readiness.worlds import make_world
from tests.wire import make_snapshot

QUERIES = 10


@pytest.fixture
def client_side(db: None) -> Organisation:
    """Return a client."""
    return make_organisation(name="Kessler Pumps")


@pytest.fixture
def sponsor(client_side: Organisation) -> User:
    """Return somebody of the client, in no project yet."""
    return make_user(organisation=client_side)


def upgrade(sponsor: User, name: str, verdict: str = "", **fields: Any) -> Project:
    """Return a project of the sponsor's, judged unless no verdict is given."""
    project = make_project(organisation=sponsor.organisation, name=name, **fields)
    join(project=project, user=sponsor, role=Role.SPONSOR)
    if verdict:
        make_snapshot(
            project=project, verdict=verdict, go_live_date=project.go_live_date, hard_misses=2
        )
    return project


def portfolio(user: User, **question: Any) -> PortfolioPage:
    """Return the portfolio as somebody sees it."""
    return portfolio_page(user=user, question=PortfolioQuestion(**question), as_of=NOW)


class TestPortfolioPage:
    def test_puts_first_what_needs_the_executive(self, sponsor: User) -> None:
        soon, late = date(2026, 7, 1), date(2026, 9, 1)
        upgrade(sponsor, "closed", Verdict.NO_GO, phase=Phase.CLOSED)
        upgrade(sponsor, "go", Verdict.GO)
        upgrade(sponsor, "not open", Verdict.NOT_OPEN)
        upgrade(sponsor, "conditional", Verdict.CONDITIONAL)
        upgrade(sponsor, "not judged")
        upgrade(sponsor, "no-go without a date", Verdict.NO_GO, go_live_date=None)
        upgrade(sponsor, "no-go late", Verdict.NO_GO, go_live_date=late)
        upgrade(sponsor, "no-go soon", Verdict.NO_GO, go_live_date=soon)
        assert [row.name for row in portfolio(sponsor).rows] == [
            "no-go soon",
            "no-go late",
            "no-go without a date",
            "not judged",
            "conditional",
            "not open",
            "go",
            "closed",
        ]

    def test_answers_in_its_first_line(self, sponsor: User) -> None:
        upgrade(sponsor, "a", Verdict.GO)
        upgrade(sponsor, "b", Verdict.NO_GO)
        upgrade(sponsor, "c", Verdict.NO_GO)
        upgrade(sponsor, "d", Verdict.CONDITIONAL)
        page = portfolio(sponsor)
        assert page.answer == (
            "1 of 4 upgrades can go live as planned, 1 more only with conditions;"
            " none needs you this week."
        )
        assert {count.verdict: count.number for count in page.counts} == {
            "NO_GO": 2,
            "CONDITIONAL": 1,
            "GO": 1,
            "NOT_OPEN": 0,
        }

    def test_counts_what_was_never_judged_and_claims_nothing_about_it(self, sponsor: User) -> None:
        upgrade(sponsor, "a")
        page = portfolio(sponsor)
        assert page.answer == "0 of 1 upgrade can go live as planned; none needs you this week."
        assert (page.rows[0].verdict, page.rows[0].headline) == ("", "Not judged yet")
        assert page.total == 1

    def test_shows_only_what_the_account_takes_part_in(self, sponsor: User) -> None:
        mine = upgrade(sponsor, "mine", Verdict.GO)
        make_snapshot(project=make_project(name="another client's"), verdict=Verdict.NO_GO)
        make_project(organisation=sponsor.organisation, name="not my project")
        page = portfolio(sponsor)
        assert [row.name for row in page.rows] == [mine.name]
        assert page.total == 1

    def test_is_empty_for_a_stranger(self, client_side: Organisation) -> None:
        page = portfolio(make_user(organisation=client_side))
        assert (page.rows, page.total, page.answer) == ([], 0, "")

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("orion", ["Orion pumps"]),
            ("PUMPS orion", ["Orion pumps"]),
            ("kessler", ["Baltic roll-out", "Orion pumps"]),
            ("nowhere", []),
        ],
    )
    def test_finds_by_every_word_in_name_or_client(
        self, sponsor: User, words: str, found: list[str]
    ) -> None:
        upgrade(sponsor, "Orion pumps", Verdict.GO)
        upgrade(sponsor, "Baltic roll-out", Verdict.NO_GO)
        page = portfolio(sponsor, words=words)
        assert [row.name for row in page.rows] == found
        assert page.total == 2

    def test_narrows_down_to_one_verdict(self, sponsor: User) -> None:
        upgrade(sponsor, "a", Verdict.GO)
        upgrade(sponsor, "b", Verdict.NO_GO)
        page = portfolio(sponsor, verdict=Verdict.GO)
        assert [row.name for row in page.rows] == ["a"]
        assert page.kept == {"q": "", "verdict": "GO", "need": ""}
        assert page.found == "1 of 2 upgrades shown."

    def test_narrows_down_to_what_needs_an_executive(self, sponsor: User) -> None:
        upgrade(sponsor, "far", Verdict.NO_GO, go_live_date=date(2027, 6, 1))
        upgrade(sponsor, "near", Verdict.NO_GO, go_live_date=date(2026, 6, 9))
        page = portfolio(sponsor, only_needing=True)
        assert [row.name for row in page.rows] == ["near"]
        (reason,) = page.rows[0].reasons
        assert reason.text == "No-go 8 days before go-live: decide about the date"
        assert reason.href.endswith("/go-live/")
        assert (page.needing, page.kept["need"]) == (1, "1")

    def test_tells_an_executive_that_it_is_them_who_is_needed(self, sponsor: User) -> None:
        project = upgrade(sponsor, "near", Verdict.NO_GO, go_live_date=date(2026, 6, 9))
        manager = make_user(organisation=sponsor.organisation)
        join(project=project, user=manager, role=Role.PROJECT_MANAGER)
        ready = "0 of 1 upgrade can go live as planned"
        assert portfolio(sponsor).answer == f"{ready}; 1 needs you this week."
        assert portfolio(manager).answer == f"{ready}; 1 needs an executive this week."

    def test_claims_nothing_where_everything_is_closed(self, sponsor: User) -> None:
        upgrade(sponsor, "over", Verdict.GO, phase=Phase.CLOSED)
        page = portfolio(sponsor)
        assert (page.answer, page.total) == ("Every upgrade is closed.", 1)

    def test_says_that_nobody_is_needed(self, sponsor: User) -> None:
        project = upgrade(sponsor, "calm", Verdict.CONDITIONAL)
        manager = make_user(organisation=sponsor.organisation)
        join(project=project, user=manager, role=Role.PROJECT_MANAGER)
        assert portfolio(manager).answer == (
            "0 of 1 upgrade can go live as planned, 1 more only with conditions;"
            " none needs a decision."
        )

    def test_shows_the_newest_judgement_at_the_moment(self, sponsor: User) -> None:
        project = upgrade(sponsor, "a", Verdict.NO_GO)
        make_snapshot(project=project, as_of=NOW - timedelta(days=7), verdict=Verdict.GO)
        make_snapshot(project=project, as_of=NOW + timedelta(days=1), verdict=Verdict.GO)
        (row,) = portfolio(sponsor).rows
        assert row.verdict == Verdict.NO_GO
        assert row.trend.words == "2 weeks: go 1, no-go 1; now no-go"

    def test_keeps_twelve_weeks_of_trend_by_each_weeks_last_verdict(self, sponsor: User) -> None:
        project = upgrade(sponsor, "a", Verdict.GO)
        for days in range(1, 120):
            make_snapshot(project=project, as_of=NOW - timedelta(days=days), verdict="NO_GO")
        (row,) = portfolio(sponsor).rows
        assert len(row.trend.bars) == 12
        assert row.trend.words.endswith("now go")

    def test_turns_pages_and_survives_a_page_that_is_not_there(self, sponsor: User) -> None:
        for number in range(51):
            upgrade(sponsor, f"upgrade {number:02d}")
        assert len(portfolio(sponsor).rows) == 50
        for page in ("2", "99"):
            assert [row.name for row in portfolio(sponsor, page=page).rows] == ["upgrade 50"]
        assert len(portfolio(sponsor, page="nonsense").rows) == 50

    def test_says_what_has_to_happen_first_and_that_the_report_is_rosier(self, db: None) -> None:
        world = make_world()
        (row,) = portfolio(world.cast.sponsor).rows
        assert row.need == "Name an owner and a deputy for 1 process."
        assert row.who == "Sponsor"
        assert (row.reported, row.is_rosier) == ("green", True)
        assert (row.countdown, row.t_minus) == ("in 42 days", "T-42")
        assert (row.hard_misses, row.accepted_risks) == (world.snapshot.hard_misses, 1)

    def test_asks_the_same_few_questions_however_many_upgrades(self, sponsor: User) -> None:
        upgrade(sponsor, "first", Verdict.GO)
        with CaptureQueriesContext(connection) as few:
            portfolio(sponsor)
        for number in range(20):
            upgrade(sponsor, f"more {number}", Verdict.NO_GO)
        with CaptureQueriesContext(connection) as many:
            portfolio(sponsor)
        assert len(few) == len(many) == QUERIES
