"""Asking for a risk to be accepted."""

import pytest
from django.test import Client

from readiness.models import AcceptanceRequest
from tests.factories import (
    join,
    make_user,
)
from tests.factors import post
from tests.people import Cast
from tests.readiness.services.test_requests import asked
from tests.readiness.views.acceptances.cases import ASKED, address


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
