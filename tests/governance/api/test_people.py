"""Accounts, invitations and roles over REST, for administrators' tokens."""

import pytest

from governance.choices import Role
from governance.models import User
from governance.services.invitations import Wish, invite, secret_of
from tests.factories import NOW, join, make_user
from tests.people import Cast, make_cast
from tests.wire import Caller

pytestmark = pytest.mark.django_db
LISTS = ("accounts/", "invitations/", "participations/")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def partners_administrator(cast: Cast) -> User:
    """Return who administers the partner, and works for the first client."""
    admin = make_user(organisation=cast.partner, is_administrator=True)
    join(project=cast.project, user=admin, role=Role.CONSULTANT)
    return admin


class TestAccountList:
    def test_lists_the_own_organisation(self, cast: Cast) -> None:
        rows = Caller.of(cast.administrator).get("accounts/?is_active=true").json()["results"]
        emails = {row["email"] for row in rows}
        assert cast.sponsor.email in emails
        assert emails.isdisjoint({cast.consultant.email, cast.other_sponsor.email})
        assert "password" not in rows[0]

    def test_shows_a_partner_its_own(self, cast: Cast) -> None:
        rows = Caller.of(partners_administrator(cast)).get("accounts/").json()["results"]
        assert {row["name"] for row in rows} >= {"Consultant"}
        assert "Sponsor" not in {row["name"] for row in rows}


class TestInvitationList:
    def test_never_tells_the_secret(self, cast: Cast) -> None:
        wish = Wish(name="New", email="new@mills.example")
        row = invite(wish=wish, invited_by=cast.administrator, invited_at=NOW)
        answer = Caller.of(cast.administrator).get("invitations/")
        (told,) = answer.json()["results"]
        assert (told["email"], told["invited_by"]) == ("new@mills.example", "Administrator")
        assert secret_of(row) not in answer.content.decode()
        assert row.secret_hash not in answer.content.decode()
        other = make_user(organisation=cast.other_client, is_administrator=True)
        assert Caller.of(other).get("invitations/").json()["results"] == []


class TestParticipationList:
    def test_lists_the_projects_of_the_client(self, cast: Cast) -> None:
        rows = Caller.of(cast.administrator).get("participations/").json()["results"]
        assert {row["account"] for row in rows} >= {"Sponsor", "Consultant"}
        assert "Other Sponsor" not in {row["account"] for row in rows}

    def test_finds_by_account_role_and_end(self, cast: Cast) -> None:
        caller = Caller.of(cast.administrator)
        for asked, number in (
            (f"account={cast.sponsor.public_id}", 1),
            (f"account={cast.other_sponsor.public_id}", 0),
            ("role=CONSULTANT", 1),
            ("has_ended=true", 0),
            (f"project={cast.project.public_id}&role=SPONSOR", 1),
        ):
            assert len(caller.get(f"participations/?{asked}").json()["results"]) == number, asked

    def test_shows_a_partner_its_own_people(self, cast: Cast) -> None:
        rows = Caller.of(partners_administrator(cast)).get("participations/").json()["results"]
        assert {row["role"] for row in rows} == {"CONSULTANT"}


class TestEveryList:
    @pytest.mark.parametrize("address", LISTS)
    def test_is_for_administrators(self, cast: Cast, address: str) -> None:
        for nobody in (cast.sponsor, cast.consultant):
            assert Caller.of(nobody).get(address).status_code == 403
        assert Caller.of(cast.administrator).get(f"{address}?surprise=1").status_code == 400
