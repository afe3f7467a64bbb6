"""Who answers for the processes in scope."""

import pytest
from django.db import IntegrityError, connection, transaction

from governance.choices import OrganisationKind
from governance.models import BusinessProcess, Ownership, User
from tests.factories import EARLY, make_organisation, make_process, make_project, make_user
from tests.measuring import share_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def process() -> BusinessProcess:
    return make_process(project=make_project())


def _own(process: BusinessProcess, owner: User | None, deputy: User | None) -> None:
    Ownership.objects.create(
        organisation_id=process.organisation_id,
        project_id=process.project_id,
        process=process,
        owner=owner,
        deputy=deputy,
        assigned_at=EARLY,
        recorded_at=EARLY,
    )
    BusinessProcess.objects.filter(pk=process.pk).update(owner=owner, deputy=deputy)


def _users(process: BusinessProcess) -> list[User]:
    return [make_user(organisation=process.organisation) for _ in range(2)]


class TestPutOwners:
    def test_asks_an_owner_and_a_deputy(self, process: BusinessProcess) -> None:
        project = process.project
        owner, deputy = _users(process)
        assert share_of(project, "own.po_assigned_pct") == (0, 1)
        _own(process, owner, None)
        assert share_of(project, "own.po_assigned_pct") == (0, 1)
        assert share_of(project, "heat.owner", process_id=process.pk) == (1, 2)
        _own(process, owner, deputy)
        assert share_of(project, "own.po_assigned_pct") == (1, 1)
        assert share_of(project, "heat.owner", process_id=process.pk) == (2, 2)

    def test_does_not_count_an_account_that_was_closed(self, process: BusinessProcess) -> None:
        owner, deputy = _users(process)
        _own(process, owner, deputy)
        User.objects.filter(pk=deputy.pk).update(is_active=False)
        assert share_of(process.project, "own.po_assigned_pct") == (0, 1)

    def test_asks_only_at_the_level_that_is_owned(self, process: BusinessProcess) -> None:
        make_process(project=process.project, parent=process, accountable=process)
        make_process(project=process.project, in_scope=False)
        assert share_of(process.project, "own.po_assigned_pct") == (0, 1)

    def test_finds_no_partner_to_count_since_none_can_be_named(
        self, process: BusinessProcess
    ) -> None:
        partner = make_organisation(kind=OrganisationKind.PARTNER)
        stranger = make_user(organisation=partner)
        with transaction.atomic():
            BusinessProcess.objects.filter(pk=process.pk).update(owner=stranger)
            with pytest.raises(IntegrityError):
                connection.check_constraints()
            transaction.set_rollback(True)
