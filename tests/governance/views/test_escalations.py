"""Escalating from a page, and answering: what the doors take, refuse and show."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.models import Caveat, Decision, DecisionOutcome, Escalation, User
from tests.escalations import REASON, Ladder, make_ladder
from tests.factories import NOW

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(hours=1)


@pytest.fixture
def ladder(time_machine: TimeMachineFixture) -> Ladder:
    found = make_ladder()
    time_machine.move_to(SOON, tick=False)
    return found


def add_page(ladder: Ladder) -> str:
    address = reverse("governance:escalation-add", args=[ladder.cast.project.public_id])
    return f"{address}?noun=decision&id={ladder.decision.public_id}"


def page_of(escalation: Escalation) -> str:
    rows = [escalation.project.public_id, escalation.public_id]
    return reverse("governance:escalation-detail", args=rows)


def sent(client: Client, user: User, address: str, **entries: Any) -> Any:
    client.force_login(user)
    return client.post(address, entries)


class TestAddEscalation:
    def test_needs_one_sentence(self, client: Client, ladder: Ladder) -> None:
        user = ladder.cast.business_user
        answer = sent(client, user, add_page(ladder), reason=REASON, rung="PROJECT_MANAGER")
        assert answer.status_code == 302
        row = Escalation.objects.get()
        assert (row.raised_by, row.reason, row.raised_at) == (user, REASON, SOON)

    def test_says_what_is_missing_or_cannot_be(self, client: Client, ladder: Ladder) -> None:
        user = ladder.cast.business_user
        for entries in ({"reason": ""}, {"reason": REASON, "rung": "STEERING"}):
            assert sent(client, user, add_page(ladder), **entries).status_code == 422
        assert not Escalation.objects.exists()

    def test_does_not_offer_anybody_to_themselves(self, client: Client, ladder: Ladder) -> None:
        client.force_login(ladder.cast.project_manager)
        body = client.get(add_page(ladder)).content.decode()
        assert "Process_Owner, Process owner" in body
        assert "Project_Manager, Project manager" not in body
        entries = {"reason": REASON, "rung": "PROJECT_MANAGER"}
        answer = sent(client, ladder.cast.project_manager, add_page(ladder), **entries)
        assert answer.status_code == 422

    def test_leads_to_the_one_that_is_open_already(self, client: Client, ladder: Ladder) -> None:
        escalation = ladder.escalate()
        client.force_login(ladder.cast.consultant)
        body = client.get(add_page(ladder)).content.decode()
        assert "escalated already" in body
        assert page_of(escalation) in body
        assert "<textarea" not in body

    def test_is_not_for_auditors_nor_for_strangers(self, client: Client, ladder: Ladder) -> None:
        for user, status in ((ladder.cast.auditor, 403), (ladder.cast.other_sponsor, 404)):
            client.force_login(user)
            assert client.get(add_page(ladder)).status_code == status

    def test_finds_no_row_of_another_project(self, client: Client, ladder: Ladder) -> None:
        other = make_ladder().decision
        address = add_page(ladder).replace(str(ladder.decision.public_id), str(other.public_id))
        client.force_login(ladder.cast.business_user)
        assert client.get(address).status_code == 404


class TestShowEscalation:
    def test_takes_an_answer_and_closes(self, client: Client, ladder: Ladder) -> None:
        escalation = ladder.escalate()
        entries = {"act": "ANSWERED", "text": "They come on Monday."}
        answer = sent(client, ladder.cast.project_manager, page_of(escalation), **entries)
        assert answer.status_code == 302
        assert not Escalation.objects.open().exists()
        client.force_login(ladder.cast.business_user)
        assert "They come on Monday." in client.get(page_of(escalation)).content.decode()

    def test_decides_the_open_decision_that_it_is_about(
        self, client: Client, ladder: Ladder
    ) -> None:
        escalation = ladder.escalate(rung="SPONSOR")
        entries = {"act": "DECIDED", "text": "Plant two.", "why": "It has the room."}
        sent(client, ladder.cast.sponsor, page_of(escalation), **entries)
        outcome = DecisionOutcome.objects.get()
        assert (outcome.decision, outcome.outcome) == (ladder.decision, "Plant two.")
        assert escalation.steps.latest("number").decision == ladder.decision

    def test_makes_a_decision_of_what_was_none(self, client: Client, ladder: Ladder) -> None:
        ladder.decision.delete()
        process = ladder.process
        address = reverse("governance:escalation-add", args=[ladder.cast.project.public_id])
        about = f"{address}?noun=process&id={process.public_id}"
        sent(client, ladder.cast.business_user, about, reason=REASON, rung="SPONSOR")
        entries = {"act": "DECIDED", "text": "Two testers each.", "why": "The date stands."}
        sent(client, ladder.cast.sponsor, page_of(Escalation.objects.get()), **entries)
        decision = Decision.objects.get()
        assert (decision.title, decision.raised_by) == (str(process), "Sponsor")
        assert REASON not in decision.detail
        assert list(decision.blocked_processes.all()) == [process]

    def test_refuses_a_decision_by_somebody_without_the_right(
        self, client: Client, ladder: Ladder
    ) -> None:
        ladder.decision.decider = ladder.cast.sponsor
        ladder.decision.save()
        escalation = ladder.escalate()
        entries = {"act": "DECIDED", "text": "Plant two.", "why": "It has the room."}
        answer = sent(client, ladder.cast.project_manager, page_of(escalation), **entries)
        assert answer.status_code == 422
        assert Escalation.objects.open().count() == 1
        assert not DecisionOutcome.objects.exists()

    def test_passes_it_on_with_a_reason(self, client: Client, ladder: Ladder) -> None:
        escalation, cast = ladder.escalate(), ladder.cast
        manager, page = cast.project_manager, page_of(escalation)
        bare = sent(client, manager, page, act="PASSED_ON", text="Hers.", to="")
        assert bare.status_code == 422
        foreign = sent(client, manager, page, act="PASSED_ON", text="Hers.", to=str(uuid4()))
        assert foreign.status_code == 422
        to = str(cast.process_owner.public_id)
        assert sent(client, manager, page, act="PASSED_ON", text="Hers.", to=to).status_code == 302
        assert escalation.steps.latest("number").addressee == cast.process_owner

    def test_lets_an_answer_rise_as_a_caveat(self, client: Client, ladder: Ladder) -> None:
        escalation = ladder.escalate()
        entries = {"act": "ANSWERED", "text": "Porto is short.", "is_caveat": "on"}
        sent(client, ladder.cast.project_manager, page_of(escalation), **entries)
        caveat = Caveat.objects.get()
        assert (caveat.text, caveat.source_noun) == ("Porto is short.", "escalation")

    def test_takes_nothing_from_anybody_else(self, client: Client, ladder: Ladder) -> None:
        escalation, cast = ladder.escalate(), ladder.cast
        entries = {"act": "ANSWERED", "text": "Yes."}
        for user in (cast.business_user, cast.process_owner, cast.consultant, cast.auditor):
            assert sent(client, user, page_of(escalation), **entries).status_code == 403
        assert sent(client, cast.stranger, page_of(escalation), **entries).status_code == 404
        assert Escalation.objects.open().count() == 1

    def test_takes_nothing_twice(self, client: Client, ladder: Ladder) -> None:
        escalation, manager = ladder.escalate(), ladder.cast.project_manager
        entries = {"act": "ANSWERED", "text": "Yes."}
        assert sent(client, manager, page_of(escalation), **entries).status_code == 302
        assert sent(client, manager, page_of(escalation), **entries).status_code == 403


class TestListEscalations:
    def test_answers_first_and_holds_the_addressees_to_their_time(
        self, client: Client, ladder: Ladder, time_machine: TimeMachineFixture
    ) -> None:
        ladder.escalate()
        ladder.let_run_out(days=1)
        # the database stamps rows with its own clock; whoever looks looks later than that
        time_machine.move_to(NOW + timedelta(days=2000), tick=False)
        client.force_login(ladder.cast.process_owner)
        address = reverse("governance:escalation-list", args=[ladder.cast.project.public_id])
        body = client.get(address).content.decode()
        assert "1 escalation waits for an answer. 1 of them is beyond its time." in body
        assert "1 waits for you." in body
        assert "Not all in time" in body
        assert "Business_User" not in body
        assert "raised by you" not in body
        client.force_login(ladder.cast.business_user)
        assert "raised by you" in client.get(f"{address}?only=raised").content.decode()
        assert "Nothing fits" in client.get(f"{address}?only=mine").content.decode()
