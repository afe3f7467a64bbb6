"""Escalating from any row: one click for whoever may, nothing for whoever may not."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import Settings
from time_machine import TimeMachineFixture

from governance.models import Assumption, Decision
from readiness.models import AcceptanceRequest
from tests.flows.test_working_pages import fill
from tests.signing import LATER, Desk, make_desk
from uat.models import Defect

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/p/[^"]+/escalations/new/\?[^"]+)"')


@pytest.fixture
def desk(db: None, time_machine: TimeMachineFixture, settings: Settings) -> Desk:
    found = make_desk()
    fill(found)
    found.judge()
    time_machine.move_to(LATER, tick=False)
    return found


def pages(desk: Desk) -> dict[str, tuple[str, str]]:
    """Return noun -> its page and the identifier by which it is escalated."""
    project = desk.cast.project
    own = {"project": project}
    decision = Decision.objects.filter(**own).earliest("pk")
    assumption = Assumption.objects.filter(**own).earliest("pk")
    asked = AcceptanceRequest.objects.filter(**own).earliest("pk")
    defect = Defect.objects.filter(**own).earliest("pk")
    rows: dict[str, tuple[str, list[object], object]] = {
        "decision": ("governance:decision-detail", [decision.public_id], decision.public_id),
        "assumption": (
            "governance:assumption-detail",
            [assumption.public_id],
            assumption.public_id,
        ),
        "process": ("readiness:process-detail", [desk.process.public_id], desk.process.public_id),
        "scenario": ("uat:scenario-detail", [desk.scenario.public_id], desk.scenario.public_id),
        "defect": ("uat:defect-list", [], defect.public_id),
        "criterion": ("readiness:criterion-detail", ["G3", "UX-01"], "G3/UX-01"),
        "request": ("readiness:request-detail", [asked.public_id], asked.public_id),
    }
    return {
        noun: (reverse(name, args=[project.public_id, *more]), str(known))
        for noun, (name, more, known) in rows.items()
    }


def links(client: Client, address: str) -> list[tuple[str, str]]:
    """Return noun and identifier of every way to escalate that a page shows."""
    body = client.get(address).content.decode().replace("&amp;", "&")
    found = [parse_qs(urlsplit(href).query) for href in LINK.findall(body)]
    return [(asked["noun"][0], asked["id"][0]) for asked in found]


class TestEscalateHref:
    def test_stands_on_the_page_of_each_row_and_leads_to_its_form(
        self, client: Client, desk: Desk
    ) -> None:
        client.force_login(desk.cast.business_user)
        add = reverse("governance:escalation-add", args=[desk.cast.project.public_id])
        for noun, (address, known) in pages(desk).items():
            assert (noun, known) in links(client, address), noun
            page = client.get(f"{add}?noun={noun}&id={escape(known)}")
            assert page.status_code == 200, noun
            assert "What do you need" in page.content.decode(), noun

    def test_is_not_there_for_an_auditor(self, client: Client, desk: Desk) -> None:
        client.force_login(desk.cast.auditor)
        for address, _known in pages(desk).values():
            assert links(client, address) == []

    @pytest.mark.parametrize("asked", ["", "?noun=decision&id=7", "?noun=user&id=1", "?noun=raid"])
    def test_leads_nowhere_for_what_is_not_there(
        self, client: Client, desk: Desk, asked: str
    ) -> None:
        client.force_login(desk.cast.business_user)
        add = reverse("governance:escalation-add", args=[desk.cast.project.public_id])
        assert client.get(f"{add}{asked}").status_code == 404
