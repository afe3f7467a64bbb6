"""Risks are accepted by name, for a time, by somebody who may."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from governance.models import ProjectMark, User
from governance.services.marks import mark_projects
from governance.services.signoffs import EvidenceChanged
from readiness.metrics.risks import FROM_SIGNATURES
from readiness.models import Acceptance, AcceptanceWithdrawal
from readiness.services.acceptances import AcceptanceRefused
from readiness.services.policies import adopt_policy
from readiness.services.risks import RiskTerms
from tests.factories import NOW, join, make_person, make_run, make_scenario, make_user
from tests.people import Cast, make_cast
from tests.questions import accept
from tests.risks import accept_in_person, end_in_person, judge_anew, shown_of, terms_of
from uat.models import Scenario

pytestmark = pytest.mark.django_db
UNTIL = NOW + timedelta(days=20)


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    adopt_policy(project=cast.project)
    return cast


def _terms(cast: Cast, **fields: Any) -> RiskTerms:
    judge_anew(cast.project)
    return terms_of(cast.project, **({"until": UNTIL} | fields))


def _accept(cast: Cast, terms: RiskTerms | None = None, **people: User) -> Acceptance:
    return accept_in_person(cast, terms or _terms(cast), at=NOW, judge=False, **people)


class TestAcceptRisk:
    def test_writes_who_accepted_what_until_when_and_marks_the_project(self, cast: Cast) -> None:
        terms = _terms(cast)
        before = ProjectMark.objects.get(project=cast.project).version
        row = _accept(cast, terms)
        assert (row.approver_name, row.approver_role) == ("Sponsor", "Sponsor")
        assert str(row) == "UX-01 until 2026-06-21"
        assert ProjectMark.objects.get(project=cast.project).version > before

    def test_is_a_signature_over_what_was_shown_and_the_terms(self, cast: Cast) -> None:
        row = _accept(cast)
        assert row.signature is not None
        covered = json.loads(row.signature.evidence)
        assert (row.signature.kind, row.signature.act) == ("ACCEPTANCE", "SIGNED")
        assert row.signature.subject_id == row.public_id
        assert covered["criterion"]["key"] == "UX-01"
        assert covered["policy"]["key"] == "erp-upgrade"
        assert covered["go_live_date"] == str(cast.project.go_live_date)
        assert covered["terms"]["control"] == row.control
        assert covered["measured"] == {"done": 0, "due": 0, "value": None}
        assert row.signature.entry is not None

    def test_covers_no_figure_that_is_counted_from_signatures(self, cast: Cast) -> None:
        row = _accept(cast, _terms(cast, criterion_key="UX-17"))
        assert row.signature is not None
        covered = json.loads(row.signature.evidence)
        assert covered["criterion"]["metric"] in FROM_SIGNATURES
        assert covered["measured"] is None

    def test_stores_nothing_when_the_figure_changed_while_it_was_read(self, cast: Cast) -> None:
        terms = _terms(cast)
        make_run(scenario=make_scenario(project=cast.project))
        judge_anew(cast.project)
        with pytest.raises(EvidenceChanged):
            _accept(cast, terms)
        assert not Acceptance.objects.exists()

    def test_waits_while_the_project_is_being_judged_again(self, cast: Cast) -> None:
        terms = _terms(cast)
        mark_projects(project_ids=[cast.project.pk])
        with pytest.raises(AcceptanceRefused, match="being judged again"):
            _accept(cast, terms)

    @pytest.mark.parametrize("link", ["account", "email", "alias"])
    def test_is_refused_to_a_second_account_of_whoever_asked(self, cast: Cast, link: str) -> None:
        address = "ann+board@mills.example" if link == "alias" else "chair@mills.example"
        chair = make_user(organisation=cast.client, email=address)
        join(project=cast.project, user=chair, role="STEERING")
        twin = make_user(organisation=cast.client, email="ann@mills.example")
        if link == "account":
            make_person(project=cast.project, account=chair, email=twin.email)
        if link == "email":
            make_person(project=cast.project, account=twin, email=chair.email)
        with pytest.raises(AcceptanceRefused, match="themselves"):
            _accept(cast, requester=twin, approver=chair)

    def test_names_the_untested_scenarios(self, cast: Cast) -> None:
        scenario = Scenario.objects.create(
            organisation=cast.client, project=cast.project, code="S1", title="Run"
        )
        row = _accept(cast, _terms(cast, scenario_ids=[scenario.pk]))
        assert [str(link) for link in row.scenarios.all()] == [f"{row.pk} {scenario.pk}"]

    def test_extends_by_a_new_row(self, cast: Cast) -> None:
        first = _accept(cast)
        second = _accept(cast, _terms(cast, extends=first))
        assert second.extends == first
        assert Acceptance.objects.count() == 2

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"reason": " "}, "reason"),
            ({"control": ""}, "instead"),
            ({"until": NOW}, "end after it starts"),
            ({"until": NOW + timedelta(days=181)}, "180 days"),
            ({"until": datetime(2026, 9, 12, tzinfo=UTC)}, "60 days after"),
            ({"criterion_key": "UX-99"}, "no criterion UX-99"),
            ({"gate_key": "G9"}, "no criterion UX-01 at G9"),
            ({"scenario_ids": [987654]}, "do not belong"),
        ],
    )
    def test_is_refused_with_a_reason(
        self, cast: Cast, fields: dict[str, Any], sentence: str
    ) -> None:
        known: dict[str, Any] = {"gate_key": "G3", "criterion_key": "UX-01"}
        with pytest.raises(AcceptanceRefused, match=sentence):
            _accept(cast, _terms(cast, shown=shown_of(cast.project, **known), **fields))
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
            _accept(cast, _terms(cast, extends=first))

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
        end = end_in_person(row, by=cast.sponsor, at=NOW)
        assert str(end) == str(row.pk)
        assert Acceptance.objects.filter(pk=row.pk).exists()
        assert end.signature is not None
        assert (end.signature.act, end.signature.subject_id) == ("WITHDRAWN", row.public_id)
        assert end.signature.reason == end.reason

    def test_ends_one_that_is_older_than_the_record(self, cast: Cast) -> None:
        row = accept(cast, at=NOW, until=UNTIL)
        assert end_in_person(row, by=cast.sponsor, at=NOW).signature is not None

    def test_is_refused_without_a_reason_or_twice(self, cast: Cast) -> None:
        row = _accept(cast)
        with pytest.raises(AcceptanceRefused, match="why"):
            end_in_person(row, by=cast.sponsor, at=NOW, reason="")
        end_in_person(row, by=cast.sponsor, at=NOW)
        with pytest.raises(AcceptanceRefused, match="before"):
            end_in_person(row, by=cast.sponsor, at=NOW)

    def test_is_refused_to_whoever_is_no_executive(self, cast: Cast) -> None:
        row = _accept(cast)
        for account in (cast.process_owner, cast.consultant):
            with pytest.raises(AcceptanceRefused, match=r"executive|sponsor"):
                end_in_person(row, by=account, at=NOW)
        assert not AcceptanceWithdrawal.objects.exists()
