"""A decision and the outcome it takes from whoever decides."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import DecisionOutcome
from tests.factories import NOW
from tests.governance.views.decisions.cases import address, decision_of, page_of, post
from tests.people import Cast


class TestShowDecision:
    def test_takes_the_outcome_from_the_decider(self, client: Client, cast: Cast) -> None:
        decision = decision_of(cast, decider=cast.process_owner)
        where = address(cast, "decision-detail", decision)
        post(client, cast.process_owner, where, outcome="Oslo.", reason="It is smaller.")
        page = page_of(client, cast.process_owner, where)
        assert "Oslo: Process_Owner after" in page
        assert "It is smaller." in page

    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("sponsor", "This waits for Process_Owner."),
            ("consultant", "own people decide."),
            ("auditor", "own people decide."),
        ],
    )
    def test_is_refused_to_whoever_does_not_decide(
        self, client: Client, cast: Cast, name: str, why: str
    ) -> None:
        where = address(cast, "decision-detail", decision_of(cast, decider=cast.process_owner))
        answer = post(client, getattr(cast, name), where, outcome="Oslo")
        assert answer.status_code == 403
        assert why in answer.content.decode()
        assert not DecisionOutcome.objects.exists()

    def test_falls_to_an_executive_where_nobody_is_named(self, client: Client, cast: Cast) -> None:
        where = address(cast, "decision-detail", decision_of(cast, detail="Known so far."))
        assert "Nobody named: an executive" in page_of(client, cast.auditor, where)
        assert "Known so far." in page_of(client, cast.sponsor, where)
        assert post(client, cast.sponsor, where, outcome="Oslo", reason="Near").status_code == 302

    def test_needs_an_outcome(self, client: Client, cast: Cast) -> None:
        where = address(cast, "decision-detail", decision_of(cast))
        assert post(client, cast.sponsor, where, outcome=" ").status_code == 422

    def test_says_that_an_answer_cannot_be_older_than_its_question(
        self, client: Client, cast: Cast
    ) -> None:
        later = decision_of(cast, raised_at=NOW + timedelta(days=1))
        where = address(cast, "decision-detail", later)
        answer = post(client, cast.sponsor, where, outcome="Oslo", reason="It is smaller.")
        assert answer.status_code == 422
        assert "before the question" in answer.content.decode()

    def test_is_not_there_under_another_project(self, client: Client, cast: Cast) -> None:
        where = reverse(
            "governance:decision-detail",
            args=[cast.other_project.public_id, decision_of(cast).public_id],
        )
        client.force_login(cast.other_sponsor)
        assert client.get(where).status_code == 404
