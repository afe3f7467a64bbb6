"""Answers from memory go only to those who may have them."""

from unittest.mock import patch

import pytest
from django.utils import timezone
from pytest_django import Settings

from governance.choices import Scope
from governance.models import ApiToken
from readiness.api.snapshots import SnapshotListView
from tests.people import Cast, make_cast
from tests.wire import Caller, make_snapshot, problem_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def cast() -> Cast:
    """Return everybody; the page of the first project is in memory already."""
    found = make_cast()
    make_snapshot(project=found.project)
    assert Caller.of(found.sponsor).get(address(found)).status_code == 200
    return found


def address(cast: Cast) -> str:
    return f"projects/{cast.project.public_id}/snapshots/"


class TestQuickView:
    def test_answers_as_the_long_way_does(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        quick = caller.get(address(cast))
        with patch.object(SnapshotListView, "remembered", return_value=None):
            long = caller.get(address(cast))
        assert quick.content == long.content
        for header in ("ETag", "Cache-Control", "Vary", "Content-Type"):
            assert quick[header] == long[header]

    def test_does_not_start_the_framework(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        with patch.object(SnapshotListView, "get", side_effect=AssertionError):
            assert caller.get(address(cast)).status_code == 200

    def test_answers_304(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        etag = caller.get(address(cast))["ETag"]
        again = caller.call("GET", address(cast), headers={"If-None-Match": etag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)

    def test_gives_nothing_to_who_lost_the_project(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        cast.project.participations.filter(user=cast.sponsor).update(ended_at=timezone.now())
        answer = caller.get(address(cast))
        assert answer.status_code == 404
        problem_of(answer)

    def test_gives_nothing_to_a_stranger(self, cast: Cast) -> None:
        assert Caller.of(cast.other_sponsor).get(address(cast)).status_code == 404
        assert Caller().get(address(cast)).status_code == 401
        assert Caller("rgt_nobody").get(address(cast)).status_code == 401

    def test_gives_nothing_for_an_ended_token(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        ApiToken.objects.update(revoked_at=timezone.now())
        assert caller.get(address(cast)).status_code == 401

    def test_gives_nothing_for_the_other_scope(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor, scopes=(Scope.PUSH,))
        assert caller.get(address(cast)).status_code == 403

    def test_gives_nothing_to_who_asks_too_often(self, cast: Cast, settings: Settings) -> None:
        settings.API_REQUESTS_PER_MINUTE = 0
        assert Caller.of(cast.sponsor).get(address(cast)).status_code == 429

    def test_goes_the_long_way_when_memory_fails(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        with patch.object(SnapshotListView, "remembered", side_effect=ValueError):
            assert caller.get(address(cast)).status_code == 200

    def test_goes_the_long_way_for_another_format(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        strange = caller.call("GET", address(cast), headers={"Accept": "image/png"})
        assert strange.status_code == 406
