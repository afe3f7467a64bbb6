"""Making, revoking and noting the use of API tokens."""

from datetime import timedelta

import pytest

from governance.choices import Scope
from governance.models import ApiToken, User
from governance.services.tokens import (
    MOST_TOKENS,
    TokenRefused,
    hash_of_secret,
    make_token,
    note_use,
    revoke_token,
    revoke_tokens_of,
)
from tests.factories import NOW, make_organisation, make_user

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


@pytest.fixture
def user() -> User:
    return make_user(organisation=make_organisation())


def token_of(user: User) -> ApiToken:
    made = make_token(
        user=user, name="BI", scopes=[Scope.READ], expires_at=NOW + MONTH, made_at=NOW
    )
    return made.token


class TestMakeToken:
    def test_keeps_the_hash_and_never_the_secret(self, user: User) -> None:
        made = make_token(
            user=user,
            name=" BI ",
            scopes=[Scope.PUSH, Scope.READ],
            expires_at=NOW + MONTH,
            made_at=NOW,
        )
        row = ApiToken.objects.get()
        assert row.secret_hash == hash_of_secret(made.secret)
        assert made.secret.startswith(row.prefix)
        assert made.secret not in repr(vars(row))
        assert (row.name, row.scopes) == ("BI", ["READ", "PUSH"])

    def test_gives_every_token_a_secret_of_its_own(self, user: User) -> None:
        assert token_of(user).secret_hash != token_of(user).secret_hash

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"name": "  "}, "Give the token a name"),
            ({"scopes": []}, "Choose what the token may do"),
            ({"scopes": ["SIGN"]}, "Choose what the token may do"),
            ({"expires_at": NOW}, "within a year"),
            ({"expires_at": NOW + timedelta(days=367)}, "within a year"),
        ],
    )
    def test_refuses_terms_that_cannot_be(
        self, user: User, changed: dict[str, object], sentence: str
    ) -> None:
        terms: dict[str, object] = {
            "name": "BI",
            "scopes": [Scope.READ],
            "expires_at": NOW + MONTH,
            "made_at": NOW,
        }
        with pytest.raises(TokenRefused, match=sentence):
            make_token(user=user, **(terms | changed))  # type: ignore[arg-type]
        assert not ApiToken.objects.exists()

    def test_refuses_a_closed_account(self, user: User) -> None:
        user.is_active = False
        with pytest.raises(TokenRefused, match="closed"):
            token_of(user)

    def test_stops_at_the_most_an_account_may_have(self, user: User) -> None:
        for _ in range(MOST_TOKENS):
            last = token_of(user)
        with pytest.raises(TokenRefused, match="revoke one first"):
            token_of(user)
        revoke_token(token=last, revoked_at=NOW)
        assert token_of(user).pk


class TestRevokeToken:
    def test_keeps_the_first_moment(self, user: User) -> None:
        token = token_of(user)
        revoke_token(token=token, revoked_at=NOW)
        revoke_token(token=token, revoked_at=NOW + MONTH)
        token.refresh_from_db()
        assert token.revoked_at == NOW

    def test_ends_all_of_one_account_and_none_of_another(self, user: User) -> None:
        other = token_of(make_user(organisation=user.organisation))
        token_of(user)
        assert revoke_tokens_of(user=user, revoked_at=NOW) == 1
        assert list(ApiToken.objects.usable_at(NOW)) == [other]


class TestNoteUse:
    def test_writes_at_most_once_a_minute(self, user: User) -> None:
        token = token_of(user)
        for seconds in (0, 59):
            note_use(token=token, used_at=NOW + timedelta(seconds=seconds))
            token.refresh_from_db()
            assert token.last_used_at == NOW
        note_use(token=token, used_at=NOW + timedelta(seconds=60))
        token.refresh_from_db()
        assert token.last_used_at == NOW + timedelta(seconds=60)
