"""Pages answered from memory while nothing they hang on has moved."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import add_message, constants
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from pytest_django import Settings
from time_machine import TimeMachineFixture

from governance.choices import Role
from governance.models import Participation, User
from governance.services.marks import mark_projects
from readiness.choices import Verdict
from readiness.views.kept import kept_text, kept_while
from tests.factories import NOW, join, make_organisation, make_user
from tests.readiness.worlds import World, make_world
from tests.wire import make_snapshot

KEPT_QUERIES = 3
"""The session, the account, and the ground."""


@pytest.fixture
def world(db: None, time_machine: TimeMachineFixture) -> World:
    """Return a judged upgrade, looked at in the moment of its judgement."""
    found = make_world()
    time_machine.move_to(NOW, tick=False)
    return found


def somebody() -> User:
    """Return an account of a client of its own."""
    return make_user(organisation=make_organisation())


class Counting:
    """A view that says how often it was asked, with a form of its own."""

    def __init__(self, *, status: int = 200, cookie: bool = False) -> None:
        self.asked, self.status, self.cookie = 0, status, cookie

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        token = get_token(request)
        answer = HttpResponse(
            f'{self.asked}<input name="csrfmiddlewaretoken" value="{token}">', status=self.status
        )
        if self.cookie:
            answer.set_cookie("own", "1")
        return answer


def ask(
    view: Counting, user: User | AnonymousUser, *, ground: str | None = "a", method: str = "GET"
) -> HttpResponse:
    """Ask a kept view once."""
    request = RequestFactory().generic(method, "/")
    request.user = user
    storage = CookieStorage(request)
    request._messages = storage  # type: ignore[attr-defined]

    def told(user: User) -> str | None:
        return ground

    view.__name__ = "view"  # type: ignore[attr-defined]
    return kept_while(told)(view)(request)


class TestKeptWhile:
    def test_makes_a_page_once_while_its_ground_stands(self, db: None) -> None:
        view, user = Counting(), somebody()
        assert [ask(view, user).content[:1] for _ in range(3)] == [b"1"] * 3
        assert ask(view, user, ground="b").content[:1] == b"2"
        assert ask(view, user, ground="a").content[:1] == b"1"

    def test_gives_every_answer_a_token_of_its_own(self, db: None) -> None:
        view, user = Counting(), somebody()
        pages = [ask(view, user).content.decode() for _ in range(3)]
        tokens = re.findall(r'value="(\w{64})"', "".join(pages))
        assert len(set(tokens)) == 3
        assert view.asked == 1

    def test_keeps_a_page_for_one_account_in_one_language(self, db: None) -> None:
        view, user = Counting(), somebody()
        ask(view, user)
        ask(view, somebody())
        with override("de"):
            ask(view, user)
        assert view.asked == 3

    def test_keeps_nothing_for_a_stranger_or_a_form(self, db: None) -> None:
        view = Counting()
        ask(view, AnonymousUser())
        ask(view, AnonymousUser())
        user = somebody()
        ask(view, user, method="POST")
        ask(view, user, method="POST")
        assert view.asked == 4

    def test_leaves_the_answer_to_the_view_where_the_account_may_not_look(self, db: None) -> None:
        view, user = Counting(), somebody()
        ask(view, user, ground=None)
        ask(view, user, ground=None)
        assert view.asked == 2

    @pytest.mark.parametrize("view", [Counting(status=404), Counting(cookie=True)])
    def test_keeps_only_good_pages_without_cookies(self, db: None, view: Counting) -> None:
        user = somebody()
        ask(view, user)
        ask(view, user)
        assert view.asked == 2

    def test_keeps_nothing_while_somebody_works_on_the_templates(
        self, db: None, settings: Settings
    ) -> None:
        settings.DEBUG = True
        view, user = Counting(), somebody()
        ask(view, user)
        ask(view, user)
        assert view.asked == 2

    def test_makes_a_page_again_when_there_is_a_message_to_show(self, db: None) -> None:
        request = RequestFactory().get("/")
        request.user = somebody()
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        add_message(request, constants.SUCCESS, "Saved.")
        view = Counting()
        view.__name__ = "view"  # type: ignore[attr-defined]
        kept = kept_while(lambda user: "a")(view)
        kept(request)
        kept(request)
        assert view.asked == 2


class TestKeptText:
    def test_is_made_once_for_an_account_and_its_ground(self, db: None) -> None:
        user, made = somebody(), iter("abc")

        def make() -> str:
            return next(made)

        assert kept_text(user, ground="1", make=make) == "a"
        assert kept_text(user, ground="1", make=make) == "a"
        assert kept_text(user, ground="2", make=make) == "b"
        assert kept_text(somebody(), ground="1", make=make) == "c"


class TestKeptPortfolio:
    """The first page of the product moves with everything that it shows."""

    def test_asks_only_for_the_ground_the_second_time(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        first = client.get("/").content.decode()
        with CaptureQueriesContext(connection) as asked:
            second = client.get("/").content.decode()
        assert len(asked) == KEPT_QUERIES
        assert re.sub(r'value="\w{64}"', "", first) == re.sub(r'value="\w{64}"', "", second)

    def test_accepts_a_form_from_a_kept_page(self, world: World) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.cast.sponsor)
        for _ in range(2):
            page = client.get("/").content.decode()
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w{64})"', page)
        assert found is not None
        answer = client.post("/accounts/logout/", {"csrfmiddlewaretoken": found[1]})
        assert answer.status_code == 302

    def test_moves_with_a_mark(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        before = re.findall(r"have=(\w+)", client.get("/").content.decode())
        mark_projects(project_ids=[world.cast.project.pk])
        assert re.findall(r"have=(\w+)", client.get("/").content.decode()) != before

    def test_moves_with_a_judgement(
        self, client: Client, world: World, time_machine: TimeMachineFixture
    ) -> None:
        time_machine.move_to(NOW + timedelta(seconds=9), tick=False)
        client.force_login(world.cast.sponsor)
        assert "0 of 1 upgrade can go live" in client.get("/").content.decode()
        make_snapshot(
            project=world.cast.project, verdict=Verdict.GO, as_of=NOW + timedelta(seconds=5)
        )
        assert "1 of 1 upgrade can go live" in client.get("/").content.decode()

    def test_moves_with_a_seat_given_and_taken(self, client: Client, world: World) -> None:
        client.force_login(world.cast.stranger)
        assert "No upgrade to show yet" in client.get("/").content.decode()
        join(project=world.cast.project, user=world.cast.stranger, role=Role.AUDITOR)
        assert world.cast.project.name in client.get("/").content.decode()
        Participation.objects.filter(user=world.cast.stranger).update(ended_at=NOW)
        assert world.cast.project.name not in client.get("/").content.decode()

    def test_knows_each_question_apart(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        client.get("/")
        assert "Nothing matches" in client.get("/", {"verdict": "GO"}).content.decode()

    def test_is_made_again_after_a_minute(
        self, client: Client, world: World, time_machine: TimeMachineFixture
    ) -> None:
        client.force_login(world.cast.sponsor)
        client.get("/")
        time_machine.move_to(NOW + timedelta(minutes=1), tick=False)
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        assert len(asked) > KEPT_QUERIES
