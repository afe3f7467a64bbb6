"""The security log over REST, for administrators' tokens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.choices import SecurityEventKind
from governance.models import SecurityEvent, User
from governance.services.security import Whence, note_event
from tests.factories import make_user
from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
ADDRESS = "security-events/"
KIND = SecurityEventKind


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def administrator(cast: Cast) -> User:
    return make_user(organisation=cast.client, name="Ines", is_administrator=True)


class TestSecurityEventList:
    def test_lists_what_happened(self, cast: Cast, administrator: User) -> None:
        caller = Caller.of(administrator)
        note_event(
            KIND.ROLE_GIVEN,
            account=cast.sponsor,
            actor=administrator,
            project=cast.project,
            whence=Whence("192.0.2.7"),
            role="STEERING",
        )
        first, made = caller.get(ADDRESS).json()["results"]
        assert first["sentence"] == "Ines gave Sponsor a role."
        assert first["account_id"] == str(cast.sponsor.public_id)
        assert first["project"] == str(cast.project.public_id)
        assert first["address"] == "192.0.2.7"
        assert made["kind"] == KIND.TOKEN_MADE

    def test_finds_by_kind_account_and_time(self, cast: Cast, administrator: User) -> None:
        caller = Caller.of(administrator)
        note_event(KIND.SIGNED_IN, account=cast.sponsor)
        for asked, number in (
            (f"kind={KIND.SIGNED_IN}", 1),
            (f"account={cast.sponsor.public_id}", 1),
            (f"account={cast.other_sponsor.public_id}", 0),
            (f"happened_after={timezone.now() + timedelta(days=1):%Y-%m-%dT%H:%MZ}", 0),
            (f"happened_before={timezone.now() + timedelta(days=1):%Y-%m-%dT%H:%MZ}", 2),
        ):
            assert len(caller.get(f"{ADDRESS}?{asked}").json()["results"]) == number, asked

    def test_shows_nothing_of_another_client(self, cast: Cast, administrator: User) -> None:
        caller = Caller.of(administrator)
        note_event(KIND.SIGNED_IN, account=cast.other_sponsor)
        note_event(KIND.ROLE_GIVEN, account=cast.consultant, project=cast.other_project)
        kinds = {row["kind"] for row in caller.get(ADDRESS).json()["results"]}
        assert kinds == {KIND.TOKEN_MADE}

    def test_refuses_who_is_no_administrator_and_writes_it_down(self, cast: Cast) -> None:
        answer = Caller.of(cast.sponsor).get(ADDRESS)
        assert answer.status_code == 403
        problem_of(answer)
        event = SecurityEvent.objects.of_kind(KIND.REFUSED).get()
        assert event.account == cast.sponsor
        assert event.terms["at"] == "api:security-event-list"
