"""Ending an acceptance early, in person."""

from django.test import Client

from readiness.models import AcceptanceWithdrawal
from tests.people import Cast
from tests.readiness.services.test_requests import asked, granted
from tests.readiness.views.acceptances.cases import WRONG, address, end


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

    def test_is_a_conflict_on_another_acceptance_than_was_shown(
        self, client: Client, cast: Cast
    ) -> None:
        acceptance = granted(cast, asked(cast))
        answer = end(client, cast, acceptance, reason="Over", evidence_hash="0" * 64)
        assert answer.status_code == 409
        assert not AcceptanceWithdrawal.objects.exists()
