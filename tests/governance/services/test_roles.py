"""Giving and ending roles: who may, to whom, and how often."""

import pytest
from django.db import IntegrityError, transaction

from governance.choices import Role, SecurityEventKind
from governance.models import Participation, Project, ProjectMark, SecurityEvent, User
from governance.permissions import seat_of
from governance.services.administering import AdministrationRefused
from governance.services.roles import RoleRefused, admit_consultant, end_role, give_role
from tests.factories import NOW, make_user
from tests.people import Cast, make_cast

LATER = NOW.replace(hour=15)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def admin(cast: Cast) -> User:
    """Return who administers the first client."""
    return make_user(organisation=cast.client, name="Admin", is_administrator=True)


def give(cast: Cast, admin: User, account: User, role: str = Role.TEST_LEAD) -> Participation:
    return give_role(project=cast.project, account=account, role=role, given_by=admin, given_at=NOW)


class TestGiveRole:
    def test_counts_from_the_next_request_on(self, cast: Cast, admin: User) -> None:
        assert not Project.objects.visible_to(cast.stranger).exists()
        row = give(cast, admin, cast.stranger)
        assert (row.given_by, row.started_at) == (admin, NOW)
        assert seat_of(cast.stranger, project=cast.project).roles == {Role.TEST_LEAD}
        assert Project.objects.visible_to(cast.stranger).get() == cast.project

    def test_is_on_the_security_log_and_marks_the_project(self, cast: Cast, admin: User) -> None:
        before = ProjectMark.objects.get(project=cast.project).version
        give(cast, admin, cast.stranger)
        event = SecurityEvent.objects.get(kind=SecurityEventKind.ROLE_GIVEN)
        assert (event.account, event.actor, event.project) == (cast.stranger, admin, cast.project)
        assert event.terms == {"role": "TEST_LEAD"}
        assert ProjectMark.objects.get(project=cast.project).version == before + 1

    def test_is_refused_the_second_time(self, cast: Cast, admin: User) -> None:
        with pytest.raises(RoleRefused, match="already"):
            give(cast, admin, cast.sponsor, Role.SPONSOR)

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.CONSULTANT])
    def test_never_lets_a_partner_act_for_the_business(
        self, cast: Cast, admin: User, role: str
    ) -> None:
        with pytest.raises(RoleRefused, match="never acts for the business"):
            give(cast, admin, cast.consultant, role)

    def test_lets_no_partner_in_that_does_not_work_on_the_project(
        self, cast: Cast, admin: User
    ) -> None:
        cast.project.partners.clear()
        guest = make_user(organisation=cast.partner)
        with pytest.raises(RoleRefused, match="does not work on the project"):
            give(cast, admin, guest, Role.CONSULTANT)

    def test_takes_nobody_of_another_client(self, cast: Cast, admin: User) -> None:
        with pytest.raises(RoleRefused, match="own accounts"):
            give(cast, admin, cast.other_sponsor, Role.SPONSOR)

    def test_makes_no_consultant_of_the_clients_own(self, cast: Cast, admin: User) -> None:
        with pytest.raises(RoleRefused, match="works for a partner"):
            give(cast, admin, cast.stranger, Role.CONSULTANT)

    def test_takes_no_closed_account_and_no_made_up_role(self, cast: Cast, admin: User) -> None:
        gone = make_user(organisation=cast.client, is_active=False)
        with pytest.raises(RoleRefused, match="closed"):
            give(cast, admin, gone)
        with pytest.raises(RoleRefused, match="one of the roles"):
            give(cast, admin, cast.stranger, "EMPEROR")

    def test_is_nobodys_to_take(self, cast: Cast, admin: User) -> None:
        with pytest.raises(RoleRefused, match="to themselves"):
            give(cast, admin, admin, Role.SPONSOR)

    def test_is_for_the_administrator_of_that_client_alone(self, cast: Cast, admin: User) -> None:
        others = [
            make_user(organisation=cast.other_client, is_administrator=True),
            make_user(organisation=cast.partner, is_administrator=True),
            make_user(organisation=cast.client, is_administrator=True, is_active=False),
            cast.sponsor,
        ]
        for other in others:
            with pytest.raises(AdministrationRefused):
                give(cast, other, cast.stranger)
        User.objects.filter(pk=admin.pk).update(is_administrator=False)
        with pytest.raises(AdministrationRefused):
            give(cast, admin, cast.stranger)
        assert not Participation.objects.filter(user=cast.stranger).exists()

    def test_is_held_once_in_the_database_too(self, cast: Cast) -> None:
        row = Participation.objects.get(user=cast.sponsor)
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


class TestEndRole:
    def test_counts_from_the_next_request_on(self, cast: Cast, admin: User) -> None:
        row = Participation.objects.get(user=cast.process_owner)
        end_role(participation=row, ended_by=admin, ended_at=LATER)
        row.refresh_from_db()
        assert (row.ended_at, row.ended_by) == (LATER, admin)
        assert not Project.objects.visible_to(cast.process_owner).exists()
        event = SecurityEvent.objects.get(kind=SecurityEventKind.ROLE_ENDED)
        assert (event.account, event.actor) == (cast.process_owner, admin)

    def test_can_be_given_again(self, cast: Cast, admin: User) -> None:
        row = Participation.objects.get(user=cast.process_owner)
        end_role(participation=row, ended_by=admin, ended_at=LATER)
        give(cast, admin, cast.process_owner, Role.PROCESS_OWNER)
        assert Participation.objects.of_user(cast.process_owner).count() == 2

    def test_happens_once(self, cast: Cast, admin: User) -> None:
        row = Participation.objects.get(user=cast.process_owner)
        end_role(participation=row, ended_by=admin, ended_at=LATER)
        with pytest.raises(RoleRefused, match="ended already"):
            end_role(participation=row, ended_by=admin, ended_at=LATER)

    def test_is_for_the_client_and_for_the_consultants_own_partner(
        self, cast: Cast, admin: User
    ) -> None:
        partners = make_user(organisation=cast.partner, is_administrator=True)
        foreign = make_user(organisation=cast.other_client, is_administrator=True)
        consultant = Participation.objects.get(user=cast.consultant)
        with pytest.raises(AdministrationRefused):
            end_role(participation=consultant, ended_by=foreign, ended_at=LATER)
        sponsor = Participation.objects.get(user=cast.sponsor)
        with pytest.raises(AdministrationRefused):
            end_role(participation=sponsor, ended_by=partners, ended_at=LATER)
        end_role(participation=consultant, ended_by=partners, ended_at=LATER)
        consultant.refresh_from_db()
        assert consultant.ended_by == partners


class TestAdmitConsultant:
    def test_finds_an_account_of_a_partner_by_its_exact_address(
        self, cast: Cast, admin: User
    ) -> None:
        guest = make_user(organisation=cast.partner, email="guest@integrators.example")
        row = admit_consultant(
            project=cast.project,
            email=" Guest@Integrators.example ",
            admitted_by=admin,
            admitted_at=NOW,
        )
        assert (row.user, row.role, row.given_by) == (guest, Role.CONSULTANT, admin)

    def test_says_the_same_whoever_has_the_address(self, cast: Cast, admin: User) -> None:
        make_user(organisation=cast.partner, email="gone@partner.example", is_active=False)
        said = set()
        for email in (
            "nobody@example.com",
            cast.other_sponsor.email,
            cast.stranger.email,
            "gone@partner.example",
        ):
            with pytest.raises(RoleRefused) as refused:
                admit_consultant(
                    project=cast.project, email=email, admitted_by=admin, admitted_at=NOW
                )
            said.add((str(refused.value), refused.value.field))
        assert len(said) == 1

    def test_is_not_for_the_partner(self, cast: Cast) -> None:
        partners = make_user(organisation=cast.partner, is_administrator=True)
        guest = make_user(organisation=cast.partner)
        with pytest.raises(AdministrationRefused, match="The client decides"):
            admit_consultant(
                project=cast.project, email=guest.email, admitted_by=partners, admitted_at=NOW
            )
