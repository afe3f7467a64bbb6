"""What every address has in common."""

import pytest

from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


class TestApiView:
    def test_answers_304_while_nothing_changed(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        etag = caller.get("projects/")["ETag"]
        again = caller.call("GET", "projects/", headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        cast.project.name = "Renamed"
        cast.project.save()
        assert caller.call("GET", "projects/", headers={"If-None-Match": etag}).status_code == 200

    def test_tells_caches_whose_answer_it_is(self, cast: Cast) -> None:
        answer = Caller.of(cast.sponsor).get("projects/")
        assert answer["Cache-Control"] == "private, no-cache"
        assert "Authorization" in answer["Vary"]

    def test_answers_head(self, cast: Cast) -> None:
        assert Caller.of(cast.sponsor).call("HEAD", "projects/").status_code == 200


class TestUnknownAddress:
    @pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
    def test_is_a_problem_like_any_other(self, cast: Cast, method: str) -> None:
        answer = Caller.of(cast.sponsor).call(method, "nowhere/")
        assert answer.status_code == 404
        assert problem_of(answer)["detail"] == "No such address."

    def test_mentions_the_slash(self, cast: Cast) -> None:
        answer = Caller.of(cast.sponsor).get("projects")
        assert "end with a slash" in problem_of(answer)["detail"]

    def test_asks_for_a_token_first(self) -> None:
        assert Caller().get("nowhere/").status_code == 401

    def test_takes_an_id_of_another_shape_for_unknown(self, cast: Cast) -> None:
        assert Caller.of(cast.sponsor).get(f"projects/{cast.project.pk}/").status_code == 404
