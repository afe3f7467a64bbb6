"""Accepting a risk in person, over what the page showed."""

from typing import Any

import pytest
from django.test import Client

from readiness.models import Acceptance
from readiness.services.requests import RiskWish, request_acceptance
from tests.factories import (
    NOW,
    join,
    make_project,
    make_scenario,
    make_user,
)
from tests.people import Cast
from tests.readiness.services.test_requests import UNTIL, asked, granted
from tests.readiness.views.acceptances.cases import address, send
from tests.risks import judge_anew, shown_of


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
        self, client: Client, cast: Cast, fields: dict[str, Any], sentence: str
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
        for word in ("Measured last", "Target", "100 %", "erp-upgrade 3"):
            assert word in page
