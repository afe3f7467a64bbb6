"""What keeps accounts: invitations, resets, the security log, second factors."""

from datetime import timedelta

from governance.models import ApiToken, AuthenticatorReset, Invitation, SecurityEvent
from governance.services.tokens import hash_of_secret
from tests.authorisation.people import Cast
from tests.authorisation.stock import Stock
from tests.factors import give_app, give_passkey
from tests.signing import LATER


def fill(cast: Cast, stocks: dict[str, Stock]) -> None:
    """Write one of each for every client; everybody has an app and a passkey."""
    for user in cast.users.values():
        give_app(user)
        give_passkey(user)
    for place, each in stocks.items():
        tenant = place[0]
        prefix = "" if tenant == "a" else "b_"
        organisation = cast.clients[tenant]
        administrator = cast.users[f"{prefix}administrator"]
        each.keep(
            "invitation",
            Invitation.objects.create(
                organisation=organisation,
                project=each.project,
                role="BUSINESS_USER",
                email=f"new.{place}@example.com",
                name="Newcomer",
                secret_hash=hash_of_secret(secret_of(place)),
                invited_by=administrator,
                expires_at=LATER + timedelta(days=3),
            ),
        )
        ApiToken.objects.create(
            user=each.deputy,
            name="Of the deputy",
            prefix="rgt_deputy",
            secret_hash=hash_of_secret(f"deputy of {place}"),
            scopes=["READ"],
            expires_at=LATER + timedelta(days=9),
        )
        AuthenticatorReset.objects.create(
            organisation=organisation,
            account=cast.users[f"{prefix}data_owner"],
            reset_by=administrator,
            reason="Lost",
            reset_at=LATER - timedelta(hours=2),
            holds_until=LATER + timedelta(hours=22),
        )
        SecurityEvent.objects.create(
            organisation=organisation,
            project=each.project,
            kind="REFUSED",
            actor=each.lead,
            account=each.lead,
            address="192.0.2.7",
            terms={"what": f"event {place}"},
        )


def secret_of(place: str) -> str:
    """Return the secret of a place's invitation."""
    return f"invitation-secret-of-{place}".ljust(43, "x")
