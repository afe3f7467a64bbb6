"""Gathering what page one says of authority."""

from datetime import datetime
from typing import Any

import pytest

from readiness.metrics.authority import PARTS, authority_papers
from tests.factories import NOW


class TestAuthorityPapers:
    def test_put_the_parts_of_each_project_side_by_side(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def decisions(*, project_ids: list[int], as_of: datetime) -> dict[int, dict[str, Any]]:
            assert (project_ids, as_of) == ([1, 2], NOW)
            return {1: {"open": 3}, 2: {"open": 0}}

        def sponsor(*, project_ids: list[int], as_of: datetime) -> dict[int, dict[str, Any]]:
            return {1: {"meetings": 2}}

        for name in list(PARTS):
            monkeypatch.delitem(PARTS, name)
        monkeypatch.setitem(PARTS, "decisions", decisions)
        monkeypatch.setitem(PARTS, "sponsor", sponsor)
        assert authority_papers(project_ids=[1, 2], as_of=NOW) == {
            1: {"decisions": {"open": 3}, "sponsor": {"meetings": 2}},
            2: {"decisions": {"open": 0}},
        }
