"""No row leads to another client's, whatever the code around it does; on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from governance.models import Decision, Participation
from governance.models.tenancy import AddConstraints, SameTenant
from tests.factories import make_process, make_run, make_scenario
from tests.people import Cast, make_cast
from uat.models import Scenario

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@contextmanager
def refused() -> Iterator[None]:
    """Do something, ask for the keys as the end of a transaction would, and take it back."""
    with transaction.atomic():
        yield
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)


class TestSameTenant:
    def test_refuses_a_parent_of_another_project(self, cast: Cast) -> None:
        foreign = make_process(project=cast.other_project)
        own = make_process(project=cast.project)
        with refused():
            type(own).objects.filter(pk=own.pk).update(parent=foreign)

    def test_refuses_a_row_that_moves_to_another_project_with_its_children_left(
        self, cast: Cast
    ) -> None:
        scenario = make_scenario(project=cast.project)
        make_run(scenario=scenario)
        with refused():
            Scenario.objects.filter(pk=scenario.pk).update(
                project=cast.other_project, organisation=cast.other_client
            )

    def test_refuses_an_organisation_that_is_not_the_projects(self, cast: Cast) -> None:
        own = make_process(project=cast.project)
        with refused():
            type(own).objects.filter(pk=own.pk).update(organisation=cast.other_client)

    def test_refuses_an_owner_of_another_client(self, cast: Cast) -> None:
        own = make_process(project=cast.project)
        with refused():
            type(own).objects.filter(pk=own.pk).update(owner=cast.other_sponsor)

    def test_lets_a_link_be_empty(self, cast: Cast) -> None:
        own = make_process(project=cast.project)
        type(own).objects.filter(pk=own.pk).update(owner=None, parent=None)
        connection.check_constraints()

    def test_tells_itself_from_another(self) -> None:
        one = SameTenant(link="a", tenant="project", name="a_and_b_share")
        assert one == SameTenant(link="a", tenant="project", name="a_and_b_share")
        assert one != SameTenant(link="a", tenant="organisation", name="a_and_b_share")
        assert one != "a_and_b_share"


class TestAddConstraints:
    def test_says_what_it_does_and_writes_itself_down(self) -> None:
        keys = {"participation": [SameTenant(link="a", tenant="b", name="a_and_b_share")]}
        operation = AddConstraints(keys)
        assert operation.deconstruct() == ("AddConstraints", (), {"constraints": keys})
        assert operation.describe() == "Add 1 constraints to 1 tables"


class TestLinesBetweenTwoRows:
    def test_join_rows_of_one_project_only(self, cast: Cast) -> None:
        foreign = make_process(project=cast.other_project)
        decision = Decision.objects.create(
            organisation=cast.client,
            project=cast.project,
            code="D-1",
            title="Which",
            raised_at=foreign.recorded_at,
        )
        with pytest.raises(IntegrityError, match="both rows must be of one project"):
            decision.blocked_processes.add(foreign)


class TestRowsThatStay:
    def test_an_account_is_never_deleted(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError, match="a row stays"):
            type(cast.stranger).objects.filter(pk=cast.stranger.pk)._raw_delete("default")

    @pytest.mark.parametrize("name", ["organisation_id", "kind", "email", "public_id"])
    def test_an_account_stays_who_it_is(self, cast: Cast, name: str) -> None:
        values = {
            "organisation_id": cast.other_client.pk,
            "kind": "PARTNER",
            "email": "somebody.else@example.com",
            "public_id": "00000000-0000-4000-8000-000000000000",
        }
        accounts = type(cast.stranger).objects.filter(pk=cast.stranger.pk)
        with pytest.raises(IntegrityError, match="is fixed for good"):
            accounts.update(**{name: values[name]})

    def test_an_organisation_keeps_its_kind(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError, match="is fixed for good"):
            type(cast.partner).objects.filter(pk=cast.partner.pk).update(kind="CLIENT")

    def test_a_role_is_ended_and_not_rewritten(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError, match="is fixed for good"):
            Participation.objects.filter(user=cast.auditor).update(role="SPONSOR")


class TestParticipation:
    @pytest.mark.parametrize(
        ("who", "role"),
        [("consultant", "SPONSOR"), ("stranger", "CONSULTANT"), ("other_sponsor", "AUDITOR")],
    )
    def test_refuses_a_role_of_the_wrong_organisation(
        self, cast: Cast, who: str, role: str
    ) -> None:
        with pytest.raises(IntegrityError, match="a partner takes part as consultant"):
            Participation.objects.create(
                organisation=cast.client, project=cast.project, user=getattr(cast, who), role=role
            )
