"""Who asks: the same answers as Django's own, in two small questions."""

from datetime import timedelta

import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.middleware import AccountBackend, SessionStore
from governance.models import SignedInSession, User
from tests.factories import PASSWORD, make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def user() -> User:
    """Return an account."""
    return make_user(organisation=make_organisation())


class TestSessionStore:
    def test_keeps_words_under_a_key(self) -> None:
        written = SessionStore()
        written["word"] = "kept"
        written.save()
        assert SessionStore(written.session_key)["word"] == "kept"

    def test_forgets_a_key_that_nobody_gave_or_that_ran_out(self) -> None:
        store = SessionStore()
        store["word"] = "kept"
        store.save()
        past = timezone.now() - timedelta(seconds=1)
        SignedInSession.objects.filter(pk=store.session_key).update(expire_date=past)
        for key in (store.session_key, "x" * 32):
            found = SessionStore(key)
            assert found.get("word") is None
            assert found.session_key is None

    def test_asks_one_question(self) -> None:
        store = SessionStore()
        store.save()
        with CaptureQueriesContext(connection) as asked:
            SessionStore(store.session_key).load()
        assert len(asked) == 1


class TestAccountBackend:
    def test_finds_the_account_that_djangos_own_finds(self, user: User) -> None:
        ours, own = AccountBackend().get_user(user.pk), ModelBackend().get_user(user.pk)
        assert ours == own == user
        fields = [field.attname for field in User._meta.concrete_fields]
        assert [getattr(ours, name) for name in fields] == [getattr(own, name) for name in fields]
        assert ours is not None
        assert not ours.get_deferred_fields()

    def test_finds_nobody_who_was_shut_out_or_never_there(self, user: User) -> None:
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert AccountBackend().get_user(user.pk) is None
        assert AccountBackend().get_user(-5) is None

    def test_shuts_out_at_once_whoever_is_signed_in(self, client: Client, user: User) -> None:
        client.force_login(user)
        assert client.get("/work/").status_code == 200
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert client.get("/work/").status_code == 302


class TestSessions:
    def test_lead_an_open_page_to_the_sign_in_once_its_reader_is_out(
        self, client: Client, user: User
    ) -> None:
        client.force_login(user)
        polled = {"HX-Request": "true", "HX-Current-URL": "http://testserver/work/?page=2#top"}
        address = reverse("readiness:portfolio-version")
        assert "HX-Redirect" not in client.get(address, headers=polled).headers
        SignedInSession.objects.of_user(user).delete()
        answer = client.get(address, headers=polled)
        assert answer.status_code == 200
        assert answer.content == b""
        assert answer.headers["HX-Redirect"] == "/accounts/login/?next=%2Fwork%2F%3Fpage%3D2"
        assert client.get(address).status_code == 302

    def test_let_a_page_of_somebody_else_lead_nowhere(self, client: Client, user: User) -> None:
        polled = {"HX-Request": "true", "HX-Current-URL": "https://evil.example//evil.example/"}
        answer = client.get(reverse("readiness:portfolio-version"), headers=polled)
        sent = {"login": user.email, "password": PASSWORD}
        assert client.post(answer.headers["HX-Redirect"], sent).headers["Location"] == "/"
