"""Who asks: an account that came in by a session or a token, for one client; or nobody."""

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client

from governance.choices import OrganisationKind, Role, Scope
from governance.models import ApiToken, User
from governance.services.tokens import hash_of_secret
from tests.authorisation.people import CLIENT_ROLES, A, B, Cast
from tests.signing import LATER

BOTH = (Scope.READ, Scope.PUSH)
# Over REST one account of each kind of role is enough; the pages see every role.
TOKEN_ROLES = (
    *(Role.SPONSOR, Role.PROJECT_MANAGER, Role.PROCESS_OWNER, Role.TEST_LEAD),
    *(Role.IT, Role.FINANCE, Role.BUSINESS_USER, Role.AUDITOR),
)
NEIGHBOURS = ("administrator", "other_lead", "stranger", "former", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who asks: an account, how it came in, and what it may reach.

    `reach` names the projects it takes part in for the client it works for now; `home` is
    the project whose rows it calls its own; `works_for` says whose names it may read.
    """

    name: str
    pk: int = 0
    tenant: str = A
    kind: str = OrganisationKind.CLIENT
    home: str = "a1"
    reach: frozenset[str] = frozenset()
    works_for: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    is_administrator: bool = False
    is_in: bool = True
    cookie: str = ""
    secret: str = ""
    scopes: tuple[str, ...] = ()

    @property
    def is_partner(self) -> bool:
        """Say whether the account is a partner's, which never acts for the business."""
        return self.kind == OrganisationKind.PARTNER

    @property
    def speaks_by_token(self) -> bool:
        """Say whether it comes with a token instead of a session."""
        return bool(self.secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How an account comes in: for which client, by a session or by a token with scopes."""

    name: str
    client: str = ""
    scopes: tuple[Scope, ...] | None = None
    state: str = ""

    @property
    def label(self) -> str:
        """Return what the actor is called in messages."""
        if self.scopes is None:
            return self.name
        scopes = "+".join(self.scopes).lower() or "none"
        return f"{self.name} token({scopes}{f' {self.state}' if self.state else ''})"


SESSIONS = (
    *(Entry(name=role.lower()) for role in CLIENT_ROLES),
    *(Entry(name=name) for name in NEIGHBOURS),
    *(Entry(name=name) for name in ("b_sponsor", "b_process_owner", "b_administrator")),
    Entry(name="consultant", client=A),
    *(Entry(name="shared", client=client) for client in (A, B, "")),
    Entry(name="partner_administrator", client=A),
    Entry(name="idle"),
)
TOKENS = (
    *(Entry(name=role.lower(), scopes=BOTH) for role in TOKEN_ROLES),
    *(Entry(name=name, scopes=BOTH) for name in NEIGHBOURS),
    *(
        Entry(name=name, scopes=BOTH)
        for name in ("b_project_manager", "b_process_owner", "b_administrator")
    ),
    Entry(name="consultant", client=A, scopes=BOTH),
    *(Entry(name="shared", client=client, scopes=BOTH) for client in (A, B)),
    Entry(name="idle", scopes=BOTH),
    *(
        Entry(name="project_manager", scopes=scopes)
        for scopes in ((Scope.READ,), (Scope.PUSH,), ())
    ),
    *(Entry(name="project_manager", scopes=BOTH, state=state) for state in ("revoked", "expired")),
)


def actors_of(cast: Cast) -> list[Actor]:
    """Let everybody in; then close the account that is closed, so that its session is left."""
    found = [_actor(cast, entry) for entry in (*SESSIONS, *TOKENS)]
    User.objects.filter(pk=cast.users["closed"].pk).update(is_active=False)
    return [*found, Actor(name="anonymous", is_in=False)]


def _actor(cast: Cast, entry: Entry) -> Actor:
    user, by_token = cast.users[entry.name], entry.scopes is not None
    tenant = entry.client or (B if user.organisation_id == cast.clients[B].pk else A)
    held = user.participations.filter(ended_at__isnull=True)
    return Actor(
        name=f"{entry.label}@{entry.client}" if user.is_partner else entry.label,
        pk=user.pk,
        tenant=tenant,
        kind=user.kind,
        home="a2" if entry.name == "other_lead" else f"{tenant}1",
        reach=_reach(cast, entry.name, entry.client),
        works_for=_clients(cast, entry.name),
        roles=frozenset(held.values_list("role", flat=True)),
        is_administrator=user.is_administrator,
        is_in=entry.name != "closed" and not entry.state,
        cookie="" if by_token else _session(cast, entry.name, entry.client),
        secret=_token(cast, entry) if by_token else "",
        scopes=entry.scopes or (),
    )


def _reach(cast: Cast, name: str, client: str) -> frozenset[str]:
    """Return which projects an account reaches for the client it works for now."""
    user = cast.users[name]
    if name == "closed" or (user.is_partner and not client):
        return frozenset()
    held = set(
        user.participations.filter(ended_at__isnull=True).values_list("project_id", flat=True)
    )
    return frozenset(
        place
        for place, project in cast.projects.items()
        if (project.pk in held and (not client or place[0] == client))
        or (
            user.is_administrator
            and not user.is_partner
            and project.organisation_id == user.organisation_id
        )
    )


def _clients(cast: Cast, name: str) -> frozenset[str]:
    """Return under which owner the names of the clients stand that an account works for."""
    held = cast.users[name].participations.filter(ended_at__isnull=True)
    organisations = set(held.values_list("organisation_id", flat=True))
    return frozenset(f"{code}n" for code, each in cast.clients.items() if each.pk in organisations)


def _session(cast: Cast, name: str, client: str) -> str:
    browser = Client()
    browser.force_login(cast.users[name], backend="governance.middleware.AccountBackend")
    session = browser.session
    if client:
        session["client"] = cast.clients[client].pk
    session.save()
    return str(session.session_key)


def _token(cast: Cast, entry: Entry) -> str:
    scopes = entry.scopes or ()
    secret = f"rgt_{entry.name}-{entry.client}-{'-'.join(scopes)}-{entry.state}".ljust(40, "x")
    ApiToken.objects.create(
        user=cast.users[entry.name],
        client=cast.clients[entry.client] if entry.client else None,
        name=entry.label,
        prefix=secret[:10],
        secret_hash=hash_of_secret(secret),
        scopes=list(scopes),
        expires_at=LATER + timedelta(days=-1 if entry.state == "expired" else 90),
        last_used_at=LATER,
        revoked_at=LATER - timedelta(days=1) if entry.state == "revoked" else None,
    )
    return secret
