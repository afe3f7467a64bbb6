"""Asking for a risk to be accepted, and answering in person."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from governance.models import Notice, Signoff
from governance.services.accounts import Credentials, IdentityNotProved
from governance.services.signoffs import EvidenceChanged
from readiness.models import Acceptance, AcceptanceAnswer, AcceptanceRequest
from readiness.services.acceptances import AcceptanceRefused
from readiness.services.policies import adopt_policy
from readiness.services.requests import (
    Declined,
    RiskAnswer,
    RiskWish,
    decline_request,
    end_of,
    grant_request,
    request_acceptance,
)
from readiness.services.risks import Shown
from tests.factories import NOW, PASSWORD, join, make_project, make_scenario, make_user
from tests.factors import code_of
from tests.people import Cast, make_cast
from tests.risks import judge_anew, shown_of

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 7, 1)
GRANTED_AT = NOW + timedelta(hours=1)


@pytest.fixture
def cast() -> Cast:
    """Return everybody, with the policy that ships."""
    found = make_cast()
    adopt_policy(project=found.project)
    return found


def asked(cast: Cast, *, by: str = "project_manager", **fields: Any) -> AcceptanceRequest:
    """Ask the sponsor to accept UX-01."""
    terms: dict[str, Any] = {
        "gate_key": "G3",
        "criterion_key": "UX-01",
        "reason": "The bank interface comes later.",
        "control": "Payments are released by hand.",
        "until": UNTIL,
        "asked": cast.sponsor,
    }
    return request_acceptance(
        project=cast.project,
        wish=RiskWish(**(terms | fields)),
        requester=getattr(cast, by),
        requested_at=NOW,
    )


def answer_of(request: AcceptanceRequest, **fields: Any) -> RiskAnswer:
    """Return an executive's yes to what is shown of a request now."""
    said: dict[str, Any] = {"reason": "We carry it.", "control": "By hand.", "until": UNTIL}
    fields.setdefault("shown", shown_of(request.project, asked=request))
    return RiskAnswer(**(said | fields))


def granted(cast: Cast, request: AcceptanceRequest, **fields: Any) -> Acceptance:
    """Judge, then let the sponsor accept what was asked."""
    judge_anew(cast.project)
    terms: dict[str, Any] = {"approver": cast.sponsor, "accepted_at": GRANTED_AT} | fields
    answer = terms.pop("answer", {})
    code = code_of(terms["approver"], at=terms["accepted_at"])
    terms.setdefault("credentials", Credentials(PASSWORD, code))
    return grant_request(request=request, answer=answer_of(request, **answer), **terms)


def declined(cast: Cast, request: AcceptanceRequest, **fields: Any) -> AcceptanceAnswer:
    """Let the sponsor say no."""
    by = fields.get("by", cast.sponsor)
    shown = shown_of(request.project, asked=request)
    return decline_request(
        request=request,
        words=Declined(reason=fields.get("reason", "No"), shown=fields.get("shown", shown)),
        declined_by=by,
        credentials=Credentials(PASSWORD, code_of(by, at=NOW)),
        declined_at=NOW,
    )


class TestRequestAcceptance:
    def test_accepts_nothing_by_itself(self, cast: Cast) -> None:
        request = asked(cast)
        assert (request.asked, request.requester) == (cast.sponsor, cast.project_manager)
        notice = Notice.objects.get()
        assert (notice.kind, notice.account, notice.is_urgent) == ("RISK_ASKED", cast.sponsor, True)
        assert not Acceptance.objects.exists()

    @pytest.mark.parametrize(
        ("by", "fields", "sentence"),
        [
            ("consultant", {}, "client's own people"),
            ("auditor", {}, "client's own people"),
            ("sponsor", {}, "own request"),
            ("project_manager", {"criterion_key": "UX-99"}, "no criterion UX-99"),
            ("project_manager", {"gate_key": "G9"}, "no criterion UX-01"),
        ],
    )
    def test_refuses_what_cannot_be_asked(
        self, cast: Cast, by: str, fields: dict[str, Any], sentence: str
    ) -> None:
        with pytest.raises(AcceptanceRefused, match=sentence):
            asked(cast, by=by, **fields)
        assert not AcceptanceRequest.objects.exists()

    def test_refuses_to_ask_somebody_who_may_not_accept(self, cast: Cast) -> None:
        for name in ("process_owner", "consultant", "other_sponsor"):
            with pytest.raises(AcceptanceRefused, match="neither sponsor nor steering"):
                asked(cast, asked=getattr(cast, name))


class TestGrantRequest:
    def test_writes_the_acceptance_and_its_answer_together(self, cast: Cast) -> None:
        request = asked(cast)
        acceptance = granted(cast, request)
        assert not Notice.objects.unread().exists()
        assert (acceptance.requester, acceptance.approver) == (cast.project_manager, cast.sponsor)
        assert AcceptanceAnswer.objects.get(request=request).acceptance == acceptance
        assert acceptance.expires_at == end_of(UNTIL, project=cast.project)

    def test_writes_nothing_without_the_password(self, cast: Cast) -> None:
        request = asked(cast)
        with pytest.raises(IdentityNotProved):
            granted(cast, request, credentials=Credentials("wrong"))
        assert not Acceptance.objects.exists()

    def test_answers_once(self, cast: Cast) -> None:
        request = asked(cast)
        granted(cast, request)
        with pytest.raises(AcceptanceRefused, match="answered before"):
            granted(cast, request)
        assert Acceptance.objects.count() == 1

    def test_leaves_the_request_open_when_the_acceptance_is_refused(self, cast: Cast) -> None:
        request = asked(cast)
        late = {"until": date(2026, 5, 1)}
        with pytest.raises(AcceptanceRefused, match="end after it starts"):
            granted(cast, request, answer=late)
        assert not AcceptanceAnswer.objects.exists()
        with pytest.raises(AcceptanceRefused, match="Only an executive"):
            granted(cast, request, approver=cast.consultant)

    def test_is_never_given_by_the_one_who_asked(self, cast: Cast) -> None:
        both = make_user(organisation=cast.client)
        join(project=cast.project, user=both, role="STEERING")
        request = request_acceptance(
            project=cast.project,
            wish=RiskWish(
                gate_key="G3",
                criterion_key="UX-01",
                reason="Why",
                control="How",
                until=UNTIL,
                asked=cast.sponsor,
            ),
            requester=both,
            requested_at=NOW,
        )
        with pytest.raises(AcceptanceRefused, match="raised themselves"):
            granted(cast, request, approver=both)

    def test_names_the_scenarios_it_covers(self, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        acceptance = granted(cast, asked(cast), answer={"scenario_ids": [scenario.pk]})
        assert [row.scenario for row in acceptance.scenarios.all()] == [scenario]


class TestDeclineRequest:
    def test_keeps_the_reason(self, cast: Cast) -> None:
        request = asked(cast)
        row = declined(cast, request, reason=" Test it. ")
        assert (row.reason, row.acceptance) == ("Test it.", None)

    def test_is_a_refusal_on_record_over_the_request(self, cast: Cast) -> None:
        request = asked(cast)
        declined(cast, request, reason="Test it.")
        act = Signoff.objects.get()
        assert (act.act, act.kind, act.subject_id) == ("REFUSED", "ACCEPTANCE", request.public_id)
        assert (act.reason, json.loads(act.evidence)["asked"]["id"]) == (
            "Test it.",
            str(request.public_id),
        )

    def test_stores_nothing_when_something_else_had_been_shown(self, cast: Cast) -> None:
        request = asked(cast)
        with pytest.raises(EvidenceChanged):
            declined(cast, request, shown=Shown(shown_hash="0" * 64))
        assert not AcceptanceAnswer.objects.exists()

    @pytest.mark.parametrize(
        ("name", "reason", "sentence"),
        [
            ("sponsor", " ", "Say why"),
            ("process_owner", "No", "Only the sponsor"),
            ("consultant", "No", "Only the sponsor"),
        ],
    )
    def test_refuses_a_bare_no_and_whoever_may_not(
        self, cast: Cast, name: str, reason: str, sentence: str
    ) -> None:
        request = asked(cast)
        with pytest.raises(AcceptanceRefused, match=sentence):
            declined(cast, request, reason=reason, by=getattr(cast, name))

    def test_does_not_come_after_a_yes(self, cast: Cast) -> None:
        request = asked(cast)
        granted(cast, request)
        with pytest.raises(AcceptanceRefused, match="answered before"):
            declined(cast, request)


class TestEndOf:
    def test_is_the_last_instant_in_the_projects_own_zone(self) -> None:
        project = make_project(time_zone="Asia/Tokyo")
        last = datetime(2026, 7, 1, 14, 59, 59, 999999, tzinfo=UTC)
        assert end_of(UNTIL, project=project) == last


@pytest.mark.both_engines
class TestTables:
    def row(self, cast: Cast, **fields: Any) -> AcceptanceRequest:
        """Return a request that is written past the service."""
        terms: dict[str, Any] = {
            "organisation": cast.client,
            "project": cast.project,
            "gate_key": "G3",
            "criterion_key": "UX-01",
            "reason": "Why",
            "control": "How",
            "wanted_until_date": UNTIL,
            "requester": cast.project_manager,
            "asked": cast.sponsor,
            "requested_at": NOW,
        }
        return AcceptanceRequest(**(terms | fields))

    def test_refuse_asking_oneself(self, cast: Cast) -> None:
        with pytest.raises(DatabaseError, match="nobody_asks_themselves"), transaction.atomic():
            self.row(cast, asked=cast.project_manager).save()

    def test_refuse_a_request_without_a_control(self, cast: Cast) -> None:
        with pytest.raises(DatabaseError, match="reason_and_control"), transaction.atomic():
            self.row(cast, control="").save()

    def test_refuse_a_partner(self, cast: Cast) -> None:
        for field in ("requester", "asked"):
            with pytest.raises(DatabaseError, match="only an account"), transaction.atomic():
                self.row(cast, **{field: cast.consultant}).save()

    def test_refuse_a_bare_no(self, cast: Cast) -> None:
        request = asked(cast)
        with pytest.raises(DatabaseError, match="declined_request"), transaction.atomic():
            AcceptanceAnswer.objects.create(
                organisation=cast.client,
                project=cast.project,
                request=request,
                answered_by=cast.sponsor,
                answered_at=NOW,
            )
