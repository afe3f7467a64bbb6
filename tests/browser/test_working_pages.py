"""Working pages that the demo has no row for, and what people do on them in a real Chromium."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from governance.choices import ImportState
from governance.models import ImportRun, Signoff, User
from governance.services.imports import job_of
from governance.tasks import run_job
from readiness.models import Acceptance
from readiness.services.requests import RiskWish, request_acceptance
from tests.browser.conftest import OpenPage
from tests.browser.looking import PHONE, look_at
from tests.factories import PASSWORD, make_run
from tests.factors import code_of, give_app
from tests.signing import LATER, Desk, make_desk
from uat.models import Execution
from uat.services.executions import refresh_latest

ROSTER = (
    "Person ID,Name,Department,Site,Job role,Joined,Left\n"
    "X1,Ada Test,Finance,Oslo,Buyer,2026-01-01,\n"
    "X2,Bo Test,Finance,Oslo,Buyer,2026-05-01,2026-02-01\n"
)


@pytest.fixture
def desk(live_server: object, settings: Settings, tmp_path: Any) -> Desk:
    """Return a process that can be signed now."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    found = make_desk()
    for signer in (found.cast.process_owner, found.cast.sponsor):
        give_app(signer)
    return found


def declare(page: Page, words: str, *, signer: User) -> None:
    """Choose what is declared, prove who it is and send, by keyboard alone."""
    page.get_by_label(words).focus()
    page.keyboard.press("Space")
    page.get_by_label("Your password, again").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.type(code_of(signer, at=timezone.now()))
    page.keyboard.press("Enter")


class TestProcess:
    def test_is_signed_by_keyboard_and_says_so(self, open_page: OpenPage, desk: Desk) -> None:
        page = open_page(desk.address, user=desk.cast.process_owner)
        assert look_at(page) == []
        declare(page, "I sign:", signer=desk.cast.process_owner)
        expect(page.get_by_text("You signed.")).to_be_visible()
        expect(page.get_by_text("Signed by Process_Owner of Northwind Mills").first).to_be_visible()
        assert look_at(page) == []

    def test_stores_nothing_when_a_run_came_in_while_it_was_read(
        self, open_page: OpenPage, desk: Desk
    ) -> None:
        page = open_page(desk.address, user=desk.cast.process_owner)
        make_run(scenario=desk.scenario, result="FAILED")
        refresh_latest(project_id=desk.cast.project.pk)
        desk.judge(at=LATER + timedelta(hours=1))
        declare(page, "I sign:", signer=desk.cast.process_owner)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Nothing was signed")
        assert look_at(page) == []
        assert not Signoff.objects.exists()
        page.get_by_role("link", name="Look at the evidence again").click()
        declare(page, "I sign:", signer=desk.cast.process_owner)
        expect(page.get_by_text("You signed.")).to_be_visible()

    def test_moves_to_what_is_wrong_and_keeps_what_was_typed(
        self, open_page: OpenPage, desk: Desk
    ) -> None:
        page = open_page(desk.address, user=desk.cast.process_owner)
        page.get_by_label("I refuse:").check()
        page.get_by_label("Your password, again").fill("wrong")
        page.get_by_role("button", name="Put my name to it").click()
        expect(page.get_by_text("Give the reason")).to_be_visible()
        expect(page.get_by_label("I refuse:")).to_be_checked()
        assert look_at(page) == []


class TestRun:
    def test_is_recorded_on_a_phone(self, open_page: OpenPage, desk: Desk) -> None:
        address = reverse(
            "uat:run-add", args=[desk.cast.project.public_id, desk.scenario.public_id]
        )
        page = open_page(address, user=desk.cast.business_user)
        page.set_viewport_size({"width": PHONE, "height": 740})
        page.get_by_role("group", name=re.compile("^How did it end")).get_by_label("Failed").check()
        page.get_by_role("button", name="Record the run").click()
        expect(page.get_by_text("Say in the comment what went wrong.")).to_be_visible()
        page.get_by_label(re.compile("What did you see")).fill("Totals are empty.")
        page.get_by_role("button", name="Record the run").click()
        expect(page.get_by_text("is on record.")).to_be_visible()
        assert Execution.objects.filter(comment="Totals are empty.").count() == 1


class TestRequest:
    def test_is_accepted_in_person(self, open_page: OpenPage, desk: Desk) -> None:
        cast = desk.cast
        cast.project.go_live_date = timezone.now().date()
        cast.project.save(update_fields=["go_live_date"])
        request = request_acceptance(
            project=cast.project,
            wish=RiskWish(
                gate_key="G3",
                criterion_key="UX-02",
                reason="The bank interface comes later.",
                control="Payments are released by hand.",
                until=timezone.now().date() + timedelta(days=9),
                asked=cast.sponsor,
            ),
            requester=cast.project_manager,
            requested_at=timezone.now(),
        )
        address = reverse(
            "readiness:request-detail", args=[cast.project.public_id, request.public_id]
        )
        page = open_page(address, user=cast.sponsor)
        assert look_at(page) == []
        page.get_by_label(re.compile("10-02")).check()
        form = page.get_by_role("region", name="Accept it, by your name")
        form.get_by_label("Your password, again").fill(PASSWORD)
        code = code_of(cast.sponsor, at=timezone.now())
        form.get_by_label("Code from your authenticator").fill(code)
        form.get_by_role("button", name="I accept this risk").click()
        expect(page.get_by_text("You accepted the risk.")).to_be_visible()
        assert look_at(page) == []
        assert Acceptance.objects.get().approver == cast.sponsor


class TestImport:
    def test_is_followed_mended_and_carried_out(self, open_page: OpenPage, desk: Desk) -> None:
        address = reverse("governance:import-add", args=[desk.cast.project.public_id])
        page = open_page(address, user=desk.cast.project_manager)
        page.get_by_label("File", exact=True).set_input_files(
            {"name": "roster.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
        )
        page.get_by_role("button", name="Hand it in").click()
        expect(page.get_by_text("You may leave this page").first).to_be_visible()
        assert look_at(page) == []
        run_job.apply(args=(job_of(ImportRun.objects.get()).pk,))
        expect(page.get_by_text("1 row would be imported")).to_be_visible()
        expect(page.get_by_text("Correct one of the two dates.")).to_be_visible()
        assert look_at(page) == []
        page.get_by_label(re.compile("Take the other rows")).check()
        page.get_by_role("button", name="Import it").click()
        expect(page.get_by_text("You may leave this page").first).to_be_visible()
        run_job.apply(args=(job_of(ImportRun.objects.latest("pk")).pk,))
        expect(page.get_by_text("1 row imported")).to_be_visible()
        assert ImportRun.objects.latest("pk").state == ImportState.DONE
        assert look_at(page) == []
