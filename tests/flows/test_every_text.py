"""No page shows a text that nobody can translate, and none that is not translated."""

import re
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.cache import cache
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import trans_real
from pytest_django import Settings
from time_machine import TimeMachineFixture

from governance.models import User
from tests.catalogue.files import Catalogue, compiled
from tests.flows.reading import Marking, own_words, pieces_of, untranslated
from tests.flows.test_working_pages import fill
from tests.importing import import_content
from tests.signing import LATER, Desk, make_desk

CODE = "xx"
LINK = re.compile(r'<(?:a|form)\s[^>]*?(?:href|action)="([^"#]+)', re.I)
READERS = ("project_manager", "sponsor", "process_owner", "consultant", "auditor")
EVERYWHERE = ("/", "/style/", "/accounts/login/", "/no-such-page/")
# Pages that speak English by decision, and doors that lead out of the session.
NOT_READ = re.compile(r"^api:|^health|-download$|-data$|-csv$|^account_logout$|^i18n-set$")
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
ENGLISH_FIGURE = re.compile(rf"\b\d{{1,2}} (?:{MONTHS})[a-z]* \d|\d\.\d+ ?%|\b\d{{1,3}},\d{{3}}\b")
NAMES = {"Readiness Gate", "Readiness", "Gate", "UTC", "English", "Deutsch", "KiB", "PDF", "SHA"}


@pytest.fixture
def marking(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Marking]:
    """Let the product speak one language more, which marks every text."""
    named = {"bidi": False, "code": CODE, "name": "Marked", "name_local": "Marked"}
    monkeypatch.setitem(LANG_INFO, CODE, named)
    mo = tmp_path / CODE / "LC_MESSAGES" / "django.mo"
    mo.parent.mkdir(parents=True)
    mo.write_bytes(compiled(Catalogue(header="Content-Type: text/plain; charset=UTF-8\n")))
    settings.LANGUAGES = [*settings.LANGUAGES, (CODE, "Marked")]
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, tmp_path]
    spoken = Marking(CODE)
    trans_real._translations[CODE] = spoken  # type: ignore[attr-defined]
    yield spoken
    del trans_real._translations[CODE]  # type: ignore[attr-defined]


@pytest.fixture
def desk(db: None, time_machine: TimeMachineFixture) -> Desk:
    """Return a project with a row of every kind, judged, and looked at a minute later."""
    cache.clear()
    found = make_desk()
    fill(found)
    found.cast.project.go_live_date = (LATER + timedelta(days=40)).date()
    found.cast.project.save(update_fields=["go_live_date"])
    found.judge(at=LATER + timedelta(minutes=1))
    time_machine.move_to(LATER + timedelta(minutes=2), tick=False)
    return found


def addresses(desk: Desk) -> Iterator[str]:
    """Yield where a walk begins: at the gate, and at imports that went well and that did not."""
    yield f"/p/{desk.cast.project.public_id}/"
    for content in (b"Person ID,Name\nX9,Ada Test\n,Nobody\n", b"Staff no,Who\n7,Ada\n"):
        run, _ = import_content(content, project=desk.cast.project, kind="roster")
        yield reverse("governance:import-detail", args=[run.public_id])
        yield reverse("governance:import-columns", args=[run.public_id])
        yield reverse("governance:import-undo", args=[run.public_id])


def reader(user: User | None, language: str = CODE) -> Client:
    """Return a browser that asks for a language."""
    client = Client(headers={"accept-language": language})
    if user is not None:
        client.force_login(user)
    return client


def pages(client: Client, *first: str) -> Iterator[tuple[str, str]]:
    """Yield each page by name once: its address and its text, empty forms sent included."""
    waiting, seen = deque([*first, *EVERYWHERE]), set[str]()
    while waiting:
        address = waiting.popleft()
        name = name_of(address)
        if name in seen or NOT_READ.search(name):
            continue
        seen.add(name)
        for answer in (client.get(address, follow=True), client.post(address, follow=True)):
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                yield address, answer.content.decode()
                waiting.extend(links(answer))


def links(answer: HttpResponseBase) -> Iterator[str]:
    """Yield the addresses of ours that a page leads to."""
    for link in LINK.findall(answer.getvalue().decode()):
        address = urlsplit(link.replace("&amp;", "&"))
        if not address.netloc and address.path.startswith("/"):
            yield f"{address.path}?{address.query}" if address.query else address.path


def name_of(address: str) -> str:
    """Return the name of an address; the address itself where it leads nowhere."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return address


@pytest.mark.slow
class TestEveryText:
    @pytest.mark.parametrize("who", [None, *READERS])
    def test_goes_through_a_catalogue_that_knows_it(
        self, desk: Desk, marking: Marking, who: str | None
    ) -> None:
        user = None if who is None else getattr(desk.cast, who)
        read = list(pages(reader(user), *addresses(desk)))
        known = own_words() | NAMES
        found = {address: untranslated(page, known=known) for address, page in read}
        assert len(read) > (5 if who is None else 30)
        assert {address: texts for address, texts in found.items() if texts} == {}
        assert without_german(marking) == []

    def test_writes_numbers_and_days_as_germans_do(self, desk: Desk) -> None:
        read = pages(reader(desk.cast.project_manager, "de"), *addresses(desk))
        known = own_words()
        found = {
            text.strip()
            for _, page in read
            for text in pieces_of(page)
            if ENGLISH_FIGURE.search(text) and " ".join(text.split()) not in known
        }
        assert found == set()


def without_german(marking: Marking) -> list[str]:
    """Return the texts that were asked for and that no German catalogue knows."""
    german = trans_real.translation("de")._catalog  # type: ignore[attr-defined]
    own_names = {name for _, name in settings.LANGUAGES}
    return sorted(
        text
        for text, many in marking.asked
        if text
        and text not in own_names
        and (many or text not in german)
        and (text, 0) not in german
    )


def test_a_text_outside_the_catalogue_is_found() -> None:
    with translation.override("en"):
        page = '<h1>⟦Report⟧</h1><p title="Left alone">Ada Brandt, ⟦of <b>⟧Never translated</b></p>'
        assert untranslated(page, known={"Ada Brandt"}) == {"Left alone", "Never translated"}
