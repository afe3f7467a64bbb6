"""Charters for tests: written, and signed as the sponsor would."""

from typing import Any

from governance.choices import Power, SignoffAct, SignoffKind
from governance.models import Charter, Signoff, User
from governance.record.canonical import sha256_of
from governance.services.charters import Powers, charter_body, write_charter
from governance.services.signoffs import Declaration, Exhibit, Subject, sign
from tests.factories import NOW
from tests.people import Cast
from tests.signing import proof_of

ALL = frozenset(Power)


def make_charter(cast: Cast, *, granted: frozenset[Power] = ALL, **fields: Any) -> Charter:
    """Return a charter for the cast's project manager, written by the sponsor."""
    reason = "" if granted >= ALL else "The steering decides that."
    manager = fields.pop("project_manager", cast.project_manager)
    powers = Powers(project_manager=manager, granted=granted, withheld_reason=reason)
    fields = {"written_by": cast.sponsor, "written_at": NOW, **fields}
    return write_charter(project=cast.project, powers=powers, **fields)


def sign_charter(
    charter: Charter, *, sponsor: User, act: SignoffAct = SignoffAct.SIGNED
) -> Signoff:
    """Return the sponsor's word on a charter."""
    body = charter_body(charter)
    return sign(
        subject=Subject.of_project(charter.project),
        signer=sponsor,
        declaration=Declaration(
            act=act,
            kind=SignoffKind.CHARTER,
            reason="" if act == SignoffAct.SIGNED else "Too much.",
        ),
        exhibit=Exhibit(body=body, shown_hash=sha256_of(body)),
        proof=proof_of(sponsor),
    )


def make_signed_charter(cast: Cast, *, granted: frozenset[Power] = ALL) -> Charter:
    """Return a charter that holds."""
    charter = make_charter(cast, granted=granted)
    sign_charter(charter, sponsor=cast.sponsor)
    return charter
