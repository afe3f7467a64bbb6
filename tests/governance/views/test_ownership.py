"""Owners and the go-live date in the browser."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from governance.models import GoLiveDate, Ownership, User
from tests.factories import NOW, make_process, make_project
from tests.governance.views.decisions.cases import decision_of
from tests.people import Cast, make_cast
from tests.questions import decide, make_decision

LIST_QUERIES = 5
DATE_QUERIES = 5


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


class TestListOwners:
    def test_counts_the_gaps(self, client: Client, cast: Cast) -> None:
        make_process(project=cast.project, owner=cast.process_owner, deputy=cast.sponsor)
        make_process(project=cast.project, owner=cast.process_owner)
        make_process(project=cast.project, in_scope=False)
        client.force_login(cast.auditor)
        page = client.get(address(cast, "owner-list")).content.decode()
        assert "1 of 2 processes have an owner and a deputy." in page
        assert "Nobody" in page
        client.force_login(cast.sponsor)
        assert "the owner of" in client.get(address(cast, "owner-list")).content.decode()

    def test_puts_the_gaps_first(self, client: Client, cast: Cast) -> None:
        owners = {"owner": cast.process_owner, "deputy": cast.sponsor}
        make_process(project=cast.project, code="1", name="Whole", **owners)
        make_process(project=cast.project, code="2", name="Half", owner=cast.sponsor)
        make_process(project=cast.project, code="3", name="Empty")
        make_process(
            project=cast.project, code="4", name="Empty and critical", criticality="CRITICAL"
        )
        client.force_login(cast.auditor)
        page = client.get(address(cast, "owner-list")).content.decode()
        assert "2 have no owner: start there." in page
        names = ["4 Empty and critical", "3 Empty", "2 Half", "1 Whole"]
        assert sorted(names, key=page.index) == names

    def test_asks_as_much_for_many_as_for_one(
        self,
        client: Client,
        cast: Cast,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(20):
            make_process(project=cast.project, code=str(number), owner=cast.process_owner)
        client.force_login(cast.auditor)
        with django_assert_num_queries(LIST_QUERIES):
            client.get(address(cast, "owner-list"))
        with django_assert_num_queries(DATE_QUERIES):
            client.get(address(cast, "go-live-show"))

    def test_says_what_to_do_first(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.sponsor)
        assert (
            "Import the process catalogue first"
            in client.get(address(cast, "owner-list")).content.decode()
        )


class TestChangeOwner:
    def test_puts_owner_and_deputy_on_record(self, client: Client, cast: Cast) -> None:
        process = make_process(project=cast.project)
        where = address(cast, "owner-change", process)
        answer = post(
            client,
            cast.sponsor,
            where,
            owner=cast.process_owner.public_id,
            deputy=cast.business_user.public_id,
        )
        assert answer["Location"] == address(cast, "owner-list")
        page = client.get(where).content.decode()
        assert "deputy Business_User" in page
        assert "named by Sponsor" in page

    def test_offers_nobody_of_a_partner_or_another_client(self, client: Client, cast: Cast) -> None:
        where = address(cast, "owner-change", make_process(project=cast.project))
        client.force_login(cast.project_manager)
        page = client.get(where).content.decode()
        assert f'value="{cast.process_owner.public_id}"' in page
        for name in ("consultant", "other_sponsor", "stranger"):
            assert f'value="{getattr(cast, name).public_id}"' not in page, name
            answer = post(client, cast.project_manager, where, owner=getattr(cast, name).public_id)
            assert answer.status_code == 422
        assert not Ownership.objects.exists()

    def test_says_beside_the_field_what_is_wrong(self, client: Client, cast: Cast) -> None:
        where = address(cast, "owner-change", make_process(project=cast.project))
        same = cast.process_owner.public_id
        answer = post(client, cast.sponsor, where, owner=same, deputy=same)
        assert answer.status_code == 422
        assert "The deputy has to be somebody else." in answer.content.decode()

    @pytest.mark.parametrize("name", ["consultant", "process_owner", "auditor"])
    def test_is_refused_to_whoever_does_not_appoint(
        self, client: Client, cast: Cast, name: str
    ) -> None:
        where = address(cast, "owner-change", make_process(project=cast.project))
        answer = post(client, getattr(cast, name), where, owner=cast.process_owner.public_id)
        assert answer.status_code == 403
        assert "names owners" in answer.content.decode()

    def test_is_not_there_for_a_foreign_process(self, client: Client, cast: Cast) -> None:
        foreign = make_process(project=cast.other_project)
        client.force_login(cast.sponsor)
        assert client.get(address(cast, "owner-change", foreign)).status_code == 404


class TestShowGoLive:
    def decided(self, cast: Cast) -> Any:
        """Return a decision with an outcome."""
        decision = decision_of(cast, title="Move by five weeks?")
        decide(decision, by=cast.sponsor, at=NOW)
        return decision

    def test_moves_the_date_by_a_decision_that_was_decided(
        self, client: Client, cast: Cast
    ) -> None:
        decision, open_one = self.decided(cast), decision_of(cast)
        where = address(cast, "go-live-show")
        client.force_login(cast.sponsor)
        page = client.get(where).content.decode()
        assert "Monday 13 July 2026, never moved." in page
        assert str(open_one) not in page
        post(client, cast.sponsor, where, decision=decision.public_id, go_live_date="2026-08-17")
        cast.project.refresh_from_db()
        assert cast.project.go_live_date == date(2026, 8, 17)
        page = client.get(where).content.decode()
        assert "Monday 17 August 2026, moved once." in page
        assert "35 days later" in page
        post(client, cast.sponsor, where, decision=decision.public_id, go_live_date="2026-08-10")
        page = client.get(where).content.decode()
        assert "moved 2 times." in page
        assert "7 days earlier" in page

    def test_refuses_a_date_in_the_past(self, client: Client, cast: Cast) -> None:
        decision = self.decided(cast)
        where = address(cast, "go-live-show")
        answer = post(
            client, cast.sponsor, where, decision=decision.public_id, go_live_date="2026-05-01"
        )
        assert answer.status_code == 422
        assert "A go-live date lies in the future." in answer.content.decode()

    def test_takes_no_open_and_no_foreign_decision(self, client: Client, cast: Cast) -> None:
        where = address(cast, "go-live-show")
        self.decided(cast)
        foreign = make_decision(project=cast.other_project)
        for decision in (decision_of(cast), foreign):
            answer = post(
                client, cast.sponsor, where, decision=decision.public_id, go_live_date="2026-08-17"
            )
            assert answer.status_code == 422
        assert GoLiveDate.objects.filter(project=cast.project).count() == 1

    @pytest.mark.parametrize("name", ["project_manager", "consultant", "process_owner"])
    def test_is_moved_by_executives_alone(self, client: Client, cast: Cast, name: str) -> None:
        decision = self.decided(cast)
        where = address(cast, "go-live-show")
        client.force_login(getattr(cast, name))
        assert "The date has no edit form." in client.get(where).content.decode()
        answer = post(
            client,
            getattr(cast, name),
            where,
            decision=decision.public_id,
            go_live_date="2026-08-17",
        )
        assert answer.status_code == 403

    def test_says_so_when_there_is_no_date_and_no_decision(
        self, client: Client, cast: Cast
    ) -> None:
        empty = make_project(organisation=cast.client, go_live_date=None)
        cast.sponsor.participations.create(organisation=cast.client, project=empty, role="SPONSOR")
        client.force_login(cast.sponsor)
        page = client.get(
            reverse("governance:go-live-show", args=[empty.public_id])
        ).content.decode()
        assert "No date has been set." in page
        assert "No decision has been decided yet." in page
