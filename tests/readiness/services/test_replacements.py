"""Replacing a partner or a consultant: decided, listed, handed over, each of it once."""

from datetime import date, timedelta

import pytest

from governance.choices import Affiliation, NoticeKind, Role
from governance.models import (
    Decision,
    DecisionOutcome,
    HeldItem,
    Notice,
    ProjectMark,
    Replacement,
    User,
)
from readiness.services.holdings import Party, held_by
from readiness.services.replacements import (
    Parting,
    ReplacementRefused,
    Taking,
    hand_over,
    replace_party,
)
from tests.factories import NOW, join, make_defect, make_process, make_run, make_scenario, make_user
from tests.people import Cast, make_cast
from tests.questions import decide, make_assumption, make_decision

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def cast() -> Cast:
    """Return everybody; the consultant assumed, asked, owns a defect and ran a scenario alone."""
    found = make_cast()
    project, name = found.project, found.consultant.name
    make_assumption(project=project, code="A-1", maker=found.consultant)
    make_decision(
        project=project, code="D-1", raised_by=name, raised_affiliation=Affiliation.PARTNER
    )
    make_defect(project=project, code="X-1", owner_name=name)
    process = make_process(project=project, code="20")
    scenario = make_scenario(project=project, process=process)
    make_run(scenario=scenario, tester=found.consultant, affiliation=Affiliation.PARTNER)
    return found


def parting(cast: Cast, **changed: object) -> Parting:
    terms: dict[str, object] = {
        "party": Party(cast.partner, cast.consultant),
        "reason": "They are needed elsewhere.",
        "leaves_date": date(2026, 6, 30),
    }
    return Parting(**(terms | changed))  # type: ignore[arg-type]


def replaced(cast: Cast, by: User | None = None, **changed: object) -> Replacement:
    return replace_party(
        project=cast.project,
        parting=parting(cast, **changed),
        replaced_by=by or cast.sponsor,
        replaced_at=LATER,
    )


class TestHeldBy:
    def test_lists_what_they_assumed_asked_own_and_know_alone(self, cast: Cast) -> None:
        held = held_by(Party(cast.partner, cast.consultant), project=cast.project)
        assert [(each.kind, each.code) for each in held] == [
            ("ASSUMPTION", "A-1"),
            ("DECISION", "D-1"),
            ("DEFECT", "X-1"),
            ("KNOWLEDGE", "20"),
        ]
        assert "1 scenario that only they have run" in held[-1].title

    def test_of_the_partner_is_that_of_all_its_people(self, cast: Cast) -> None:
        join(project=cast.project, user=cast.guest, role=Role.CONSULTANT)
        make_assumption(project=cast.project, code="A-2", maker=cast.guest)
        held = held_by(Party(cast.partner), project=cast.project)
        assert [each.code for each in held] == ["A-1", "A-2", "D-1", "X-1", "20"]


class TestReplaceParty:
    def test_is_a_decision_with_everything_they_held(self, cast: Cast) -> None:
        before = ProjectMark.objects.get(project=cast.project).version
        row = replaced(cast, knowledge=("The bank's interface", " ", "The labels"))
        assert row.decision.title == "Replace Consultant (Integrators)"
        outcome = DecisionOutcome.objects.get(decision=row.decision)
        assert outcome.decided_by == cast.sponsor
        assert row.held.count() == 6
        assert ProjectMark.objects.get(project=cast.project).version > before
        told = Notice.objects.get(kind=NoticeKind.HANDOVER_WAITS)
        assert (told.account, told.settled_at) == (cast.project_manager, None)

    def test_takes_a_decision_that_was_taken_before(self, cast: Cast) -> None:
        decision = make_decision(project=cast.project, code="D-9", title="Change the partner")
        decide(decision, by=cast.sponsor, at=NOW)
        number = Decision.objects.count()
        assert replaced(cast, decision=decision).decision == decision
        assert Decision.objects.count() == number

    def test_refuses_an_open_decision(self, cast: Cast) -> None:
        decision = make_decision(project=cast.project, code="D-9")
        with pytest.raises(ReplacementRefused, match="was taken"):
            replaced(cast, decision=decision)

    @pytest.mark.parametrize("name", ["project_manager", "process_owner", "consultant"])
    def test_refuses_whoever_is_no_executive(self, cast: Cast, name: str) -> None:
        with pytest.raises(ReplacementRefused, match="Only the sponsor"):
            replaced(cast, by=getattr(cast, name))
        assert not Replacement.objects.exists()

    def test_refuses_nobody_twice(self, cast: Cast) -> None:
        replaced(cast)
        with pytest.raises(ReplacementRefused, match="replaced before"):
            replaced(cast)
        whole = replaced(cast, party=Party(cast.partner))
        assert whole.consultant is None

    def test_refuses_who_does_not_work_here_or_leaves_for_nothing(self, cast: Cast) -> None:
        other = make_user(organisation=cast.partner, name="Elsewhere")
        join(project=cast.other_project, user=other, role=Role.CONSULTANT)
        cast.project.partners.clear()
        with pytest.raises(ReplacementRefused, match="do not work"):
            replaced(cast)
        with pytest.raises(ReplacementRefused, match="Say why"):
            replaced(cast, reason=" ")


class TestHandOver:
    def first(self, cast: Cast) -> HeldItem:
        """Return the first thing that was held."""
        return replaced(cast).held.in_order()[0]

    def take(self, item: HeldItem, taker: User, noted_by: User) -> None:
        """Let somebody take it over."""
        hand_over(item=item, taking=Taking(taken_by=taker), noted_by=noted_by, taken_at=LATER)

    def test_settles_what_waits_once_everything_is_taken(self, cast: Cast) -> None:
        row = replaced(cast)
        for item in row.held.all():
            assert Notice.objects.get(kind=NoticeKind.HANDOVER_WAITS).settled_at is None
            self.take(item, cast.business_user, cast.project_manager)
        assert Notice.objects.get(kind=NoticeKind.HANDOVER_WAITS).settled_at == LATER

    def test_happens_once(self, cast: Cast) -> None:
        item = self.first(cast)
        self.take(item, cast.business_user, cast.business_user)
        with pytest.raises(ReplacementRefused, match="took this over before"):
            self.take(item, cast.process_owner, cast.process_owner)

    def test_refuses_who_speaks_for_another(self, cast: Cast) -> None:
        with pytest.raises(ReplacementRefused, match="project manager"):
            self.take(self.first(cast), cast.process_owner, cast.business_user)

    def test_refuses_a_partner_who_takes_it(self, cast: Cast) -> None:
        join(project=cast.project, user=cast.guest, role=Role.CONSULTANT)
        with pytest.raises(ReplacementRefused, match="project manager"):
            self.take(self.first(cast), cast.guest, cast.guest)

    def test_refuses_who_leaves_too_or_is_not_here(self, cast: Cast) -> None:
        item = self.first(cast)
        with pytest.raises(ReplacementRefused, match="leave, too"):
            self.take(item, cast.consultant, cast.sponsor)
        with pytest.raises(ReplacementRefused, match="do not work"):
            self.take(item, cast.stranger, cast.sponsor)
