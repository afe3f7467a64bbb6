"""Accepted risks in the browser: ask, accept in person, decline, end early."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.models import User
from governance.services.signoffs import evidence_hash_of
from readiness.models import Acceptance, AcceptanceAnswer, AcceptanceRequest, AcceptanceWithdrawal
from readiness.services.policies import adopt_policy
from readiness.services.requests import RiskWish, request_acceptance
from readiness.services.risks import acceptance_body
from tests.factories import (
    NOW,
    PASSWORD,
    join,
    make_project,
    make_scenario,
    make_user,
)
from tests.factors import post
from tests.people import Cast, make_cast
from tests.readiness.services.test_requests import UNTIL, asked, granted
from tests.risks import judge_anew, shown_of
from uat.models import Scenario

EARLIER = NOW + timedelta(days=1)


@pytest.fixture
def cast(db: None, time_machine: TimeMachineFixture) -> Cast:
    """Return everybody, with the policy that ships, judged, a day after NOW."""
    cache.clear()
    found = make_cast()
    adopt_policy(project=found.project)
    judge_anew(found.project)
    time_machine.move_to(EARLIER, tick=False)
    return found


def address(cast: Cast, name: str, *rows: Any) -> str:
    """Return where something of the first project is."""
    ids = [row.public_id for row in (cast.project, *rows)]
    return reverse(f"readiness:{name}", args=ids)


ASKED = {
    "criterion": "G3 UX-01",
    "reason": "The bank interface comes later.",
    "control": "Payments are released by hand.",
    "until": "2026-07-01",
}
WRONG = "not " + PASSWORD
ANSWERED = {
    "reason": "We carry it.",
    "control": "By hand.",
    "until": "2026-07-01",
    "password": PASSWORD,
}


def send(
    client: Client, cast: Cast, asked: AcceptanceRequest, *, by: User | None = None, **fields: Any
) -> Any:
    """Open the request, then accept it with the hash that the page showed."""
    shown = shown_of(cast.project, asked=asked).shown_hash
    entered = {"evidence_hash": shown, "meanings": "ACCEPTANCE.SIGNED.1", **ANSWERED, **fields}
    return post(client, by or cast.sponsor, address(cast, "request-detail", asked), **entered)


def decline(
    client: Client, cast: Cast, asked: AcceptanceRequest, *, by: User | None = None, **fields: Any
) -> Any:
    """Decline a request over what the page showed."""
    shown = shown_of(cast.project, asked=asked).shown_hash
    meanings = "ACCEPTANCE.REFUSED.1"
    entered = {"evidence_hash": shown, "meanings": meanings, "password": PASSWORD, **fields}
    return post(client, by or cast.sponsor, address(cast, "request-decline", asked), **entered)


def end(client: Client, cast: Cast, acceptance: Acceptance, **fields: Any) -> Any:
    """End an acceptance early."""
    entered: dict[str, Any] = {
        "evidence_hash": evidence_hash_of(acceptance_body(acceptance)),
        "meanings": "ACCEPTANCE.WITHDRAWN.1",
        "password": PASSWORD,
        **fields,
    }
    by = entered.pop("by", cast.sponsor)
    where = address(cast, "acceptance-end", acceptance)
    return post(client, by, where, **entered)


class TestAskForAcceptance:
    def test_writes_the_request_and_shows_it_waiting(self, client: Client, cast: Cast) -> None:
        where = address(cast, "request-add")
        answer = post(client, cast.process_owner, where, **ASKED, asked=cast.sponsor.public_id)
        assert answer["Location"] == address(cast, "risk-list")
        page = client.get(answer["Location"]).content.decode()
        assert "Waiting for an answer" in page
        assert "Accept or decline" not in page
        client.force_login(cast.sponsor)
        assert "Accept or decline" in client.get(answer["Location"]).content.decode()
        assert "Nothing is accepted yet." in page

    def test_offers_executives_other_than_the_asker(self, client: Client, cast: Cast) -> None:
        steering = make_user(organisation=cast.client, name="Steering Member")
        join(project=cast.project, user=steering, role="STEERING")
        client.force_login(cast.sponsor)
        page = client.get(address(cast, "request-add")).content.decode()
        assert "Steering Member" in page
        assert f'value="{cast.sponsor.public_id}"' not in page
        assert f'value="{cast.other_sponsor.public_id}"' not in page

    def test_starts_from_the_criterion_it_was_opened_for(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.process_owner)
        page = client.get(address(cast, "request-add") + "?criterion=G3+UX-02").content.decode()
        assert '<option value="G3 UX-02" selected>' in page

    @pytest.mark.parametrize("field", [*ASKED, "asked"])
    def test_needs_every_field(self, client: Client, cast: Cast, field: str) -> None:
        entered = {**ASKED, "asked": cast.sponsor.public_id, field: ""}
        answer = post(client, cast.process_owner, address(cast, "request-add"), **entered)
        assert answer.status_code == 422
        assert not AcceptanceRequest.objects.exists()

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("until", "2026-06-01", "must end after it starts"),
            ("until", "2028-06-01", "lasts 180 days at most"),
            ("until", "2026-11-01", "60 days after go-live at the latest"),
            ("reason", "x" * 5001, "5000 characters"),
        ],
    )
    def test_says_beside_the_field_what_cannot_be(
        self, client: Client, cast: Cast, field: str, value: str, sentence: str
    ) -> None:
        entered = {**ASKED, "asked": cast.sponsor.public_id, field: value}
        answer = post(client, cast.process_owner, address(cast, "request-add"), **entered)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert page.index(f'id="id_{field}"') < page.index(sentence)
        assert not AcceptanceRequest.objects.exists()

    def test_asks_the_same_person_once(self, client: Client, cast: Cast) -> None:
        asked(cast)
        entered = {**ASKED, "asked": cast.sponsor.public_id}
        answer = post(client, cast.process_owner, address(cast, "request-add"), **entered)
        assert answer.status_code == 422
        assert "has not answered yet" in answer.content.decode()
        assert AcceptanceRequest.objects.count() == 1

    def test_takes_no_executive_of_another_client(self, client: Client, cast: Cast) -> None:
        entered = {**ASKED, "asked": cast.other_sponsor.public_id}
        answer = post(client, cast.process_owner, address(cast, "request-add"), **entered)
        assert answer.status_code == 422

    @pytest.mark.parametrize("name", ["consultant", "auditor"])
    def test_is_refused_to_partner_and_auditor(self, client: Client, cast: Cast, name: str) -> None:
        user = getattr(cast, name)
        answer = post(
            client, user, address(cast, "request-add"), **ASKED, asked=cast.sponsor.public_id
        )
        assert answer.status_code == 403
        assert not AcceptanceRequest.objects.exists()


class TestAnswerRequest:
    def test_takes_the_acceptance_of_an_executive_with_the_password(
        self, client: Client, cast: Cast
    ) -> None:
        request = asked(cast)
        answer = send(client, cast, request)
        assert answer["Location"] == address(cast, "risk-list")
        page = client.get(answer["Location"]).content.decode()
        assert "1 risk is accepted" in page
        assert "Accepted by <strong>Sponsor</strong>" in page

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"password": "wrong"}, "That is not your password."),
            ({"reason": ""}, "This field is required."),
            ({"control": ""}, "This field is required."),
            ({"until": "2026-05-01"}, "The acceptance must end after it starts."),
            ({"until": "2028-05-01"}, "lasts 180 days at most"),
            ({"until": "31 June"}, "Enter a valid date."),
        ],
    )
    def test_gives_the_form_back_with_what_is_wrong(
        self, client: Client, cast: Cast, fields: dict[str, str], sentence: str
    ) -> None:
        answer = send(client, cast, asked(cast), **fields)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not Acceptance.objects.exists()

    def test_makes_the_executive_name_untested_scenarios(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project, title="Take back an order")
        request = asked(cast, criterion_key="UX-02")
        assert send(client, cast, request).status_code == 422
        send(client, cast, request, scenarios=[scenario.public_id])
        (named,) = Acceptance.objects.get().scenarios.all()
        assert named.scenario == scenario

    @pytest.mark.parametrize("name", ["process_owner", "project_manager", "consultant"])
    def test_is_refused_to_whoever_is_no_executive(
        self, client: Client, cast: Cast, name: str
    ) -> None:
        answer = send(client, cast, asked(cast), by=getattr(cast, name))
        assert answer.status_code == 403
        assert not Acceptance.objects.exists()

    def test_is_refused_to_the_executive_who_asked(self, client: Client, cast: Cast) -> None:
        steering = make_user(organisation=cast.client)
        join(project=cast.project, user=steering, role="STEERING")
        wish = RiskWish(
            gate_key="G3",
            criterion_key="UX-01",
            reason="Why",
            control="How",
            until=UNTIL,
            asked=cast.sponsor,
        )
        request = request_acceptance(
            project=cast.project, wish=wish, requester=steering, requested_at=NOW
        )
        where = address(cast, "request-detail", request)
        answer = send(client, cast, request, by=steering)
        assert answer.status_code == 403
        assert "You asked for this yourself" in answer.content.decode()
        assert "You asked for this yourself" in client.get(where).content.decode()

    def test_shows_what_became_of_it_and_no_form(self, client: Client, cast: Cast) -> None:
        request = asked(cast)
        granted(cast, request)
        client.force_login(cast.sponsor)
        page = client.get(address(cast, "request-detail", request)).content.decode()
        assert "Accepted (Sponsor, 1 Jun 2026)" in page
        assert "I accept this risk" not in page

    def test_is_not_there_in_another_project(self, client: Client, cast: Cast) -> None:
        request = asked(cast)
        second = make_project(organisation=cast.client)
        join(project=second, user=cast.sponsor)
        client.force_login(cast.sponsor)
        where = address(cast, "request-detail", request)
        moved = where.replace(str(cast.project.public_id), str(second.public_id))
        assert client.get(moved).status_code == 404

    def test_stores_nothing_when_the_figure_changed_while_the_page_was_open(
        self, client: Client, cast: Cast
    ) -> None:
        request = asked(cast)
        shown = shown_of(cast.project, asked=request).shown_hash
        make_scenario(project=cast.project)
        judge_anew(cast.project)
        answer = send(client, cast, request, evidence_hash=shown)
        assert answer.status_code == 409
        assert "Nothing was signed: the risk changed" in answer.content.decode()
        assert not Acceptance.objects.exists()

    def test_shows_what_is_signed_and_its_fingerprint(self, client: Client, cast: Cast) -> None:
        request = asked(cast)
        client.force_login(cast.sponsor)
        page = client.get(address(cast, "request-detail", request)).content.decode()
        assert shown_of(cast.project, asked=request).shown_hash in page
        assert "I have read the risk stated here and accept it in my own name" in page
        for word in ("Measured last", "Target", "100 %", "erp-upgrade 2"):
            assert word in page


class TestRefuseRequest:
    def test_keeps_the_reason(self, client: Client, cast: Cast) -> None:
        request = asked(cast)
        decline(client, cast, request, reason="Test it instead.")
        assert AcceptanceAnswer.objects.get().reason == "Test it instead."
        page = client.get(address(cast, "request-detail", request)).content.decode()
        assert "Declined: Test it instead." in page

    def test_asks_for_the_reason(self, client: Client, cast: Cast) -> None:
        request = asked(cast)
        for reason, sentence in (("", "This field is required."), ("x" * 5001, "5000 characters")):
            answer = decline(client, cast, request, reason=reason)
            page = answer.content.decode()
            assert answer.status_code == 422
            assert sentence in page
            assert reason in page
            assert "I accept this risk" in page
        assert not AcceptanceAnswer.objects.exists()

    def test_says_so_when_it_was_answered_before(self, client: Client, cast: Cast) -> None:
        request = asked(cast)
        granted(cast, request)
        for answer in (send(client, cast, request), decline(client, cast, request, reason="No")):
            page = answer.content.decode()
            assert answer.status_code == 422
            assert "This request was answered before." in page
            assert "Nothing was saved. Accepted (Sponsor" in page
        assert AcceptanceAnswer.objects.count() == 1

    def test_is_refused_to_a_partner_and_leads_to_the_request_by_looking(
        self, client: Client, cast: Cast
    ) -> None:
        request = asked(cast)
        answer = decline(client, cast, request, by=cast.consultant, reason="No")
        assert answer.status_code == 403
        client.force_login(cast.sponsor)
        looked = client.get(address(cast, "request-decline", request))
        assert looked["Location"] == address(cast, "request-detail", request)

    def test_needs_the_password(self, client: Client, cast: Cast) -> None:
        answer = decline(client, cast, asked(cast), reason="No", password=WRONG)
        assert answer.status_code == 422
        assert "That is not your password." in answer.content.decode()
        assert not AcceptanceAnswer.objects.exists()


class TestEndAcceptance:
    def test_ends_it_by_a_new_row(self, client: Client, cast: Cast) -> None:
        acceptance = granted(cast, asked(cast))
        where = address(cast, "acceptance-end", acceptance)
        client.force_login(cast.sponsor)
        assert client.get(where).status_code == 200
        answer = end(client, cast, acceptance, reason="It was tested.")
        assert AcceptanceWithdrawal.objects.get().acceptance == acceptance
        page = client.get(answer["Location"]).content.decode()
        assert "No risk is accepted at the moment." in page
        assert "It was tested." in page
        assert client.get(where).status_code == 404

    def test_is_refused_to_whoever_is_no_executive(self, client: Client, cast: Cast) -> None:
        acceptance = granted(cast, asked(cast))
        answer = end(client, cast, acceptance, by=cast.process_owner, reason="No")
        assert answer.status_code == 403

    def test_needs_a_reason(self, client: Client, cast: Cast) -> None:
        acceptance = granted(cast, asked(cast))
        assert end(client, cast, acceptance, reason=" ").status_code == 422
        answer = end(client, cast, acceptance, reason="Over", password=WRONG)
        assert answer.status_code == 422
        assert not AcceptanceWithdrawal.objects.exists()


class TestListRisks:
    def test_shows_one_that_lapsed_apart_with_what_changed(
        self, client: Client, cast: Cast
    ) -> None:
        scenario = make_scenario(project=cast.project)
        asked_for = asked(cast, criterion_key="UX-02")
        granted(cast, asked_for, answer={"scenario_ids": [scenario.pk]})
        Scenario.objects.update(in_scope=False)
        client.force_login(cast.auditor)
        page = client.get(address(cast, "risk-list")).content.decode()
        assert "Accepted, but something changed since" in page
        assert f"Out of scope since: {scenario.code}." in page
        assert "No risk is accepted at the moment." in page

    def test_says_which_ends_soonest_and_which_have_ended(
        self, client: Client, cast: Cast, time_machine: TimeMachineFixture
    ) -> None:
        granted(cast, asked(cast))
        time_machine.move_to(NOW.replace(month=6, day=28), tick=False)
        client.force_login(cast.auditor)
        page = client.get(address(cast, "risk-list")).content.decode()
        assert "Ends in 3 days" in page
        assert "End it early" not in page
        time_machine.move_to(NOW.replace(month=7, day=3), tick=False)
        client.force_login(cast.auditor)
        page = client.get(address(cast, "risk-list")).content.decode()
        assert "Expired" in page
