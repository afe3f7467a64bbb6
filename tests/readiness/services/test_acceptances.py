"""Risks are accepted by name, for a time, by somebody who may."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from governance.models import ProjectMark, User
from readiness.models import Acceptance
from readiness.services.acceptances import (
    AcceptanceRefused,
    RiskTerms,
    accept_risk,
    withdraw_acceptance,
)
from tests.factories import NOW, make_policy
from tests.people import Cast, make_cast
from uat.models import Scenario

pytestmark = pytest.mark.django_db
TERMS = RiskTerms(
    gate_key="G3",
    criterion_key="UX-01",
    reason="The bank interface comes later",
    control="Payments are keyed in by hand",
    expires_at=NOW + timedelta(days=20),
)


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    make_policy(project=cast.project)
    return cast


def _accept(cast: Cast, terms: RiskTerms = TERMS, **people: User) -> Acceptance:
    return accept_risk(
        project=cast.project,
        terms=terms,
        requester=people.get("requester", cast.process_owner),
        approver=people.get("approver", cast.sponsor),
        accepted_at=NOW,
    )


class TestAcceptRisk:
    def test_writes_who_accepted_what_until_when_and_marks_the_project(self, cast: Cast) -> None:
        before = ProjectMark.objects.get(project=cast.project).version
        row = _accept(cast)
        assert (row.approver_name, row.approver_role) == ("Sponsor", "Sponsor")
        assert str(row) == "UX-01 until 2026-06-21"
        assert ProjectMark.objects.get(project=cast.project).version == before + 1

    def test_names_the_untested_scenarios(self, cast: Cast) -> None:
        scenario = Scenario.objects.create(
            organisation=cast.client, project=cast.project, code="S1", title="Run"
        )
        row = _accept(cast, replace(TERMS, scenario_ids=[scenario.pk]))
        assert [str(link) for link in row.scenarios.all()] == [f"{row.pk} {scenario.pk}"]

    def test_extends_by_a_new_row(self, cast: Cast) -> None:
        first = _accept(cast)
        second = _accept(cast, replace(TERMS, extends=first))
        assert second.extends == first
        assert Acceptance.objects.count() == 2

    @pytest.mark.parametrize(
        ("terms", "sentence"),
        [
            (replace(TERMS, reason=" "), "reason"),
            (replace(TERMS, control=""), "instead"),
            (replace(TERMS, expires_at=NOW), "end after it starts"),
            (replace(TERMS, expires_at=NOW + timedelta(days=181)), "180 days"),
            (replace(TERMS, expires_at=datetime(2026, 9, 12, tzinfo=UTC)), "60 days after"),
            (replace(TERMS, criterion_key="UX-99"), "no criterion UX-99"),
            (replace(TERMS, gate_key="G9"), "no criterion UX-01 at G9"),
            (replace(TERMS, scenario_ids=[987654]), "do not belong"),
        ],
    )
    def test_is_refused_with_a_reason(self, cast: Cast, terms: RiskTerms, sentence: str) -> None:
        with pytest.raises(AcceptanceRefused, match=sentence):
            _accept(cast, terms)
        assert not Acceptance.objects.exists()

    def test_is_refused_to_everybody_but_an_executive_of_the_client(self, cast: Cast) -> None:
        for approver in (cast.consultant, cast.other_sponsor, cast.business_user, cast.stranger):
            with pytest.raises(AcceptanceRefused):
                _accept(cast, approver=approver)

    def test_is_refused_when_requester_and_approver_are_one(self, cast: Cast) -> None:
        with pytest.raises(AcceptanceRefused, match="themselves"):
            _accept(cast, requester=cast.sponsor)

    def test_is_refused_when_a_partner_asks(self, cast: Cast) -> None:
        with pytest.raises(AcceptanceRefused, match="partner"):
            _accept(cast, requester=cast.consultant)

    def test_is_refused_when_it_extends_something_else(self, cast: Cast) -> None:
        first = _accept(cast)
        first.criterion_key = "UX-02"
        with pytest.raises(AcceptanceRefused, match="extension"):
            _accept(cast, replace(TERMS, extends=first))

    def test_is_refused_by_the_database_too(self, cast: Cast) -> None:
        for field, value, name in (
            ("approver_kind", "PARTNER", "a_partner_never_accepts_a_risk"),
            ("requester", cast.sponsor, "nobody_accepts_the_risk_they_asked_for"),
            ("expires_at", NOW, "an_acceptance_expires_after_it_starts"),
            ("control", "", "an_acceptance_has_reason_and_control"),
        ):
            row = Acceptance(
                organisation=cast.client,
                project=cast.project,
                gate_key="G3",
                criterion_key="UX-01",
                reason="r",
                control="c",
                requester=cast.process_owner,
                approver=cast.sponsor,
                approver_kind="CLIENT",
                approver_name="Sponsor",
                approver_role="Sponsor",
                accepted_at=NOW,
                expires_at=NOW + timedelta(days=1),
            )
            setattr(row, field, value)
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                row.save()


class TestWithdrawAcceptance:
    def test_ends_it_with_a_reason_and_keeps_the_row(self, cast: Cast) -> None:
        row = _accept(cast)
        end = withdraw_acceptance(
            acceptance=row, withdrawn_by=cast.sponsor, reason="Tested now", withdrawn_at=NOW
        )
        assert str(end) == str(row.pk)
        assert Acceptance.objects.filter(pk=row.pk).exists()

    def test_is_refused_without_a_reason_or_twice(self, cast: Cast) -> None:
        row = _accept(cast)
        with pytest.raises(AcceptanceRefused, match="why"):
            withdraw_acceptance(
                acceptance=row, withdrawn_by=cast.sponsor, reason="", withdrawn_at=NOW
            )
        withdraw_acceptance(
            acceptance=row, withdrawn_by=cast.sponsor, reason="Tested", withdrawn_at=NOW
        )
        with pytest.raises(AcceptanceRefused, match="before"):
            withdraw_acceptance(
                acceptance=row, withdrawn_by=cast.sponsor, reason="Tested", withdrawn_at=NOW
            )
