"""Naming and relieving administrators: never oneself, never the last."""

import pytest

from governance.choices import SecurityEventKind
from governance.models import SecurityEvent, User
from governance.services.administering import AdministrationRefused, check_not_the_last
from governance.services.administrators import make_administrator, relieve_administrator
from tests.factories import NOW, make_user
from tests.people import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def admin(cast: Cast) -> User:
    return make_user(organisation=cast.client, name="Admin", is_administrator=True)


class TestMakeAdministrator:
    def test_names_another_account_of_the_organisation(self, cast: Cast, admin: User) -> None:
        make_administrator(account=cast.stranger, made_by=admin, made_at=NOW)
        cast.stranger.refresh_from_db()
        assert cast.stranger.is_administrator
        event = SecurityEvent.objects.get(kind=SecurityEventKind.ADMINISTRATOR_CHANGED)
        assert (event.account, event.terms) == (cast.stranger, {"administrator": True})
        with pytest.raises(AdministrationRefused, match="already"):
            make_administrator(account=cast.stranger, made_by=admin, made_at=NOW)

    def test_is_for_the_own_organisation(self, cast: Cast, admin: User) -> None:
        partners = make_user(organisation=cast.partner, is_administrator=True)
        for account, maker in (
            (cast.other_sponsor, admin),
            (cast.consultant, admin),
            (cast.stranger, partners),
            (cast.stranger, cast.sponsor),
            (cast.sponsor, cast.sponsor),
        ):
            with pytest.raises(AdministrationRefused):
                make_administrator(account=account, made_by=maker, made_at=NOW)


class TestRelieveAdministrator:
    def test_relieves_another(self, cast: Cast, admin: User) -> None:
        second = make_user(organisation=cast.client, is_administrator=True)
        relieve_administrator(account=second, relieved_by=admin)
        second.refresh_from_db()
        assert not second.is_administrator
        with pytest.raises(AdministrationRefused, match="no administrator"):
            relieve_administrator(account=second, relieved_by=admin)

    def test_is_nobodys_own_act(self, cast: Cast, admin: User) -> None:
        make_user(organisation=cast.client, is_administrator=True)
        with pytest.raises(AdministrationRefused, match="themselves"):
            relieve_administrator(account=admin, relieved_by=admin)

    def test_takes_nobody_at_their_word_who_was_relieved(self, cast: Cast, admin: User) -> None:
        second = make_user(organisation=cast.client, is_administrator=True)
        relieve_administrator(account=second, relieved_by=admin)
        assert second.is_administrator is True
        with pytest.raises(AdministrationRefused):
            relieve_administrator(account=admin, relieved_by=second)
        assert User.objects.administrators_of(cast.client.pk).get() == admin


class TestCheckNotTheLast:
    def test_keeps_one(self, cast: Cast, admin: User) -> None:
        with pytest.raises(AdministrationRefused, match="last administrator"):
            check_not_the_last(admin)
        make_user(organisation=cast.client, is_administrator=True, is_active=False)
        with pytest.raises(AdministrationRefused, match="last administrator"):
            check_not_the_last(admin)
        make_user(organisation=cast.client, is_administrator=True)
        check_not_the_last(admin)
