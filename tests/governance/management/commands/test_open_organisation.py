"""A fresh installation: one command, one link, and somebody who can invite the rest."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from governance.choices import OrganisationKind, SecurityEventKind
from governance.models import Organisation, SecurityEvent, User

pytestmark = pytest.mark.django_db
EMAIL = "Ines@Northwind.example"
NEW = "quiet rivers run under old mills"


def opened(slug: str = "northwind", *, email: str = EMAIL, **more: str) -> str:
    said = StringIO()
    names = {"administrator": "Ines Admin", "email": email, **more}
    call_command("open_organisation", slug, "Northwind Mills", stdout=said, **names)
    return said.getvalue()


class TestOpenOrganisation:
    def test_makes_a_client_whose_administrator_begins_by_a_link(self, client: Client) -> None:
        cache.clear()
        link = urlsplit(opened().splitlines()[-1])
        account = User.objects.get()
        assert account.email == EMAIL.lower()
        assert account.is_administrator
        assert not account.has_usable_password()
        assert account.organisation.kind == account.kind == OrganisationKind.CLIENT
        page = client.get(link.path, follow=True)
        assert page.status_code == 200
        form = {"password1": NEW, "password2": NEW}
        answer = client.post(page.request["PATH_INFO"], form)
        assert answer.status_code == 302
        account.refresh_from_db()
        assert account.check_password(NEW)
        again = Client().get(link.path, follow=True)
        assert "password1" not in again.content.decode()

    def test_tells_the_security_log(self) -> None:
        opened()
        event = SecurityEvent.objects.of_kind(SecurityEventKind.ADMINISTRATOR_CHANGED).get()
        assert event.account == User.objects.get()

    def test_makes_a_partner_where_asked(self) -> None:
        opened(kind="partner")
        assert User.objects.get().is_partner

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"slug": "northwind", "email": "other@northwind.example"}, "already"),
            ({"slug": "other", "email": "INES@northwind.example"}, "has an account"),
            ({"slug": "a b"}, "letters, digits"),
            ({"slug": "other", "email": "nobody"}, "no"),
            ({"slug": "other", "email": "x@y.example", "administrator": " "}, "Name the"),
        ],
    )
    def test_refuses_what_cannot_be(self, changed: dict[str, str], why: str) -> None:
        opened()
        with pytest.raises(CommandError, match=why):
            opened(**changed)
        assert (Organisation.objects.count(), User.objects.count()) == (1, 1)
