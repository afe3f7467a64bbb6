"""Who is taken for whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.models import ApiToken
from governance.services.tokens import revoke_token
from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


class TestTokenAuthentication:
    def test_knows_the_account_and_its_side(self, cast: Cast) -> None:
        answer = Caller.of(cast.consultant).get("caller/")
        assert answer.json()["email"] == cast.consultant.email
        assert answer.json()["side"] == "PARTNER"

    def test_notes_the_use(self, cast: Cast) -> None:
        Caller.of(cast.sponsor).get("caller/")
        used_at = ApiToken.objects.get().last_used_at
        assert used_at is not None
        assert timezone.now() - used_at < timedelta(minutes=1)

    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic dTpw", "Bearer rgt_nobody"])
    def test_turns_away_everything_else(self, header: str) -> None:
        answer = Caller().call("GET", "caller/", headers={"Authorization": header})
        assert answer.status_code == 401
        problem_of(answer)

    def test_takes_no_session(self, cast: Cast) -> None:
        caller = Caller()
        caller.client.force_login(cast.sponsor)
        assert caller.get("caller/").status_code == 401

    def test_says_when_a_token_was_revoked(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        revoke_token(token=ApiToken.objects.get(), revoked_at=timezone.now())
        answer = caller.get("caller/")
        assert answer.status_code == 401
        assert "revoked" in problem_of(answer)["detail"]

    def test_ends_with_the_expiry(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        ApiToken.objects.update(expires_at=timezone.now())
        answer = caller.get("caller/")
        assert answer.status_code == 401
        assert "expired" in problem_of(answer)["detail"]

    def test_ends_with_the_account_and_says_no_more(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        cast.sponsor.is_active = False
        cast.sponsor.save()
        unknown = Caller("rgt_nobody").get("caller/")
        closed = caller.get("caller/")
        assert closed.status_code == 401
        assert closed.content == unknown.content

    def test_loses_what_the_account_loses(self, cast: Cast) -> None:
        caller, address = Caller.of(cast.sponsor), f"projects/{cast.project.public_id}/"
        assert caller.get(address).status_code == 200
        cast.project.participations.filter(user=cast.sponsor).update(ended_at=timezone.now())
        assert caller.get(address).status_code == 404
