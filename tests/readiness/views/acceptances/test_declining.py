"""Declining a request in person."""

from django.test import Client

from readiness.models import AcceptanceAnswer
from tests.people import Cast
from tests.readiness.services.test_requests import asked, granted
from tests.readiness.views.acceptances.cases import WRONG, address, decline, send


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
