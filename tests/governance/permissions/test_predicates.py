"""Who may do what: every role of the client, the partner, another client, somebody outside."""

import pytest
from pytest_django import DjangoAssertNumQueries

from governance.choices import Role
from governance.models import BusinessProcess, Decision
from governance.permissions import (
    Seat,
    may_accept_risk,
    may_appoint,
    may_ask_for_acceptance,
    may_decide,
    may_import,
    may_import_into,
    may_move_date,
    may_raise,
    may_record_runs,
    may_report_metric,
    may_report_status,
    may_rule,
    may_sign,
    seat_of,
    seats_of,
)
from tests.factories import NOW, join, make_process, make_user
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def seat(cast: Cast, name: str) -> Seat:
    """Return somebody's seat in the first project."""
    return seat_of(getattr(cast, name), project=cast.project)


class TestSeatOf:
    def test_holds_the_roles_of_this_project_only(self, cast: Cast) -> None:
        assert seat(cast, "sponsor").roles == {Role.SPONSOR}
        assert seat_of(cast.sponsor, project=cast.other_project).roles == frozenset()

    def test_forgets_a_role_that_ended(self, cast: Cast) -> None:
        cast.sponsor.participations.update(ended_at=NOW)
        assert not may_accept_risk(seat(cast, "sponsor"))

    def test_is_asked_for_many_projects_by_one_query(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            seats = seats_of(cast.sponsor, projects=[cast.other_project, cast.project])
        assert [each.roles for each in seats] == [frozenset(), {Role.SPONSOR}]


class TestPartner:
    @pytest.mark.parametrize("role", [Role.SPONSOR, Role.PROJECT_MANAGER, Role.TEST_LEAD])
    def test_gains_nothing_by_a_role_meant_for_the_client(self, cast: Cast, role: str) -> None:
        held = Seat(cast.consultant, cast.project, frozenset({role}))
        for may in (
            may_import,
            may_appoint,
            may_move_date,
            may_report_status,
            may_ask_for_acceptance,
            may_accept_risk,
        ):
            assert not may(held), may.__name__
        assert not may_report_metric(held, [role])

    def test_records_and_raises(self, cast: Cast) -> None:
        held = seat(cast, "consultant")
        assert may_record_runs(held)
        assert may_raise(held)

    def test_never_signs_even_where_a_row_names_it_owner(self, cast: Cast) -> None:
        process = BusinessProcess(project=cast.project, owner=cast.consultant)
        assert not may_sign(seat(cast, "consultant"), process)


class TestAuditor:
    def test_looks_on_and_does_nothing(self, cast: Cast) -> None:
        held = seat(cast, "auditor")
        for may in (may_record_runs, may_raise, may_import, may_ask_for_acceptance, may_appoint):
            assert not may(held), may.__name__


class TestMayDecide:
    def decision(self, cast: Cast, **fields: object) -> Decision:
        """Return a decision of the first project."""
        return Decision.objects.create(
            organisation=cast.client,
            project=cast.project,
            code="D-1",
            title="Which?",
            raised_at=NOW,
            **fields,
        )

    def test_is_the_named_decider_alone(self, cast: Cast) -> None:
        decision = self.decision(cast, decider=cast.process_owner)
        assert may_decide(seat(cast, "process_owner"), decision)
        assert not may_decide(seat(cast, "sponsor"), decision)

    def test_falls_to_an_executive_where_nobody_is_named(self, cast: Cast) -> None:
        decision = self.decision(cast)
        assert may_decide(seat(cast, "sponsor"), decision)
        assert not may_decide(seat(cast, "project_manager"), decision)

    def test_is_never_a_partner_even_when_named(self, cast: Cast) -> None:
        decision = Decision(project=cast.project, decider=cast.consultant)
        assert not may_decide(seat(cast, "consultant"), decision)


class TestMayRule:
    def test_is_an_owner_or_deputy_of_what_rests_on_it(self, cast: Cast) -> None:
        process = make_process(
            project=cast.project, owner=cast.process_owner, deputy=cast.business_user
        )
        assert may_rule(seat(cast, "process_owner"), [process])
        assert may_rule(seat(cast, "business_user"), [process])
        assert not may_rule(seat(cast, "sponsor"), [process])

    def test_falls_to_an_executive_where_nobody_owns(self, cast: Cast) -> None:
        assert may_rule(seat(cast, "sponsor"), [make_process(project=cast.project)])
        assert not may_rule(seat(cast, "process_owner"), [])


class TestMaySign:
    def test_is_owner_or_deputy_and_nobody_above_them(self, cast: Cast) -> None:
        process = make_process(
            project=cast.project, owner=cast.process_owner, deputy=cast.business_user
        )
        assert may_sign(seat(cast, "process_owner"), process)
        assert may_sign(seat(cast, "business_user"), process)
        assert not may_sign(seat(cast, "sponsor"), process)


class TestMayReportMetric:
    def test_is_whoever_answers_for_it_and_the_project_manager(self, cast: Cast) -> None:
        lead = make_user(organisation=cast.client)
        join(project=cast.project, user=lead, role=Role.TEST_LEAD)
        assert may_report_metric(seat_of(lead, project=cast.project), [Role.TEST_LEAD])
        assert may_report_metric(seat(cast, "project_manager"), [Role.TEST_LEAD])
        assert not may_report_metric(seat(cast, "business_user"), [Role.TEST_LEAD])


class TestMayImport:
    def test_is_the_leads_of_the_client(self, cast: Cast) -> None:
        assert may_import(seat(cast, "project_manager"))
        assert not may_import(seat(cast, "sponsor"))
        assert not may_import(seat(cast, "business_user"))
        assert not may_import(seat(cast, "stranger"))


class TestMayImportInto:
    def test_is_the_leads_in_a_project_and_an_administrator_without_one(self, cast: Cast) -> None:
        administrator = make_user(organisation=cast.client, is_administrator=True)
        assert may_import_into(cast.project_manager, project=cast.project)
        assert not may_import_into(cast.project_manager, project=None)
        assert not may_import_into(administrator, project=cast.project)
        assert may_import_into(administrator, project=None)

    def test_is_never_a_partners_administrator(self, cast: Cast) -> None:
        administrator = make_user(organisation=cast.partner, is_administrator=True)
        assert not may_import_into(administrator, project=None)
