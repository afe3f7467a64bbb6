"""A charter signed on its page, a gate stopped by it, and an executive who overrules."""

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import Charter, GateStop, Notice, Overruling
from tests.charters import make_charter, make_signed_charter
from tests.factors import post
from tests.readiness.views.test_documents import address as document_address
from tests.readiness.views.test_documents import entries
from tests.risks import judge_anew
from tests.signing import Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def address(desk: Desk, name: str = "stop-list", *rest: object) -> str:
    return reverse(f"readiness:{name}", args=[desk.cast.project.public_id, *rest])


STOP = {"gate": "G7", "reason": "Nobody tests."}


class TestListStops:
    def test_lets_the_manager_stop_a_gate_once_the_sponsor_has_signed(
        self, client: Client, desk: Desk
    ) -> None:
        cast = desk.cast
        make_charter(cast)
        judge_anew(cast.project)
        client.force_login(cast.project_manager)
        assert client.post(address(desk), STOP).status_code == 403
        assert Notice.objects.filter(kind="CHARTER_WAITS", settled_at=None).exists()
        client.force_login(cast.sponsor)
        sent = entries(desk, "charter")
        answer = post(client, cast.sponsor, document_address(desk, "charter"), **sent)
        assert answer.status_code == 302
        assert not Notice.objects.filter(kind="CHARTER_WAITS", settled_at=None).exists()
        client.force_login(cast.project_manager)
        assert client.post(address(desk), STOP).status_code == 302
        notice = Notice.objects.get(kind="GATE_STOPPED")
        assert (notice.account, notice.is_urgent) == (cast.sponsor, True)
        assert "One gate is stopped" in client.get(address(desk)).content.decode()

    def test_refuses_a_gate_that_is_not_there_and_one_that_is_stopped(
        self, client: Client, desk: Desk
    ) -> None:
        make_signed_charter(desk.cast)
        client.force_login(desk.cast.project_manager)
        assert client.post(address(desk), {**STOP, "gate": "G99"}).status_code == 422
        assert client.post(address(desk), {**STOP, "reason": " "}).status_code == 422
        assert client.post(address(desk), STOP).status_code == 302
        assert client.post(address(desk), STOP).status_code == 422
        assert GateStop.objects.count() == 1

    def test_is_not_for_others(self, client: Client, desk: Desk) -> None:
        make_signed_charter(desk.cast)
        for account in (desk.cast.sponsor, desk.cast.process_owner, desk.cast.consultant):
            client.force_login(account)
            assert client.post(address(desk), STOP).status_code == 403
        client.force_login(desk.cast.other_sponsor)
        assert client.get(address(desk)).status_code == 404


class TestLiftStop:
    def test_by_an_executive_is_an_overruling_that_the_manager_is_told(
        self, client: Client, desk: Desk
    ) -> None:
        make_signed_charter(desk.cast)
        client.force_login(desk.cast.project_manager)
        client.post(address(desk), STOP)
        place = address(desk, "stop-end", GateStop.objects.get().public_id)
        for account in (desk.cast.process_owner, desk.cast.consultant):
            client.force_login(account)
            assert client.get(place).status_code == 403
        client.force_login(desk.cast.sponsor)
        assert "You overrule the project manager" in client.get(place).content.decode()
        assert client.post(place, {"reason": "The date stands."}).status_code == 302
        row = Overruling.objects.get()
        assert (row.overruled_by, row.reason) == (desk.cast.sponsor, "The date stands.")
        assert Notice.objects.get(kind="OVERRULED").account == desk.cast.project_manager
        assert client.post(place, {"reason": "Again."}).status_code == 422
        charter = reverse("governance:charter-show", args=[desk.cast.project.public_id])
        assert "The date stands." in client.get(charter).content.decode()
        assert Charter.objects.count() == 1
