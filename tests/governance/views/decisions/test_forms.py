"""The forms that decisions and assumptions are written down by."""

from typing import Any

import pytest
from django.test import Client

from governance.models import Decision
from tests.factories import make_process
from tests.governance.views.decisions.cases import address, page_of, post
from tests.people import Cast


class TestAddBoth:
    @pytest.mark.parametrize("name", ["decision-add", "assumption-add"])
    @pytest.mark.parametrize("key", ["9" * 400, "-" + "9" * 19])
    def test_refuses_a_row_that_no_database_holds(
        self, client: Client, cast: Cast, name: str, key: str
    ) -> None:
        answer = post(client, cast.consultant, address(cast, name), blocked=[key])
        assert answer.status_code == 422
        assert "blocked" in answer.context["form"].errors


class TestAddDecision:
    def test_writes_it_down_for_its_decider(self, client: Client, cast: Cast) -> None:
        process = make_process(project=cast.project)
        answer = post(
            client,
            cast.consultant,
            address(cast, "decision-add"),
            title="Which plant goes first?",
            detail="Oslo or Porto.",
            decider=cast.sponsor.public_id,
            due_date="2026-06-08",
            blocks_go_live="on",
            blocked=[process.public_id],
        )
        decision = Decision.objects.get()
        assert answer["Location"] == address(cast, "decision-detail", decision)
        assert (decision.decider, decision.raised_by) == (cast.sponsor, "Consultant")
        assert list(decision.blocked_processes.all()) == [process]

    @pytest.mark.parametrize(
        "fields",
        [{"title": ""}, {"title": "x" * 301}, {"due_date": "31 June"}, {"decider": "foreign"}],
    )
    def test_gives_the_form_back(self, client: Client, cast: Cast, fields: dict[str, Any]) -> None:
        if fields.get("decider") == "foreign":
            fields = {"decider": cast.other_sponsor.public_id}
        entered = {"title": "Which?"} | fields
        answer = post(client, cast.sponsor, address(cast, "decision-add"), **entered)
        assert answer.status_code == 422
        assert not Decision.objects.exists()

    def test_takes_no_process_of_another_project(self, client: Client, cast: Cast) -> None:
        foreign = make_process(project=cast.other_project, name="Foreign process")
        where = address(cast, "decision-add")
        assert "Foreign process" not in page_of(client, cast.sponsor, where)
        answer = post(client, cast.sponsor, where, title="Which?", blocked=[foreign.public_id])
        assert answer.status_code == 422

    def test_is_refused_to_an_auditor(self, client: Client, cast: Cast) -> None:
        where = address(cast, "decision-add")
        assert post(client, cast.auditor, where, title="Which?").status_code == 403
