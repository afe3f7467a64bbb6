"""The operator's tables: not there unless switched on, and then for few, and only to read."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as held
from django.test import Client, modify_settings, override_settings
from django.urls import include, path

from governance.admin import site
from governance.models import Participation, User
from governance.permissions import table
from tests.factories import make_user
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - a test's own
TABLES = ("organisation", "user", "participation", "securityevent")
urlpatterns = [path("operator/", site.urls), path("", include("readiness.config.urls"))]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def switched_on() -> Iterator[None]:
    """Switch the tables on, as ADMIN=1 does."""
    app = {"append": "django.contrib.admin.apps.SimpleAdminConfig"}
    tables = [*held.POLICY_TABLES, "governance.permissions.operators.POLICY"]
    with (
        modify_settings(INSTALLED_APPS=app),
        override_settings(ROOT_URLCONF=__name__, POLICY_TABLES=tables),
    ):
        forget()
        yield
    forget()


def forget() -> None:
    table.policy.cache_clear()
    table.methods_of.cache_clear()


def operator(cast: Cast, **fields: Any) -> User:
    user = make_user(organisation=cast.client, is_superuser=True, is_staff=True, **fields)
    TOTP.activate(user, SECRET)
    return user


class TestSwitchedOff:
    def test_is_not_there_for_anybody(self, client: Client, cast: Cast) -> None:
        client.force_login(operator(cast))
        for address in ("/operator/", "/admin/", "/operator/user/"):
            assert client.get(address).status_code == 404
        assert "django.contrib.admin" not in str(held.INSTALLED_APPS)


@pytest.mark.usefixtures("switched_on")
class TestSwitchedOn:
    def test_shows_a_superuser_the_tables_and_their_rows(self, client: Client, cast: Cast) -> None:
        user = operator(cast)
        client.force_login(user)
        assert client.get("/operator/").status_code == 302
        for name in TABLES:
            answer = client.get(f"/operator/{name}/")
            assert answer.status_code == 200, name
            assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
        row = client.get(f"/operator/user/{cast.sponsor.pk}/").content.decode()
        assert cast.sponsor.email in row
        assert cast.sponsor.password not in row
        assert 'name="email"' not in row
        assert 'type="submit"' not in row.replace('<button type="submit">', "")

    def test_is_not_there_for_anybody_else(self, client: Client, cast: Cast) -> None:
        without = make_user(organisation=cast.client, is_superuser=True, is_staff=True)
        staff = make_user(organisation=cast.client, is_staff=True, is_administrator=True)
        TOTP.activate(staff, SECRET)
        closed = operator(cast, is_active=False)
        for user in (cast.sponsor, cast.consultant, staff, without):
            client.force_login(user)
            for address in ("/operator/", *(f"/operator/{name}/" for name in TABLES)):
                assert client.get(address).status_code == 404, (user, address)
        client.force_login(closed)
        assert client.get("/operator/user/").status_code == 302
        client.logout()
        assert client.get("/operator/user/").status_code == 302

    def test_changes_nothing(self, client: Client, cast: Cast) -> None:
        client.force_login(operator(cast))
        before = list(User.objects.order_by("pk").values())
        sent = {"email": "mine@example.com", "is_superuser": "on", "password": "x", "_save": "1"}
        for address in (
            f"/operator/user/{cast.sponsor.pk}/",
            "/operator/user/",
            "/operator/user/add/",
            f"/operator/user/{cast.sponsor.pk}/delete/",
            f"/operator/user/{cast.sponsor.pk}/password/",
        ):
            assert client.post(address, sent).status_code in {403, 404, 405}
        role = Participation.objects.filter(user=cast.sponsor).get()
        client.post(f"/operator/participation/{role.pk}/", {"role": "STEERING"})
        role.refresh_from_db()
        assert role.role == "SPONSOR"
        assert list(User.objects.order_by("pk").values()) == before
