"""Deciding: who may, what is written, and that it happens once."""

from datetime import timedelta
from typing import Any

import pytest

from governance.choices import DecisionKind, NoticeKind, Role
from governance.models import DecisionOption, DecisionOutcome, Notice
from governance.services.decisions import DecisionRefused
from governance.services.options import Choice
from governance.services.rights import Before, Grant, give_right
from governance.services.roles import end_role
from tests.factories import NOW, join, make_process, make_user
from tests.governance.services.decisions.cases import decided, raised
from tests.people import Cast, make_cast
from tests.questions import decide as answered_by_file
from tests.questions import make_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


class TestDecide:
    def test_writes_what_was_decided_and_why(self, cast: Cast) -> None:
        row = decided(raised(cast), by=cast.sponsor, reason=" Because. ")
        assert (row.outcome, row.reason, row.decided_by) == ("Left", "Because.", cast.sponsor)

    def test_takes_an_option_in_its_own_words(self, cast: Cast) -> None:
        decision = raised(cast, options=[Choice(title="Left"), Choice(title="Right")])
        option = DecisionOption.objects.get(title="Right")
        row = decided(decision, by=cast.sponsor, outcome="", option=option)
        assert (row.outcome, row.option) == ("Right", option)

    def test_refuses_an_option_of_another_question(self, cast: Cast) -> None:
        raised(cast, options=[Choice(title="Left")])
        option = DecisionOption.objects.get()
        with pytest.raises(DecisionRefused, match="this question's options"):
            decided(raised(cast), by=cast.sponsor, option=option)

    @pytest.mark.parametrize(
        ("answer", "sentence"),
        [({"outcome": " "}, "what is decided"), ({"reason": " "}, "Say why")],
    )
    def test_needs_an_outcome_and_a_reason(
        self, cast: Cast, answer: dict[str, Any], sentence: str
    ) -> None:
        with pytest.raises(DecisionRefused, match=sentence):
            decided(raised(cast), by=cast.sponsor, **answer)

    def test_happens_once(self, cast: Cast) -> None:
        decision = raised(cast)
        decided(decision, by=cast.sponsor)
        with pytest.raises(DecisionRefused, match="decided already, by Sponsor"):
            decided(decision, by=cast.sponsor, at=NOW + timedelta(days=1), outcome="Right")
        assert DecisionOutcome.objects.get().outcome == "Left"

    def test_is_still_open_where_only_a_partner_answered(self, cast: Cast) -> None:
        decision = make_decision(project=cast.project)
        answered_by_file(decision, by=cast.consultant, at=NOW, decided_affiliation="PARTNER")
        assert decided(decision, by=cast.sponsor).decided_by == cast.sponsor

    def test_refuses_an_answer_older_than_its_question(self, cast: Cast) -> None:
        with pytest.raises(DecisionRefused, match="before the question"):
            decided(raised(cast), by=cast.sponsor, at=NOW - timedelta(seconds=1))

    def test_tells_who_asked_and_settles_what_the_decider_was_told(self, cast: Cast) -> None:
        decision = raised(cast, decider=cast.sponsor, by=cast.project_manager)
        waits = Notice.objects.get(kind=NoticeKind.DECISION_WAITS)
        assert (waits.account, waits.settled_at) == (cast.sponsor, None)
        decided(decision, by=cast.sponsor)
        waits.refresh_from_db()
        assert waits.settled_at == NOW
        assert Notice.objects.get(kind=NoticeKind.DECIDED).account == cast.project_manager


class TestTheRightToDecide:
    @pytest.mark.parametrize("name", ["consultant", "other_sponsor"])
    def test_is_never_anybody_elses_than_the_clients(self, cast: Cast, name: str) -> None:
        with pytest.raises(DecisionRefused, match="only somebody of the client"):
            decided(raised(cast), by=getattr(cast, name))
        assert not DecisionOutcome.objects.exists()

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("sponsor", "waits for Process_Owner"),
            ("stranger", "works in this project"),
            ("auditor", "works in this project"),
        ],
    )
    def test_is_the_named_deciders_alone(self, cast: Cast, name: str, sentence: str) -> None:
        decision = raised(cast, decider=cast.process_owner)
        with pytest.raises(DecisionRefused, match=sentence):
            decided(decision, by=getattr(cast, name))
        decided(decision, by=cast.process_owner)

    def test_falls_to_an_executive_where_nobody_is_named(self, cast: Cast) -> None:
        decision = raised(cast)
        with pytest.raises(DecisionRefused, match="sponsor or a steering member"):
            decided(decision, by=cast.project_manager)
        decided(decision, by=cast.sponsor)

    def test_goes_with_the_last_role(self, cast: Cast) -> None:
        account = make_user(organisation=cast.client)
        role = join(project=cast.project, user=account, role=Role.IT)
        decision = raised(cast, decider=account)
        end_role(participation=role, ended_by=cast.administrator, ended_at=NOW)
        with pytest.raises(DecisionRefused, match="works in this project"):
            decided(decision, by=account)

    def test_goes_to_whom_the_ownership_map_gives_it(self, cast: Cast) -> None:
        process = make_process(project=cast.project)
        decision = raised(cast, kind=DecisionKind.SCOPE, decider=cast.sponsor, blocked=[process])
        _grant(cast, cast.process_owner)
        with pytest.raises(DecisionRefused, match=r"Process_Owner decides this \(Scope\)"):
            decided(decision, by=cast.sponsor, at=NOW + timedelta(days=1))

    def test_is_nobodys_while_two_have_it(self, cast: Cast) -> None:
        _grant(cast, cast.process_owner)
        _grant(cast, cast.sponsor, before=Before.STAYS)
        decision = raised(cast, kind=DecisionKind.SCOPE, decider=cast.sponsor)
        with pytest.raises(DecisionRefused, match="several people"):
            decided(decision, by=cast.sponsor)


def _grant(cast: Cast, decider: object, before: Before = Before.UNSAID) -> None:
    grant = Grant(kind=DecisionKind.SCOPE, decider=decider, before=before)  # type: ignore[arg-type]
    give_right(project=cast.project, grant=grant, given_by=cast.sponsor, given_at=NOW)
