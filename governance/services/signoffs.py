"""Sign, refuse or withdraw: the one door through which a signature is written."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import AuthenticationMethod, RecordKind, SignoffAct
from governance.models import AuthenticatorReset, BusinessProcess, Project, Signoff, User
from governance.record.checkpoints import receipt_of
from governance.record.keys import RecordKeyMissing
from governance.record.log import About, Deed, append_all
from governance.services.accounts import Proof
from governance.services.agreements import agree, has_agreed
from governance.services.entitlement import (
    Entitlement,
    SignoffRefused,
    Subject,
    entitlement_of,
)
from governance.services.marks import mark_projects
from governance.services.meanings import MEANINGS, Meaning, meaning_of
from governance.services.receipts import ask_for_receipts
from governance.services.statements import (
    Declaration,
    EvidenceChanged,
    Exhibit,
    Rehearsed,
    Statement,
    evidence_hash_of,
)

__all__ = [
    "MEANINGS",
    "Declaration",
    "EvidenceChanged",
    "Exhibit",
    "Meaning",
    "SignoffRefused",
    "Statement",
    "Subject",
    "check_act",
    "evidence_hash_of",
    "meaning_of",
    "sign",
]


@transaction.atomic
def sign(
    *,
    subject: Subject,
    signer: User,
    declaration: Declaration,
    exhibit: Exhibit,
    proof: Proof,
) -> Signoff:
    """Write one act over a document, its place in the record and its receipt.

    The moment is the database's. Call it in the transaction in which the exhibit was read.

    :raises EvidenceChanged: the evidence, the wording or the statement differs from what the
        signer was shown.
    :raises SignoffRefused: the signer may not, never agreed that a signature binds, or the
        evidence does not allow it.
    :raises Rehearsed: the proof is a rehearsal's; nothing is written.
    """
    subject = _locked(subject)
    entitlement = check_act(
        subject=subject, signer=signer, declaration=declaration, exhibit=exhibit
    )
    statement = Statement(
        subject=subject,
        signer=signer,
        declaration=declaration,
        exhibit=exhibit,
        entitlement=entitlement,
        seed=proof.seed,
    )
    _check_proof(statement, proof)
    mark_projects(project_ids=[subject.project.pk])
    return _written(statement, proof)


def _check_proof(statement: Statement, proof: Proof) -> None:
    """Let a proof count for exactly this account and this statement, once.

    A password is typed into the page that is signed; a passkey and a provider are asked after
    it, about the statement as it was then.

    :raises EvidenceChanged: it is not what the proof was given for.
    :raises SignoffRefused: somebody else proved, no agreement, or this was signed before.
    :raises Rehearsed: nothing was proved.
    """
    if proof.account_id != statement.signer.pk:
        raise SignoffRefused(_("Somebody else proved who they are."))
    if not (proof.agreed or has_agreed(statement.signer)):
        raise SignoffRefused(_("Agree first that your signature binds you."))
    if proof.is_rehearsal:
        raise Rehearsed(statement)
    if (proof.method == AuthenticationMethod.PASSKEY) != (proof.assertion is not None):
        raise SignoffRefused(_("Somebody else proved who they are."))
    if proof.method == AuthenticationMethod.PASSWORD_TOTP:
        return
    if proof.statement_hash != statement.digest:
        raise EvidenceChanged(_("What you were asked to prove is no longer what stands here."))
    before = Signoff.objects.over(statement.subject.public_id, kind=statement.declaration.kind)
    if before.filter(statement=statement.text).exists():
        raise SignoffRefused(_("This is on record already."))


def check_act(
    *, subject: Subject, signer: User, declaration: Declaration, exhibit: Exhibit
) -> Entitlement:
    """Return what entitles the signer to the act at this moment; nothing is written.

    :raises EvidenceChanged: the evidence or the wording differs from what the signer was shown.
    :raises SignoffRefused: the signer may not, or the evidence does not allow it.
    """
    entitlement = entitlement_of(signer, subject=subject, kind=declaration.kind)
    shown = declaration.shown_meaning
    if evidence_hash_of(exhibit.body) != exhibit.shown_hash:
        message = _("The evidence changed while you were reading it. Look at it again, then sign.")
        raise EvidenceChanged(message)
    if shown and shown != declaration.meaning.key:
        message = _("The wording of the declaration changed. Read it again, then sign.")
        raise EvidenceChanged(message)
    newest = Signoff.objects.over(subject.public_id, kind=declaration.kind).newest_first().first()
    if declaration.act == SignoffAct.SIGNED:
        _check_evidence(signer, exhibit, newest)
    else:
        _check_taking_back(declaration, newest, exhibit)
    return entitlement


def _locked(subject: Subject) -> Subject:
    """Return the subject as it is now; nobody else signs the same meanwhile."""
    if subject.process is None:
        Project.objects.select_for_update(of=("self",)).get(pk=subject.project.pk)
        return subject
    held = BusinessProcess.objects.select_for_update(of=("self",)).select_related("project")
    return replace(subject, process=held.get(pk=subject.process.pk))


def _check_evidence(signer: User, exhibit: Exhibit, newest: Signoff | None) -> None:
    if exhibit.being_judged:
        message = _(
            "Something changed and the project is being judged again. Sign when it is done."
        )
        raise SignoffRefused(message)
    if exhibit.gap:
        raise SignoffRefused(exhibit.gap)
    if exhibit.is_empty:
        message = _("There is nothing to sign yet: nobody of the business has run a scenario here.")
        raise SignoffRefused(message)
    if exhibit.tester_ids == frozenset({signer.pk}):
        message = _("You ran every counted test yourself. Somebody else has to test or to sign.")
        raise SignoffRefused(message)
    signed = newest is not None and newest.act == SignoffAct.SIGNED
    if newest is not None and signed and newest.evidence_hash == exhibit.shown_hash:
        told = {"who": newest.signer_name}
        raise SignoffRefused(_("This stands signed already, by %(who)s.") % told)


def _check_taking_back(declaration: Declaration, newest: Signoff | None, exhibit: Exhibit) -> None:
    if not declaration.reason.strip():
        raise SignoffRefused(_("Give the reason; whoever has to act on it reads it."))
    stands = newest.act == SignoffAct.SIGNED if newest else exhibit.stands_unsigned
    if declaration.act == SignoffAct.WITHDRAWN and not stands:
        raise SignoffRefused(_("There is no signature to withdraw."))


def _written(statement: Statement, proof: Proof) -> Signoff:
    """Write the entry, its checkpoint, the row and its letters; first of all the agreement.

    :raises SignoffRefused: the record cannot be signed.
    """
    agreed = agree(statement.signer) if proof.agreed else None
    deeds = [deed for deed in (agreed, _deed(statement, proof)) if deed]
    appended = append_all(deeds, project=statement.subject.project)[-1]
    try:
        receipt = receipt_of(appended)
    except RecordKeyMissing as missing:
        raise SignoffRefused(str(missing)) from missing
    row = Signoff(
        **_said(statement),
        **_identity(statement.signer),
        authority=statement.entitlement.words,
        delegation=statement.entitlement.delegation,
        authentication=proof.method,
        signed_at=appended.entry.at,
        entry=appended.entry,
        receipt=receipt,
    )
    row.save(force_insert=True)
    row.refresh_from_db()
    ask_for_receipts(row)
    return row


def _said(statement: Statement) -> dict[str, Any]:
    subject, declaration = statement.subject, statement.declaration
    return {
        "organisation_id": subject.project.organisation_id,
        "project": subject.project,
        "process": subject.process,
        "kind": declaration.kind,
        "subject_noun": subject.noun,
        "subject_id": subject.public_id,
        "subject_title": subject.title[:400],
        "act": declaration.act,
        "meaning": declaration.meaning.sentence,
        "reason": declaration.reason.strip(),
        "evidence": statement.exhibit.body,
        "evidence_hash": statement.exhibit.shown_hash,
        "statement": statement.text,
    }


def _identity(signer: User) -> dict[str, Any]:
    return {
        "signer": signer,
        "signer_kind": signer.kind,
        "signer_name": signer.name,
        "signer_organisation_name": signer.organisation.name,
        "signer_zone": signer.time_zone,
    }


def _deed(statement: Statement, proof: Proof) -> Deed:
    """Return the entry of the record, as FORMAT.md, section 3, says."""
    signer, subject = statement.signer, statement.subject
    return Deed(
        kind=RecordKind(statement.declaration.act),
        actor=signer,
        about=About(subject.noun, subject.public_id),
        terms={
            "statement": statement.digest,
            "method": str(proof.method),
            "assertion": proof.assertion,
            "signer_name": signer.name,
            "signer_organisation_name": signer.organisation.name,
            "reset_hours": _hours_since_reset(signer),
        },
        texts={"reason": statement.reason} if statement.reason else {},
    )


def _hours_since_reset(signer: User) -> int | None:
    """Return how long ago the second factor was reset; None where it was not lately."""
    return AuthenticatorReset.objects.of_account(signer).hours_since_newest()
