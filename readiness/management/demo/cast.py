"""The organisations of the demo and the accounts that act in it."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from governance.choices import OrganisationKind, Role
from governance.models import Invitation, Organisation, Participation, Project, User
from governance.services.accounts import DEMO_PASSWORD
from governance.services.invitations import LIFE, secret_of
from governance.services.tokens import hash_of_secret

CLIENT = ("Halden Pumps", "halden")
PARTNER = ("Corvane Consulting", "corvane")
OTHER_CLIENT = ("Fjordline Foods", "fjordline")

# name, e-mail, role in every project; the first eight are offered at the demo's door.
CLIENT_ACCOUNTS = (
    ("Ingrid Halvorsen", "sponsor@halden.example", Role.SPONSOR),
    ("Jonas Berg", "pm@halden.example", Role.PROJECT_MANAGER),
    ("Marta Kowal", "owner@halden.example", Role.PROCESS_OWNER),
    ("Lars Nygaard", "testlead@halden.example", Role.TEST_LEAD),
    ("Paula Costa", "tester@halden.example", Role.BUSINESS_USER),
    ("Simon Fjeld", "auditor@halden.example", Role.AUDITOR),
    ("Henrik Strand", "steering@halden.example", Role.STEERING),
    ("Clara Ruud", "change@halden.example", Role.CHANGE_LEAD),
    ("Nils Moen", "data@halden.example", Role.DATA_OWNER),
    ("Eirik Lund", "it@halden.example", Role.IT),
    ("Sigrid Dahl", "finance@halden.example", Role.FINANCE),
    ("Marek Wilk", "security@halden.example", Role.SECURITY),
)
OWNER_NAMES = (
    "Anton Graff", "Rita Ferreira", "Oskar Tveit", "Wanda Sikora", "Mats Holm", "Elena Rocha",
    "Gustav Aune", "Petra Nowak", "Rui Tavares",
)  # fmt: skip
MANAGER_NAMES = (
    "Karin Eide", "Tomas Sand", "Joana Pinto", "Viktor Haug", "Zofia Borowski", "Emil Krog",
    "Lena Skog", "Bruno Dias", "Ulla Myhre",
)  # fmt: skip
CONSULTANTS = (
    ("Casper Vale", "consultant@corvane.example"),
    ("Dana Rook", "dana.rook@corvane.example"),
    ("Iris Pell", "iris.pell@corvane.example"),
    ("Owen Tarn", "owen.tarn@corvane.example"),
)
DEMO_DOOR = 6
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
SECRET_LENGTH = 32


@dataclass(slots=True)
class Cast:
    """Everybody who acts in the demo."""

    client: Organisation
    partner: Organisation
    other_client: Organisation
    leads: dict[Role, User]
    owners: list[User]
    managers: list[User]
    consultants: list[User]
    other_sponsor: User

    @property
    def sponsor(self) -> User:
        """Return the client's sponsor."""
        return self.leads[Role.SPONSOR]

    @property
    def project_manager(self) -> User:
        """Return the client's project manager."""
        return self.leads[Role.PROJECT_MANAGER]


def bring_cast() -> Cast:
    """Write the organisations and accounts; who signs, administers or visits gets an app."""
    client = Organisation.objects.create(
        name=CLIENT[0], slug=CLIENT[1], kind=OrganisationKind.CLIENT
    )
    partner = Organisation.objects.create(
        name=PARTNER[0], slug=PARTNER[1], kind=OrganisationKind.PARTNER
    )
    other = Organisation.objects.create(
        name=OTHER_CLIENT[0], slug=OTHER_CLIENT[1], kind=OrganisationKind.CLIENT
    )
    secret = make_password(DEMO_PASSWORD)
    leads = {
        role: _account(client, name, email, secret, at_door=number < DEMO_DOOR)
        for number, (name, email, role) in enumerate(CLIENT_ACCOUNTS)
    }
    owners = [leads[Role.PROCESS_OWNER], *_named(client, OWNER_NAMES, secret)]
    managers = _named(client, MANAGER_NAMES, secret)
    consultants = [
        _account(partner, name, email, secret, at_door=number == 0)
        for number, (name, email) in enumerate(CONSULTANTS)
    ]
    visitor = _account(other, "Olga Reker", "sponsor@fjordline.example", secret, at_door=True)
    administrators = [leads[Role.SPONSOR].pk, visitor.pk]
    User.objects.filter(pk__in=administrators).update(is_administrator=True)
    for account in [leads[Role.SPONSOR], leads[Role.STEERING], *owners, *consultants, visitor]:
        TOTP.activate(account, totp_secret(account))
    return Cast(client, partner, other, leads, owners, managers, consultants, visitor)


def invite_somebody(cast: Cast, project: Project, *, now: datetime) -> Invitation:
    """Leave one invitation open that no mail goes out for."""
    row = Invitation(
        organisation=cast.client,
        project=project,
        role=Role.TEST_LEAD,
        name="Nora Lindqvist",
        email="nora.lindqvist@halden.example",
        invited_by=cast.sponsor,
        expires_at=now + LIFE,
    )
    row.secret_hash = hash_of_secret(secret_of(row))
    row.save(force_insert=True)
    return row


def join_project(cast: Cast, project: Project, *, started_at: datetime) -> None:
    """Give everybody their role in a project of the client."""
    project.partners.add(cast.partner)
    roles = [(user, role) for role, user in cast.leads.items()]
    roles += [(user, Role.PROCESS_OWNER) for user in cast.owners[1:]]
    roles += [(user, Role.DEPARTMENT_MANAGER) for user in cast.managers]
    roles += [(user, Role.CONSULTANT) for user in cast.consultants]
    Participation.objects.bulk_create(
        Participation(
            organisation_id=project.organisation_id,
            project=project,
            user=user,
            role=role,
            started_at=started_at,
        )
        for user, role in roles
    )


def _named(organisation: Organisation, names: tuple[str, ...], secret: str) -> list[User]:
    return [
        _account(organisation, name, f"{name.lower().replace(' ', '.')}@halden.example", secret)
        for name in names
    ]


def _account(
    organisation: Organisation, name: str, email: str, secret: str, *, at_door: bool = False
) -> User:
    return User.objects.create(
        organisation=organisation,
        kind=organisation.kind,
        name=name,
        email=email,
        password=secret,
        is_demo=at_door,
        time_zone="Europe/Oslo",
    )


def totp_secret(user: User) -> str:
    """Return a secret that is the same at each load; it guards nothing outside the demo."""
    start = sum(user.email.encode())
    return "".join(LETTERS[(start + index * 11) % len(LETTERS)] for index in range(SECRET_LENGTH))
