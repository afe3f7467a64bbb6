"""Raising a decision: what is written, and what is refused."""

from datetime import date, timedelta

import pytest

from governance.choices import Affiliation, DecisionKind, NoticeKind
from governance.models import Decision, DecisionOption, Dependency, Notice, ProjectMark
from governance.services.decisions import DecisionRefused
from governance.services.dependencies import Dependents
from governance.services.options import MOST_OPTIONS, Choice, offer_option
from governance.services.rights import Grant, give_right
from tests.factories import NOW, make_process
from tests.governance.services.decisions.cases import decided, raised
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


class TestRaiseDecision:
    def test_takes_the_next_free_code_and_marks_the_project(self, cast: Cast) -> None:
        process = make_process(project=cast.project)
        Decision.objects.create(
            organisation=cast.client, project=cast.project, code="D-002", title="", raised_at=NOW
        )
        before = ProjectMark.objects.get(project=cast.project).version
        decision = raised(
            cast,
            "Which plant first?",
            by=cast.consultant,
            decider=cast.sponsor,
            due_date=date(2026, 6, 8),
            blocks_go_live=True,
            blocked=[process],
        )
        assert decision.code == "D-003"
        assert decision.raised_affiliation == Affiliation.PARTNER
        assert list(decision.blocked_processes.all()) == [process]
        assert ProjectMark.objects.get(project=cast.project).version == before + 1

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("consultant", "of the client decides"),
            ("other_sponsor", "of the client decides"),
            ("stranger", "does not work in this project"),
            ("auditor", "does not work in this project"),
        ],
    )
    def test_refuses_a_decider_who_could_not_decide(
        self, cast: Cast, name: str, sentence: str
    ) -> None:
        with pytest.raises(DecisionRefused, match=sentence):
            raised(cast, decider=getattr(cast, name))

    def test_refuses_what_is_of_another_project(self, cast: Cast) -> None:
        foreign = make_process(project=cast.other_project)
        with pytest.raises(DecisionRefused, match="this project"):
            raised(cast, blocked=[foreign])

    def test_tells_every_executive_where_nobody_is_named(self, cast: Cast) -> None:
        raised(cast, by=cast.project_manager, blocks_go_live=True)
        told = Notice.objects.get()
        assert (told.account, told.kind) == (cast.sponsor, NoticeKind.DECISION_WAITS)
        assert told.is_urgent

    def test_names_whom_the_ownership_map_gives_the_right_to(self, cast: Cast) -> None:
        grant = Grant(kind=DecisionKind.DATA, decider=cast.process_owner)
        give_right(project=cast.project, grant=grant, given_by=cast.sponsor, given_at=NOW)
        assert raised(cast, kind=DecisionKind.DATA).decider == cast.process_owner
        assert raised(cast, kind=DecisionKind.SCOPE).decider is None
        with pytest.raises(DecisionRefused, match="Process_Owner decides this"):
            raised(cast, kind=DecisionKind.DATA, decider=cast.sponsor)


class TestOptions:
    def test_stand_in_their_order_with_one_recommended(self, cast: Cast) -> None:
        raised(
            cast,
            options=[
                Choice(title="Left", consequence="Cheap"),
                Choice(title="Right", is_recommended=True),
            ],
        )
        found = DecisionOption.objects.order_by("position")
        assert [(row.position, row.title, row.is_recommended) for row in found] == [
            (1, "Left", False),
            (2, "Right", True),
        ]

    @pytest.mark.parametrize(
        ("choice", "sentence"),
        [
            (Choice(title=" "), "few words"),
            (Choice(title="left "), "there already"),
            (Choice(title="Right", is_recommended=True), "recommended already"),
        ],
    )
    def test_are_refused_when_they_say_nothing_new(
        self, cast: Cast, choice: Choice, sentence: str
    ) -> None:
        decision = raised(cast, options=[Choice(title="Left", is_recommended=True)])
        with pytest.raises(DecisionRefused, match=sentence):
            _offer(cast, decision, choice)

    def test_are_not_too_many(self, cast: Cast) -> None:
        decision = raised(cast, options=[Choice(title=str(n)) for n in range(MOST_OPTIONS)])
        with pytest.raises(DecisionRefused, match="at most"):
            _offer(cast, decision, Choice(title="More"))

    def test_are_not_added_to_what_is_decided(self, cast: Cast) -> None:
        decision = raised(cast)
        decided(decision, by=cast.sponsor)
        with pytest.raises(DecisionRefused, match="decided already"):
            _offer(cast, decision, Choice(title="Late"))


class TestReplacing:
    def test_leaves_the_old_one_as_it_was_and_closes_it(self, cast: Cast) -> None:
        old = raised(cast, "Old?")
        new = raised(cast, "New?", supersedes=old, decider=cast.sponsor)
        assert list(Decision.objects.waiting()) == [new]
        assert list(Decision.objects.answered()) == [old]
        with pytest.raises(DecisionRefused, match="D-001 was replaced by D-002"):
            decided(old, by=cast.sponsor)

    def test_is_how_an_outcome_is_changed(self, cast: Cast) -> None:
        old = raised(cast)
        decided(old, by=cast.sponsor)
        new = raised(cast, supersedes=old)
        decided(new, by=cast.sponsor, at=NOW + timedelta(days=1), outcome="Right")
        assert list(Decision.objects.decided()) == [new]

    def test_happens_once(self, cast: Cast) -> None:
        old = raised(cast)
        raised(cast, supersedes=old)
        with pytest.raises(DecisionRefused, match="was replaced by"):
            raised(cast, supersedes=old)

    def test_settles_what_the_old_decider_was_told(self, cast: Cast) -> None:
        old = raised(cast, decider=cast.process_owner)
        raised(cast, supersedes=old, decider=cast.business_user)
        told = dict(Notice.objects.values_list("account__name", "settled_at"))
        assert told == {"Process_Owner": NOW, "Business_User": None}

    def test_takes_along_what_waits(self, cast: Cast) -> None:
        after, before = raised(cast, "After?"), raised(cast, "Before?")
        old = raised(cast, dependents=Dependents(decisions=[after], after=[before]))
        raised(cast, supersedes=old, dependents=Dependents(decisions=[after], after=[before]))
        assert Dependency.objects.count() == 4


def _offer(cast: Cast, decision: Decision, choice: Choice) -> DecisionOption:
    return offer_option(decision=decision, choice=choice, offered_by=cast.sponsor, offered_at=NOW)
