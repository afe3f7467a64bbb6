"""What is signed in a project of the world, and who signs there in an owner's place."""

from datetime import timedelta
from typing import Any

from governance.choices import AuthenticationMethod, SignoffAct
from governance.models import Delegation, DelegationEnd, Signoff
from tests.authorisation.stock import Stock
from tests.factories import EARLY
from tests.signing import LATER


def fill(stock: Stock) -> None:
    """Write a delegation that holds, one that was ended, and a refusal with its reason."""
    given = {
        **stock.scope,
        "process": stock.rows["process"],
        "starts_at": EARLY,
        "ends_at": LATER + timedelta(days=5),
        "reason": "On leave",
        "appointed_by": stock.sponsor,
        "appointed_at": EARLY,
    }
    stock.keep("delegation", Delegation.objects.create(**given, delegate=stock.lead))
    over = Delegation.objects.create(**given, delegate=stock.owner)
    DelegationEnd.objects.create(
        **stock.scope, delegation=over, reason="Back", ended_by=stock.sponsor, ended_at=EARLY
    )
    process: Any = stock.rows["process"]
    refused = Signoff.objects.create(
        **stock.scope,
        process=process,
        act=SignoffAct.REFUSED,
        meaning="Meant",
        reason="Untested",
        evidence="{}",
        evidence_hash="0" * 64,
        signer=stock.owner,
        signer_kind=stock.owner.kind,
        signer_name=stock.owner.name,
        signer_organisation_name="Client",
        authority="Owner",
        authentication=AuthenticationMethod.PASSWORD_TOTP,
        signed_at=LATER - timedelta(days=3),
    )
    stock.keep("signoff", refused)
