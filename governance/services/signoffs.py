"""Sign, refuse or withdraw: the one door through which a signature is written."""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from governance.choices import SignoffAct
from governance.models import AuthenticatorReset, BusinessProcess, Project, Signoff, User
from governance.services.marks import mark_projects
from governance.services.resets import hold_sentence


class SignoffRefused(Exception):
    """Say to the signer why nothing was signed."""


class EvidenceChanged(SignoffRefused):
    """Say that the evidence is no longer what the signer was shown."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an act means, in full; a new wording is a new version, old ones stay."""

    key: str
    version: int
    act: SignoffAct
    sentence: str


MEANINGS = (
    Meaning(
        "PROCESS_EVIDENCE",
        1,
        SignoffAct.SIGNED,
        gettext_noop(
            "I have reviewed the evidence of this process shown to me and confirm, for the business"
            " I answer for, that the process may go live on this evidence."
        ),
    ),
    Meaning(
        "PROCESS_EVIDENCE",
        1,
        SignoffAct.REFUSED,
        gettext_noop(
            "I have reviewed the evidence of this process shown to me and refuse it: the process"
            " may not go live on this evidence, for the reason I give."
        ),
    ),
    Meaning(
        "PROCESS_EVIDENCE",
        1,
        SignoffAct.WITHDRAWN,
        gettext_noop(
            "I withdraw the signature given for this process, for the reason I give; it no longer"
            " stands for my agreement."
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """The evidence put before the signer, and what the floors above know about it.

    `body` is the canonical JSON as it is now and `shown_hash` the hash of what the signer
    saw. `tester_ids` are the accounts whose runs count in it, 0 standing for everybody
    without an account; `is_empty` says that nothing in scope has a counted run;
    `being_judged` that a fact is newer than the last judgement.
    """

    body: str
    shown_hash: str
    is_empty: bool
    being_judged: bool
    tester_ids: frozenset[int] = frozenset()


def evidence_hash_of(body: str) -> str:
    """Return the SHA-256 of evidence in hexadecimal."""
    return hashlib.sha256(body.encode()).hexdigest()


def meaning_of(act: str) -> Meaning:
    """Return the newest wording of an act."""
    return max(
        (meaning for meaning in MEANINGS if meaning.act == act),
        key=lambda meaning: meaning.version,
    )


@transaction.atomic
def sign(
    *,
    process: BusinessProcess,
    signer: User,
    act: SignoffAct,
    reason: str,
    exhibit: Exhibit,
    authentication: str,
) -> Signoff:
    """Write one act of the owner or the deputy over a process; the moment is the database's.

    Call it in the transaction in which the exhibit was read.

    :raises EvidenceChanged: the evidence differs from what the signer was shown.
    :raises SignoffRefused: the signer may not, or the evidence does not allow it.
    """
    held = BusinessProcess.objects.select_for_update(of=("self",)).get(pk=process.pk)
    authority = check_act(process=held, signer=signer, act=act, reason=reason, exhibit=exhibit)
    signoff = Signoff(
        **_identity_of(signer),
        **_meaning_and_place(act, held),
        reason=reason.strip(),
        evidence=exhibit.body,
        evidence_hash=exhibit.shown_hash,
        authority=authority,
        authentication=authentication,
        signed_at=Now(),
    )
    signoff.save(force_insert=True)
    mark_projects(project_ids=[held.project_id])
    signoff.refresh_from_db()
    return signoff


def check_act(
    *, process: BusinessProcess, signer: User, act: SignoffAct, reason: str, exhibit: Exhibit
) -> str:
    """Return what entitles the signer to the act at this moment; nothing is written.

    :raises EvidenceChanged: the evidence differs from what the signer was shown.
    :raises SignoffRefused: the signer may not, or the evidence does not allow it.
    """
    authority = _authority_of(signer, process)
    if evidence_hash_of(exhibit.body) != exhibit.shown_hash:
        message = "The evidence changed while you were reading it. Look at it again, then sign."
        raise EvidenceChanged(message)
    if act == SignoffAct.SIGNED:
        _check_evidence(signer, exhibit)
    else:
        _check_taking_back(process, act, reason)
    return authority


def _identity_of(signer: User) -> dict[str, object]:
    return {
        "signer": signer,
        "signer_kind": signer.kind,
        "signer_name": signer.name,
        "signer_organisation_name": signer.organisation.name,
    }


def _meaning_and_place(act: SignoffAct, process: BusinessProcess) -> dict[str, object]:
    return {
        "organisation_id": process.organisation_id,
        "project_id": process.project_id,
        "process": process,
        "act": act,
        "meaning": meaning_of(act).sentence,
    }


def _authority_of(signer: User, process: BusinessProcess) -> str:
    """Return what entitles the signer at this moment.

    :raises SignoffRefused: nothing does.
    """
    if signer.is_partner:
        raise SignoffRefused(_("A partner's account can record, and never sign."))
    if signer.organisation_id != process.organisation_id:
        raise SignoffRefused(_("Only the client's own business signs."))
    if not Project.objects.visible_to(signer).filter(pk=process.project_id).exists():
        raise SignoffRefused(_("You no longer take part in this project."))
    _check_hold(signer)
    if process.owner_id == signer.pk:
        return f"Owner of {process}"[:200]
    if process.deputy_id == signer.pk:
        return f"Deputy for {process}"[:200]
    raise SignoffRefused(_("Only the owner of this process or the deputy signs it."))


def _check_hold(signer: User) -> None:
    """Keep an account from signing whose second factor was reset, by the database's clock.

    :raises SignoffRefused: it was, less than a day ago.
    """
    held = AuthenticatorReset.objects.of_account(signer).holding_now()
    row = held.select_related("reset_by").order_by("holds_until").last()
    if row is not None:
        raise SignoffRefused(hold_sentence(row))


def _check_evidence(signer: User, exhibit: Exhibit) -> None:
    if exhibit.being_judged:
        message = "Something changed and the project is being judged again. Sign when it is done."
        raise SignoffRefused(message)
    if exhibit.is_empty:
        message = _("There is nothing to sign yet: nobody of the business has run a scenario here.")
        raise SignoffRefused(message)
    if exhibit.tester_ids == frozenset({signer.pk}):
        message = _("You ran every counted test yourself. Somebody else has to test or to sign.")
        raise SignoffRefused(message)


def _check_taking_back(process: BusinessProcess, act: SignoffAct, reason: str) -> None:
    if not reason.strip():
        raise SignoffRefused(_("Give the reason; whoever has to act on it reads it."))
    if act == SignoffAct.WITHDRAWN:
        newest = process.signoffs.order_by("-signed_at", "-pk").first()
        if newest is None or newest.act != SignoffAct.SIGNED:
            raise SignoffRefused(_("There is no signature to withdraw."))
