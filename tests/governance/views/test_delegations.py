"""The page on which a sponsor lets somebody sign, and the process that is signed by them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import SignoffAct, SignoffKind
from governance.models import BusinessProcess, Delegation, DelegationEnd
from governance.services.entitlement import Subject, entitlement_of
from tests.signing import LATER, Desk, delegate_to, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(time_machine: TimeMachineFixture) -> Desk:
    """Return a process that can be signed, looked at later than the database's clock."""
    found = make_desk()
    time_machine.move_to(LATER, tick=False)
    return found


def address(desk: Desk) -> str:
    return reverse("governance:delegation-list", args=[desk.cast.project.public_id])


def entered(desk: Desk, **changed: str) -> dict[str, str]:
    return {
        "process": str(desk.process.public_id),
        "delegate": str(desk.cast.business_user.public_id),
        "starts_on": str(LATER.date()),
        "ends_on": str(LATER.date() + timedelta(days=9)),
        "reason": "On leave.",
        **changed,
    }


class TestListDelegations:
    def test_takes_a_sponsors_word_and_shows_it_with_its_window(
        self, client: Client, desk: Desk
    ) -> None:
        client.force_login(desk.cast.sponsor)
        assert "Nobody signs in an owner" in client.get(address(desk)).content.decode()
        assert client.post(address(desk), entered(desk)).status_code == 302
        row = Delegation.objects.get()
        assert row.starts_at == LATER
        page = client.get(address(desk)).content.decode()
        assert "One person may sign" in page
        assert "Business_User" in page
        assert "Signs now" in page
        assert "On leave." in page

    def test_says_beside_the_field_what_is_refused(self, client: Client, desk: Desk) -> None:
        client.force_login(desk.cast.sponsor)
        owner = str(desk.cast.process_owner.public_id)
        for changed, sentence in (
            ({"delegate": owner}, "signs already"),
            ({"starts_on": "2020-01-01"}, "That is past"),
            ({"ends_on": "2031-09-01"}, "Sixty days"),
            ({"ends_on": "9999-12-31"}, "2999"),
            ({"delegate": str(desk.cast.consultant.public_id)}, "Select a valid choice"),
            ({"delegate": str(desk.cast.sponsor.public_id)}, "Select a valid choice"),
        ):
            answer = client.post(address(desk), entered(desk, **changed))
            assert answer.status_code == 422
            assert sentence in answer.content.decode(), changed
        assert not Delegation.objects.exists()

    def test_offers_its_form_to_the_sponsor_alone(self, client: Client, desk: Desk) -> None:
        for who in ("process_owner", "project_manager", "consultant", "auditor"):
            client.force_login(getattr(desk.cast, who))
            assert "Only the sponsor appoints" in client.get(address(desk)).content.decode()
            assert client.post(address(desk), entered(desk)).status_code == 403
        for who in ("stranger", "other_sponsor"):
            client.force_login(getattr(desk.cast, who))
            assert client.post(address(desk), entered(desk)).status_code == 404
        assert not Delegation.objects.exists()


class TestStopDelegation:
    def test_ends_it_with_a_reason_and_shows_both(self, client: Client, desk: Desk) -> None:
        row = delegate_to(desk, desk.cast.business_user)
        page = reverse(
            "governance:delegation-end", args=[desk.cast.project.public_id, row.public_id]
        )
        client.force_login(desk.cast.project_manager)
        assert client.post(page, {"reason": "No"}).status_code == 403
        client.force_login(desk.cast.sponsor)
        assert "Business_User" in client.get(page).content.decode()
        assert client.post(page, {"reason": ""}).status_code == 422
        assert client.post(page, {"reason": "Back."}).status_code == 302
        assert DelegationEnd.objects.get().ended_by == desk.cast.sponsor
        assert "Ended early" in client.get(address(desk)).content.decode()
        answer = client.post(page, {"reason": "Again"})
        assert answer.status_code == 422
        assert "over already" in answer.content.decode()

    def test_knows_no_delegation_of_another_project(self, client: Client, desk: Desk) -> None:
        row = delegate_to(desk, desk.cast.business_user)
        client.force_login(desk.cast.other_sponsor)
        page = reverse(
            "governance:delegation-end", args=[desk.cast.other_project.public_id, row.public_id]
        )
        assert client.get(page).status_code == 404


class TestTheProcess:
    def test_says_who_may_sign_now_and_lets_the_delegate(self, client: Client, desk: Desk) -> None:
        client.force_login(desk.cast.business_user)
        assert "Put my name to it" not in client.get(desk.address).content.decode()
        delegate_to(desk, desk.cast.business_user)
        page = client.get(desk.address).content.decode()
        assert "Put my name to it" in page
        assert "Signs in their place:" in page
        assert "Order to cash" in client.get("/work/").content.decode()
        client.force_login(desk.cast.auditor)
        assert "Business_User (delegate until" in client.get(desk.address).content.decode()

    def test_prints_the_delegation_with_the_signature(self, desk: Desk) -> None:
        row = delegate_to(desk, desk.cast.business_user)
        signed = desk.sign(desk.cast.business_user)
        assert (signed.act, signed.delegation) == (SignoffAct.SIGNED, row)
        assert "appointed by Sponsor" in signed.authority
        assert str(row.public_id) in signed.statement

    def test_names_the_sponsor_whatever_the_process_is_called(self, desk: Desk) -> None:
        BusinessProcess.objects.filter(pk=desk.process.pk).update(name="Order " * 40)
        delegate_to(desk, desk.cast.business_user)
        desk.process.refresh_from_db()
        entitled = entitlement_of(
            desk.cast.business_user,
            subject=Subject.of_process(desk.process),
            kind=SignoffKind.PROCESS_EVIDENCE,
        )
        assert entitled.words.endswith("UTC, appointed by Sponsor")
