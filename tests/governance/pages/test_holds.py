"""Second factors that were reset: who signs nothing yet, and what is noted for a week."""

from datetime import timedelta

import pytest

from governance.models import AuthenticatorReset, User
from governance.pages.holds import hold_of, holds_in, reset_note
from governance.services.resets import HOLD, reset_authenticators
from tests.factories import NOW, make_user
from tests.people import Cast, make_cast

DAY = timedelta(days=1)


@pytest.fixture
def cast(db: None) -> Cast:
    """Return everybody; the sponsor's second factor was reset."""
    found = make_cast()
    reset(found.sponsor, by=found.administrator)
    return found


def reset(account: User, *, by: User) -> AuthenticatorReset:
    return reset_authenticators(account=account, reset_by=by, reason="Lost the phone", reset_at=NOW)


class TestResetNote:
    def test_counts_whole_hours(self) -> None:
        note = reset_note("Ada", reset_at=NOW, at=NOW + timedelta(hours=25, minutes=59))
        assert note == "Authenticator of Ada reset 25 hours before"

    def test_says_nothing_where_nothing_was_reset(self) -> None:
        assert reset_note("Ada", reset_at=None, at=NOW) == ""


class TestHoldOf:
    def test_ends_by_itself(self, cast: Cast) -> None:
        assert "by Administrator" in hold_of(cast.sponsor, at=NOW + HOLD - timedelta(seconds=1))
        assert hold_of(cast.sponsor, at=NOW + HOLD) == ""
        assert hold_of(cast.process_owner, at=NOW) == ""


class TestHoldsIn:
    def test_tells_of_a_hold_and_for_a_week_of_the_reset(self, cast: Cast) -> None:
        (held,) = holds_in(cast.project, at=NOW + timedelta(hours=1))
        assert held == (
            "The authenticator of Sponsor was reset by Administrator on 1 Jun 2026, 09:00 UTC:"
            " nothing is signed before 2 Jun 2026, 09:00 UTC."
        )
        (noted,) = holds_in(cast.project, at=NOW + 3 * DAY)
        assert noted.endswith("on 1 Jun 2026, 09:00 UTC.")
        assert holds_in(cast.project, at=NOW + 7 * DAY) == ()

    def test_tells_nothing_from_before_or_of_others(self, cast: Cast) -> None:
        assert holds_in(cast.project, at=NOW - DAY) == ()
        assert holds_in(cast.other_project, at=NOW + DAY) == ()
        outsider = make_user(organisation=cast.client)
        reset(outsider, by=cast.administrator)
        assert len(holds_in(cast.project, at=NOW + timedelta(hours=1))) == 1
