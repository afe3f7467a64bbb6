"""Defects in the browser: the open ones, worst first, and what was asked for."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import NOW, make_defect, make_process, make_scenario
from tests.people import Cast
from tests.uat.views.asking import address, page_of
from uat.choices import DefectState, Severity, Triage


class TestListDefects:
    def test_lists_the_open_ones_worst_first(self, client: Client, cast: Cast) -> None:
        process = make_process(project=cast.project, name="Order to cash")
        scenario = make_scenario(project=cast.project, process=process)
        make_defect(project=cast.project, severity=Severity.LOW, code="LOW-1")
        make_defect(
            project=cast.project, severity=Severity.SHOWSTOPPER, code="BAD-1", scenario=scenario
        )
        make_defect(project=cast.project, state="CLOSED", code="OLD-1")
        where = address(cast, "defect-list")
        page = page_of(client, cast.auditor, where)
        assert "2 defects are open, 1 of them showstopper or high." in page
        assert page.index("BAD-1") < page.index("LOW-1")
        assert "OLD-1" not in page
        assert "OLD-1" in page_of(client, cast.auditor, f"{where}?show=all")
        page = page_of(client, cast.auditor, f"{where}?process={process.public_id}")
        assert "BAD-1" in page
        assert "LOW-1" not in page

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", {"OLD", "YOUNG", "MINOR"}),
            ("show=all", {"OLD", "YOUNG", "MINOR", "DONE"}),
            ("severity=serious", {"OLD", "YOUNG"}),
            ("severity=minor", {"MINOR"}),
            ("severity=SHOWSTOPPER", {"OLD"}),
            ("state=CLOSED", {"DONE"}),
            ("state=reopened", {"MINOR"}),
            ("age=week", {"MINOR"}),
            ("age=fortnight", {"YOUNG"}),
            ("age=older", {"OLD"}),
            ("care=none", {"YOUNG", "MINOR"}),
            ("triage=TRAINING", {"YOUNG"}),
            ("process=none", {"YOUNG"}),
            ("process=odd&severity=odd&age=odd&state=odd&page=odd", {"OLD", "YOUNG", "MINOR"}),
            ("severity=serious&age=week", set()),
        ],
    )
    def test_finds(self, client: Client, cast: Cast, query: str, expected: set[str]) -> None:
        process = make_process(project=cast.project)
        make_defect(
            project=cast.project,
            code="OLD",
            severity=Severity.SHOWSTOPPER,
            raised_at=NOW - timedelta(days=30),
            process=process,
            owner_name="Somebody",
            fix_due_date=NOW.date() - timedelta(days=1),
        )
        make_defect(
            project=cast.project,
            code="YOUNG",
            raised_at=NOW - timedelta(days=7),
            triage=Triage.TRAINING,
        )
        make_defect(
            project=cast.project,
            code="MINOR",
            severity=Severity.LOW,
            raised_at=NOW - timedelta(days=6),
            process=process,
            state=DefectState.REOPENED,
            was_reopened=True,
            owner_name="Somebody",
        )
        make_defect(project=cast.project, code="DONE", state=DefectState.CLOSED, process=process)
        page = page_of(client, cast.auditor, f"{address(cast, 'defect-list')}?{query}")
        shown = {code for code in ("OLD", "YOUNG", "MINOR", "DONE") if f">{code}</span>" in page}
        assert shown == expected
        assert ("overdue" in page) == ("OLD" in expected)
        assert ("Nothing fits" in page) == (not expected)

    def test_says_that_none_is_open(self, client: Client, cast: Cast) -> None:
        where = address(cast, "defect-list")
        assert "That says something only when" in page_of(client, cast.auditor, where)
        make_defect(project=cast.project, state=DefectState.CLOSED)
        assert "Choose all of them above" in page_of(client, cast.auditor, where)

    def test_is_not_there_for_strangers(self, client: Client, cast: Cast) -> None:
        for user in (cast.stranger, cast.other_sponsor):
            client.force_login(user)
            assert client.get(address(cast, "defect-list")).status_code == 404
