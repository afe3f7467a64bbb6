"""The cast: two clients, one partner that works for both, and somebody who sees nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from governance.choices import OrganisationKind, Role
from governance.models import Organisation, Project, SignatureAgreement, User
from governance.services.agreements import WORDING
from tests.factories import join, make_organisation, make_project, make_user


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody a permission test needs."""

    client: Organisation
    other_client: Organisation
    partner: Organisation
    project: Project
    other_project: Project
    sponsor: User
    project_manager: User
    process_owner: User
    business_user: User
    consultant: User
    auditor: User
    other_sponsor: User
    stranger: User

    @property
    def administrator(self) -> User:
        """Return who administers the first client; made when first asked for."""
        found = User.objects.administrators_of(self.client.pk).first()
        return found or make_user(
            organisation=self.client, name="Administrator", is_administrator=True
        )

    @property
    def guest(self) -> User:
        """Return a second consultant of the partner, who takes part in nothing."""
        found = User.objects.filter(email="guest@integrators.example").first()
        return found or make_user(
            organisation=self.partner, name="Guest", email="guest@integrators.example"
        )


def make_cast() -> Cast:
    """Return two clients with a project each; the consultant works for the first only.

    Everybody of the first client who takes part agreed that a signature binds.
    """
    client = make_organisation(name="Northwind Mills")
    other = make_organisation(name="Harbour Foods")
    partner = make_organisation(name="Integrators", kind=OrganisationKind.PARTNER)
    project = make_project(organisation=client)
    other_project = make_project(organisation=other)
    project.partners.add(partner)
    roles = {
        "sponsor": Role.SPONSOR,
        "project_manager": Role.PROJECT_MANAGER,
        "process_owner": Role.PROCESS_OWNER,
        "business_user": Role.BUSINESS_USER,
        "auditor": Role.AUDITOR,
    }
    people = {name: make_user(organisation=client, name=name.title()) for name in roles}
    for name, role in roles.items():
        join(project=project, user=people[name], role=role)
    agree_all(people.values())
    consultant = make_user(organisation=partner, name="Consultant")
    join(project=project, user=consultant, role=Role.CONSULTANT)
    other_sponsor = make_user(organisation=other, name="Other Sponsor")
    join(project=other_project, user=other_sponsor, role=Role.SPONSOR)
    return Cast(
        client=client,
        other_client=other,
        partner=partner,
        project=project,
        other_project=other_project,
        consultant=consultant,
        other_sponsor=other_sponsor,
        stranger=make_user(organisation=client, name="Stranger"),
        **people,
    )


def agree_all(people: Iterable[User]) -> None:
    """Write that accounts agreed that their signatures bind."""
    SignatureAgreement.objects.bulk_create(
        SignatureAgreement(account=each, organisation=each.organisation, wording=WORDING)
        for each in people
    )


def make_shared_partner_cast() -> Cast:
    """Return the cast with a consultant who works for both clients, and must choose one."""
    cast = make_cast()
    cast.other_project.partners.add(cast.partner)
    join(project=cast.other_project, user=cast.consultant, role=Role.CONSULTANT)
    return cast


def acting_for(user: User, client: Organisation) -> User:
    """Return the account of a partner as it acts for a client."""
    user.acting_for_id = client.pk
    return user
