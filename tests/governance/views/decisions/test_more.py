"""What is added to a decision, and what takes its place."""

import pytest
from django.test import Client

from governance.models import Decision, DecisionOption, DecisionOutcome, Dependency
from tests.factories import make_scenario
from tests.governance.views.decisions.cases import address, decision_of, page_of, post
from tests.people import Cast


class TestOptions:
    def test_are_offered_by_everybody_and_chosen_by_the_decider(
        self, client: Client, cast: Cast
    ) -> None:
        decision = decision_of(cast, decider=cast.process_owner)
        where = address(cast, "option-add", decision)
        post(client, cast.consultant, where, title="Oslo", is_recommended="on")
        answer = post(client, cast.consultant, where, title="oslo")
        assert answer.status_code == 422
        option = DecisionOption.objects.get()
        page = page_of(client, cast.process_owner, address(cast, "decision-detail", decision))
        assert "Recommended" in page
        post(
            client,
            cast.process_owner,
            address(cast, "decision-detail", decision),
            option=option.public_id,
            reason="It is smaller.",
        )
        assert DecisionOutcome.objects.get().option == option
        assert "Chosen" in page_of(client, cast.auditor, address(cast, "decision-detail", decision))

    def test_are_not_an_auditors_to_offer(self, client: Client, cast: Cast) -> None:
        where = address(cast, "option-add", decision_of(cast))
        assert post(client, cast.auditor, where, title="Oslo").status_code == 403


class TestWhatWaits:
    def test_is_noted_by_code(self, client: Client, cast: Cast) -> None:
        make_scenario(project=cast.project, code="S-1")
        decision, other = decision_of(cast), decision_of(cast)
        where = address(cast, "dependency-add", decision)
        post(client, cast.consultant, where, waiting=f"S-1, {other.code}")
        assert Dependency.objects.count() == 2
        page = page_of(client, cast.auditor, address(cast, "decision-detail", decision))
        assert "S-1" in page

    @pytest.mark.parametrize("waiting", ["S-9", "", "x" * 6000])
    def test_is_refused_where_it_names_nothing(
        self, client: Client, cast: Cast, waiting: str
    ) -> None:
        where = address(cast, "dependency-add", decision_of(cast))
        assert post(client, cast.consultant, where, waiting=waiting).status_code == 422

    def test_is_refused_in_a_loop_with_the_loop_named(self, client: Client, cast: Cast) -> None:
        one, other = decision_of(cast), decision_of(cast)
        post(client, cast.consultant, address(cast, "dependency-add", one), waiting=other.code)
        answer = post(
            client, cast.consultant, address(cast, "dependency-add", other), waiting=one.code
        )
        assert answer.status_code == 422
        assert f"{other.code} → {one.code} → {other.code}" in answer.content.decode()


class TestReplace:
    def test_starts_from_what_was_said_and_keeps_the_old_one(
        self, client: Client, cast: Cast
    ) -> None:
        old = decision_of(cast, decider=cast.process_owner)
        where = address(cast, "decision-replace", old)
        assert "Which plant goes first?" in page_of(client, cast.project_manager, where)
        post(client, cast.project_manager, where, title="Which plant, and when?")
        new = Decision.objects.get(supersedes=old)
        page = page_of(client, cast.auditor, address(cast, "decision-detail", old))
        assert f"Replaced by {new.code}" in page
        assert "It takes the place of" in page_of(
            client, cast.auditor, address(cast, "decision-detail", new)
        )

    @pytest.mark.parametrize("name", ["consultant", "business_user", "auditor"])
    def test_is_not_everybodys(self, client: Client, cast: Cast, name: str) -> None:
        where = address(cast, "decision-replace", decision_of(cast))
        assert post(client, getattr(cast, name), where, title="Mine").status_code == 403

    def test_closes_the_door_to_deciding_the_old_one(self, client: Client, cast: Cast) -> None:
        old = decision_of(cast, decider=cast.process_owner)
        post(client, cast.sponsor, address(cast, "decision-replace", old), title="Another?")
        where = address(cast, "decision-detail", old)
        answer = post(client, cast.process_owner, where, outcome="Oslo", reason="Near")
        assert answer.status_code == 422
        assert "was replaced by" in answer.content.decode()
