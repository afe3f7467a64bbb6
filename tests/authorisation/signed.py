"""What is signed in a project of the world, and who signs there in an owner's place."""

import json
from datetime import timedelta
from typing import Any

from governance.choices import AnchorKind, SignoffAct, SignoffKind
from governance.models import (
    Anchor,
    BusinessProcess,
    Checkpoint,
    Delegation,
    DelegationEnd,
    RecordCheck,
    Signoff,
    User,
)
from governance.services.accounts import Credentials
from governance.services.signoffs import evidence_hash_of
from readiness.metrics.evidence import process_evidence
from readiness.models import Policy
from readiness.policy.hashing import canonical_json, digest_of
from readiness.services.documents import (
    Document,
    Word,
    project_document,
    scope_document,
    sign_document,
)
from readiness.services.signing import Statement, sign_evidence
from tests.authorisation import notices
from tests.authorisation.stock import Stock
from tests.factories import EARLY, PASSWORD
from tests.factors import code_of, give_app
from tests.signing import LATER


def fill(stock: Stock) -> None:
    """Write a delegation that holds, one that was ended, and what people were told."""
    notices.fill(stock)
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


def sign(stock: Stock) -> None:
    """Sign for real, in person: a scope, and refuse evidence and the closure of testing.

    Both agree by it that a signature binds; its receipt left the house, and the record was
    verified.
    """
    other = BusinessProcess.objects.select_related("project").get(
        project=stock.project, code__startswith="20"
    )
    scope = scope_document(other, as_of=LATER)
    signed = _declare(scope, signer=stock.owner, act=SignoffAct.SIGNED)
    stock.keep("signoff", signed)
    _refuse(stock)
    closure = project_document(stock.project, kind=SignoffKind.CLOSURE, as_of=LATER)
    _declare(closure, signer=stock.sponsor, act=SignoffAct.REFUSED)
    newest = Checkpoint.objects.filter(project=stock.project).latest("size")
    Anchor.objects.create(
        **stock.scope, checkpoint=newest, kind=AnchorKind.RECEIPT, account=stock.owner
    )
    Anchor.objects.create(
        **stock.scope,
        checkpoint=newest,
        kind=AnchorKind.TIMESTAMP,
        authority="Authority",
        token="AAAA",  # noqa: S106 - an answer of a time stamp authority
    )
    RecordCheck.objects.create(**stock.scope, is_sound=False, size=1, reason="Torn")
    RecordCheck.objects.create(**stock.scope, is_sound=True, size=newest.size)
    for signer in (stock.owner, stock.sponsor):
        give_app(signer)  # whoever asks signs with the same code


def _refuse(stock: Stock) -> None:
    """Let the owner refuse the evidence of the process that is asked for."""
    process: Any = BusinessProcess.objects.select_related("project").get(
        pk=stock.rows["process"].pk
    )
    bodies = process_evidence(project_ids=[stock.project.pk], as_of=LATER, process_ids=[process.pk])
    sign_evidence(
        process=process,
        signer=stock.owner,
        statement=Statement(
            act=SignoffAct.REFUSED,
            shown_hash=evidence_hash_of(bodies[process.pk]),
            reason="Reversals were never tried",
        ),
        credentials=_typed(stock.owner),
        as_of=LATER,
    )


def _typed(signer: User) -> Credentials:
    return Credentials(PASSWORD, code_of(signer, at=LATER), agreed=True)


def _declare(document: Document, *, signer: User, act: SignoffAct) -> Signoff:
    reason = "Not before Porto has tested" if act != SignoffAct.SIGNED else ""
    return sign_document(
        document,
        signer=signer,
        word=Word(act=act, shown_hash=evidence_hash_of(document.body), reason=reason),
        credentials=_typed(signer),
        as_of=LATER,
    )


def offer_policy() -> None:
    """Ship a newer policy, which asks for less: every project can be judged by it from now on."""
    old = Policy.objects.get(organisation=None)
    body = json.loads(old.body)
    body["version"] += 1
    body["gates"][0]["criteria"][0]["target"] = 90
    text = canonical_json(body)
    Policy.objects.create(
        key=old.key, version=old.version + 1, name=old.name, body=text, body_hash=digest_of(text)
    )
