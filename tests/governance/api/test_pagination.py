"""Pages of long lists."""

import pytest

from tests.factories import make_process
from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    for code in ("10", "20", "30"):
        make_process(project=found.project, code=code)
    return found


class TestPagesWithTotal:
    def test_walks_through_all_rows(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        address = f"projects/{cast.project.public_id}/processes/"
        first = caller.get(f"{address}?page_size=2").json()
        assert (first["count"], len(first["results"]), first["previous"]) == (3, 2, None)
        query = first["next"].partition("?")[2]
        second = caller.get(f"{address}?{query}").json()
        codes = [row["code"] for row in first["results"] + second["results"]]
        assert codes == ["10", "20", "30"]
        assert second["next"] is None

    @pytest.mark.parametrize("value", ["0", "-1", "1.5", "x", "", "9999999", "²"])
    @pytest.mark.parametrize("name", ["page", "page_size"])
    def test_refuses_what_is_no_page(self, cast: Cast, name: str, value: str) -> None:
        answer = Caller.of(cast.sponsor).get(f"projects/?{name}={value}")
        assert answer.status_code == 400
        assert problem_of(answer)["errors"][0]["parameter"] == name

    def test_has_nothing_behind_the_last(self, cast: Cast) -> None:
        assert Caller.of(cast.sponsor).get("projects/?page=2").status_code == 404
