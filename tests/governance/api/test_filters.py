"""Filtering by named parameters only."""

import pytest

from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


class TestStrictFilterBackend:
    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("nmae=x", "nmae"),
            ("organisation__name=Harbour", "organisation__name"),
            ("phase=SOON", "phase"),
            ("go_live_since=2026-02-30", "go_live_since"),
            ("ordering=organisation__slug", "ordering"),
            ("phase=UAT&phase=BUILD", "phase"),
            ("client=a%00b", "client"),
        ],
    )
    def test_refuses_what_it_does_not_know(self, cast: Cast, query: str, name: str) -> None:
        answer = Caller.of(cast.sponsor).get(f"projects/?{query}")
        assert answer.status_code == 400
        assert [each["parameter"] for each in problem_of(answer)["errors"]] == [name]

    def test_keeps_what_matches(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        assert caller.get(f"projects/?slug={cast.project.slug}").json()["count"] == 1
        assert caller.get("projects/?slug=another").json()["count"] == 0


class TestFormatByName:
    def test_refuses_a_format_it_does_not_have(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        assert caller.get("projects/?format=json").status_code == 200
        assert caller.get("projects/?format=api").status_code == 406
