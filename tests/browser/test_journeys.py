"""Six journeys through the demo, from the door to the end of what somebody came for."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from governance.choices import ImportState
from governance.models import ImportRun, Person, Signoff
from tests.browser.demo import Demo, enter
from tests.browser.looking import PHONE, Witness
from tests.browser.walking import walk_all
from uat.models import Execution

pytestmark = [pytest.mark.journey, pytest.mark.slow]
HERO = "Orion: pump business on one ERP"
LIVE = "Gdynia plant, three weeks live"
SCENARIO = re.compile(r"^\d\d\.")
HEADINGS = "Person ID,Name,Department,Site,Job role,Joined,Left\n"
GOOD_ROW = "X1,Ada Test,Finance,Oslo,Buyer,2026-01-01,\n"
ROSTER_WITH_ERRORS = f"{HEADINGS}{GOOD_ROW}X2,Bo Test,Finance,Oslo,Buyer,2026-05-01,2026-02-01\n"
ROSTER_MENDED = f"{HEADINGS}{GOOD_ROW}X2,Bo Test,Finance,Oslo,Buyer,2026-05-01,\n"


@pytest.fixture
def desk(context: BrowserContext, demo: Demo) -> Page:
    """Return a page on a desk, behind which the demo is."""
    return context.new_page()


@pytest.fixture
def phone(
    browser: Browser, live_server: LiveServer, witness: Witness, demo: Demo
) -> Iterator[Page]:
    """Return a page on a phone: narrow, and touched instead of clicked."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": PHONE, "height": 740},
        has_touch=True,
        is_mobile=True,
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    witness.watch(context)
    yield context.new_page()
    witness.forgive("net::ERR_")  # a phone that loses its connection complains, and may
    context.close()


def words_on_paper(file: Path) -> str:
    """Return the words of a PDF, whatever lines they stand in."""
    printed = subprocess.run(  # noqa: S603 - our own command line
        ["pdftotext", str(file), "-"],  # noqa: S607
        capture_output=True,
        check=True,
        text=True,
    )
    return " ".join(printed.stdout.split())


def read_verdict(page: Page) -> str:
    """Return the sentence that a gate begins with."""
    return page.get_by_role("region", name="Verdict").locator(".verdict-sentence").inner_text()


class TestJourneys:
    def test_project_manager_updates_and_sees_the_verdict_move(
        self, desk: Page, demo: Demo
    ) -> None:
        enter(desk, as_whom="Jonas Berg")
        desk.get_by_role("link", name=LIVE, exact=True).first.click()
        verdict = desk.get_by_role("region", name="Verdict")
        expect(verdict).to_contain_text("No-go")
        expect(verdict).to_contain_text("2 hard criteria not reported")
        desk.get_by_role("link", name="Report: No critical incident").first.click()
        desk.get_by_role("link", name=re.compile("Open the whole list|^Report it")).first.click()
        report_figure(desk, {"How many": "0"})
        desk.get_by_role("link", name="Report Every risk accepted").click()
        report_figure(desk, {"How many": "0"})
        desk.get_by_role("link", name="Status and caveats").click()
        desk.get_by_label("Amber").check()
        desk.get_by_label("In a sentence or two").fill("Two figures were late.")
        desk.get_by_role("textbox", name="Caveat").fill("The night shift was not asked yet.")
        desk.get_by_role("button", name="Put on record").click()
        expect(desk.get_by_text("On record: The whole project, Amber")).to_be_visible()
        desk.get_by_role("link", name="Gate", exact=True).click()
        expect(desk.get_by_text("Being judged again.")).to_be_visible()
        demo.let_the_worker_work()
        expect(verdict).to_contain_text("Conditional")
        expect(desk.get_by_role("main")).to_contain_text("The night shift was not asked yet.")
        expect(desk.get_by_text("Reported better than it is")).to_be_hidden()

    def test_executive_opens_understands_and_downloads(
        self, desk: Page, demo: Demo, tmp_path: Path
    ) -> None:
        enter(desk, as_whom="Ingrid Halvorsen")
        expect(desk.get_by_role("heading", level=1)).to_contain_text("upgrades")
        desk.get_by_role("link", name=HERO).first.click()
        verdict = read_verdict(desk)
        assert re.match(r"\d+ hard criteria missed", verdict)
        expect(desk.get_by_role("heading", name="What has to happen")).to_be_in_viewport()
        desk.get_by_role("button", name="Report as PDF").click()
        expect(desk.get_by_text("You may leave this page")).to_be_visible()
        demo.let_the_worker_work()
        with desk.expect_download() as download:
            desk.get_by_role("button", name="Download the PDF").click()
        file = tmp_path / "report.pdf"
        download.value.save_as(file)
        assert verdict.partition(" (")[0] in words_on_paper(file)

    def test_tester_loses_the_connection_and_goes_on(
        self, phone: Page, demo: Demo, witness: Witness
    ) -> None:
        enter(phone, as_whom="Paula Costa")
        phone.goto(f"/p/{demo.hero.public_id}/scenarios/")
        phone.get_by_role("main").get_by_role("link", name=SCENARIO).first.tap()
        phone.get_by_role("link", name="Record a run").first.tap()
        before = Execution.objects.count()
        phone.get_by_role("group", name="Step 1").get_by_label("Passed").tap()
        phone.get_by_role("group", name="Step 2").get_by_label("Failed").tap()
        phone.context.set_offline(True)
        phone.get_by_label("Step 2: what did you see?").fill("The total stays empty.")
        phone.get_by_role("button", name="Record the run").tap()
        expect(phone.get_by_text("Not sent yet.").first).to_be_visible()
        assert Execution.objects.count() == before
        lose_one_answer(phone)
        phone.context.set_offline(False)
        expect(phone.get_by_text("is on record.").first).to_be_visible(timeout=40_000)
        assert Execution.objects.count() == before + 1
        steps = Execution.objects.latest("pk").steps.order_by("number")
        assert [step.result for step in steps] == ["PASSED", "FAILED"]
        witness.forgive("htmx:sendError", "htmx:afterRequest")  # the bell, while nothing answered

    def test_project_manager_mends_a_file_and_imports_it(self, desk: Page, demo: Demo) -> None:
        enter(desk, as_whom="Jonas Berg")
        hand_in(desk, ROSTER_WITH_ERRORS)
        demo.let_the_worker_work()
        expect(desk.get_by_text("Correct one of the two dates.")).to_be_visible()
        assert not Person.objects.filter(name="Bo Test").exists()
        hand_in(desk, ROSTER_MENDED)
        demo.let_the_worker_work()
        expect(desk.get_by_text("2 rows would be imported")).to_be_visible()
        desk.get_by_role("button", name="Import it").click()
        expect(desk.get_by_text("You may leave this page").first).to_be_visible()
        demo.let_the_worker_work()
        expect(desk.get_by_text("2 rows imported")).to_be_visible()
        assert ImportRun.objects.latest("pk").state == ImportState.DONE
        assert Person.objects.filter(name="Bo Test").count() == 1

    def test_owner_refuses_and_later_signs(self, desk: Page, demo: Demo) -> None:
        enter(desk, as_whom="Marta Kowal")
        desk.get_by_role("link", name=HERO).first.click()
        desk.get_by_role("link", name="Business", exact=True).click()
        desk.get_by_role("link", name="01 Lead to order").click()
        desk.get_by_label("I refuse:").check()
        desk.get_by_role("textbox", name="Reason").fill("Nobody has tried to take an order back.")
        prove(desk)
        desk.get_by_role("button", name="Put my name to it").click()
        expect(desk.get_by_text("You refused.")).to_be_visible()
        demo.let_the_worker_work()
        demo.let_codes_run_out()
        desk.get_by_role("link", name="Process evidence").click()
        desk.get_by_label("I sign:").check()
        prove(desk)
        desk.get_by_role("button", name="Put my name to it").click()
        expect(desk.get_by_text("You signed.")).to_be_visible()
        acts = Signoff.objects.filter(signer=demo.account("owner")).order_by("signed_at")
        assert [act.act for act in acts][-2:] == ["REFUSED", "SIGNED"]

    def test_stranger_sees_nothing_anywhere(self, desk: Page, demo: Demo) -> None:
        places = {
            page.address for page in walk_all(demo) if str(demo.hero.public_id) in page.address
        }
        enter(desk, as_whom="Olga Reker")
        for name in ("readiness:portfolio", "readiness:my-work", "governance:import-list"):
            desk.goto(f"{reverse(name)}?q=Orion")
            expect(desk.locator("main")).not_to_contain_text(re.compile("Orion|Halden"))
        for place in sorted(places):
            assert desk.request.get(place).status == 404, place
        assert "Orion" not in desk.request.get("/api/v1/projects/").text()


def report_figure(page: Page, entries: dict[str, str]) -> None:
    """Report the figure whose page is open."""
    for label, entry in entries.items():
        page.get_by_label(label, exact=True).fill(entry)
    page.get_by_label("Where the figure comes from").fill("Counted on Monday")
    page.get_by_role("button", name="Put on record").click()
    expect(page.get_by_text("The figure is on record.")).to_be_visible()


def lose_one_answer(page: Page) -> None:
    """Let the next thing that is sent arrive, and its answer not."""
    lost: list[str] = []

    def answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.fetch()
            route.abort()
        else:
            route.fallback()

    page.route("**/*", answer)


def hand_in(page: Page, rows: str) -> None:
    """Hand a roster in to be checked."""
    links = page.get_by_role("navigation", name="Main links")
    links.get_by_role("link", name="Imports").click()
    page.get_by_role("link", name=HERO).click()
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "roster.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("You may leave this page").first).to_be_visible()


def prove(page: Page) -> None:
    """Prove who it is with the password and with the code that the demo shows."""
    page.get_by_label("Your password, again").fill("a quiet pump never fails")
    code = re.search(r"right now is (\d{6})", page.locator("main").inner_text())
    assert code
    page.get_by_label("Code from your authenticator").fill(code[1])
