"""Every upgrade in few columns, sorted by what needs an executive."""

from datetime import date, datetime, timedelta

import pytest

from governance.choices import Phase, Role
from governance.models import Project
from readiness.choices import Verdict
from readiness.models import Acceptance, AcceptanceRequest, AcceptanceWithdrawal
from readiness.pages.upgrades import DATE, RISKS, Upgrade, is_executive, upgrades_of
from tests.factories import NOW, join, make_organisation, make_project, make_user
from tests.people import Cast, make_cast
from tests.questions import accept, ask_to_accept
from tests.wire import make_snapshot

TODAY = date(2026, 6, 1)


@pytest.fixture
def cast(db: None) -> Cast:
    """Return everybody; the project goes live in a hundred days."""
    found = make_cast()
    Project.objects.filter(pk=found.project.pk).update(go_live_date=TODAY + timedelta(days=100))
    return found


def only(cast: Cast) -> Upgrade:
    """Return the cast's own upgrade as it stands now."""
    (found,) = upgrades_of(Project.objects.filter(pk=cast.project.pk), as_of=NOW)
    return found


def judge(cast: Cast, verdict: str, *, days: int | None = 100) -> None:
    """Write a judgement so many days before go-live."""
    planned = None if days is None else TODAY + timedelta(days=days)
    make_snapshot(project=cast.project, verdict=verdict, go_live_date=planned)


def ask(cast: Cast) -> AcceptanceRequest:
    """Ask the sponsor now to accept a risk."""
    until = NOW + timedelta(days=20)
    return ask_to_accept(cast, until=until, requested_at=NOW, recorded_at=NOW)


def accepted(cast: Cast, *, until: datetime, key: str = "UX-01") -> Acceptance:
    """Let the sponsor have accepted a risk yesterday, until a moment."""
    at = NOW - timedelta(days=1)
    terms = {"gate_key": "G3", "criterion_key": key, "recorded_at": at}
    return accept(cast, at=at, until=until, **terms)


class TestUpgradesOf:
    def test_needs_nobody_while_nothing_presses(self, cast: Cast) -> None:
        judge(cast, Verdict.NO_GO)
        assert (only(cast).needs_executive, only(cast).reasons) == (False, [])

    @pytest.mark.parametrize(
        ("days", "words"),
        [
            (28, "No-go 28 days before go-live: decide about the date"),
            (1, "No-go 1 day before go-live: decide about the date"),
            (-3, "No-go, and the date has passed: decide what happens now"),
        ],
    )
    def test_needs_an_executive_at_no_go_near_the_date(
        self, cast: Cast, days: int, words: str
    ) -> None:
        judge(cast, Verdict.NO_GO, days=days)
        assert only(cast).reasons == [(words, DATE)]

    @pytest.mark.parametrize(
        ("verdict", "days"),
        [
            (Verdict.NO_GO, 29),
            (Verdict.NO_GO, None),
            (Verdict.CONDITIONAL, 3),
            (Verdict.GO, 3),
            (Verdict.NOT_OPEN, 3),
        ],
    )
    def test_does_not_cry_wolf(self, cast: Cast, verdict: str, days: int | None) -> None:
        judge(cast, verdict, days=days)
        assert not only(cast).needs_executive

    def test_needs_an_executive_for_an_answer(self, cast: Cast) -> None:
        ask(cast)
        assert only(cast).reasons == [("1 risk waits for an executive's answer", RISKS)]

    def test_needs_an_executive_when_an_acceptance_ends_soon(self, cast: Cast) -> None:
        accepted(cast, until=NOW + timedelta(days=7))
        assert only(cast).reasons == [("1 accepted risk ends within a week", RISKS)]

    def test_counts_a_criterion_by_its_last_acceptance(self, cast: Cast) -> None:
        accepted(cast, until=NOW + timedelta(days=2))
        accepted(cast, until=NOW + timedelta(days=20))
        assert not only(cast).needs_executive

    def test_counts_no_acceptance_that_ended_or_was_taken_back(self, cast: Cast) -> None:
        accepted(cast, until=NOW - timedelta(hours=1))
        taken_back = accepted(cast, until=NOW + timedelta(days=2), key="UX-02")
        AcceptanceWithdrawal.objects.create(
            organisation=cast.client,
            project=cast.project,
            acceptance=taken_back,
            reason="Not needed any more.",
            withdrawn_by=cast.sponsor,
            withdrawn_at=NOW,
        )
        assert not only(cast).needs_executive

    def test_asks_nothing_of_anybody_once_closed(self, cast: Cast) -> None:
        judge(cast, Verdict.NO_GO, days=3)
        Project.objects.filter(pk=cast.project.pk).update(phase=Phase.CLOSED)
        assert (only(cast).needs_executive, only(cast).reasons) == (False, [])

    def test_puts_what_needs_an_executive_before_worse_verdicts(self, cast: Cast) -> None:
        judge(cast, Verdict.CONDITIONAL)
        ask(cast)
        other = make_project(organisation=cast.client, name="worse")
        make_snapshot(project=other, verdict=Verdict.NO_GO)
        found = upgrades_of(Project.objects.filter(organisation=cast.client), as_of=NOW)
        assert [each.line.name for each in found] == [cast.project.name, "worse"]


class TestIsExecutive:
    def test_is_the_clients_sponsor_or_steering_and_nobody_else(self, cast: Cast) -> None:
        assert is_executive(cast.sponsor)
        assert not is_executive(cast.project_manager)
        assert not is_executive(cast.stranger)

    def test_is_never_a_partner_whatever_the_role(self, db: None) -> None:
        partner = make_user(organisation=make_organisation(kind="PARTNER"))
        join(project=make_project(), user=partner, role=Role.CONSULTANT)
        assert not is_executive(partner)
