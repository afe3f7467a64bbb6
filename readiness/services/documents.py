"""Sign what is not the evidence of a process: a scope, a charter, the closure, a policy …"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import Phase, SignoffAct, SignoffKind
from governance.models import BusinessProcess, Project, ProjectMark, Signoff, User
from governance.querysets.scope import project_words
from governance.record.canonical import canonical
from governance.services.charters import charter_gap, settle_charter
from governance.services.proving import Answer, prove_signer
from governance.services.signoffs import (
    Declaration,
    Exhibit,
    SignoffRefused,
    Subject,
    check_act,
    sign,
)
from readiness.metrics import process_scopes, project_documents
from readiness.models import Gate, Policy
from readiness.policy.differences import differences, is_looser
from readiness.services.policies import (
    Adopting,
    PolicyConflict,
    adopt_policy,
    newest_shipped_policy,
)
from readiness.services.signing import is_being_judged

AFTER_GO_LIVE = (Phase.HYPERCARE, Phase.CLOSED)
POLICY_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is signed: its kind, what it is over, its words now, and why it cannot be yet."""

    kind: SignoffKind
    project: Project
    body: str
    process: BusinessProcess | None = None
    gap: str = ""
    policy: Policy | None = None

    @property
    def subject(self) -> Subject:
        """Return what the signature is about."""
        if self.process is not None:
            return Subject.of_process(self.process)
        return Subject.of_project(self.project)


def scope_document(process: BusinessProcess, *, as_of: datetime) -> Document:
    """Return the scope of a process as it is signed now."""
    bodies = process_scopes(project_ids=[process.project_id], as_of=as_of, process_ids=[process.pk])
    gap = "" if process.pk in bodies else _("This process is out of scope; nothing is to sign.")
    return Document(
        kind=SignoffKind.SCOPE,
        project=process.project,
        process=process,
        body=bodies.get(process.pk, canonical({})),
        gap=gap,
    )


def project_document(project: Project, *, kind: SignoffKind, as_of: datetime) -> Document:
    """Return the charter, the closure, the handover or the change of policy as signed now."""
    if kind == SignoffKind.POLICY_CHANGE:
        return _policy_document(project)
    bodies = project_documents(project_ids=[project.pk], as_of=as_of, kind=kind)
    document = Document(kind=kind, project=project, body=bodies[project.pk])
    if kind == SignoffKind.CHARTER:
        return replace(document, gap=charter_gap(project))
    if kind == SignoffKind.HANDOVER and project.phase not in AFTER_GO_LIVE:
        return replace(document, gap=_("The handover is signed after go-live, in hypercare."))
    if kind == SignoffKind.CLOSURE and '"total":[0,' in document.body:
        return replace(document, gap=_("There is nothing to close: no scenario is in scope."))
    return document


def _policy_document(project: Project) -> Document:
    gates = Gate.objects.filter(project=project).select_related("policy").order_by("position")
    gate, newest = gates.first(), newest_shipped_policy()
    content: dict[str, Any] = {
        "version": POLICY_VERSION,
        "project": project_words(project_ids=[project.pk])[project.pk],
        "from": _policy_words(gate.policy) if gate else None,
        "to": _policy_words(newest),
    }
    found = differences(gate.policy.body, newest.body) if gate else []
    content |= {"is_looser": is_looser(found), "changes": [each.as_signed() for each in found]}
    same = gate is None or gate.policy_id == newest.pk
    return Document(
        kind=SignoffKind.POLICY_CHANGE,
        project=project,
        body=canonical(content),
        policy=newest,
        gap=_("The project is judged by the newest policy already.") if same else "",
    )


def _policy_words(policy: Policy) -> dict[str, str]:
    return {
        "key": policy.key,
        "version": str(policy.version),
        "name": policy.name,
        "hash": policy.body_hash,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What somebody declares over a document whose hash the page showed."""

    act: SignoffAct
    shown_hash: str
    reason: str = ""
    shown_meaning: str = ""


def sign_document(
    document: Document, *, signer: User, word: Word, credentials: Answer, as_of: datetime
) -> Signoff:
    """Prove who signs, read the document anew and write the act, in one transaction.

    Signing a change of policy has the project judged by it from then on: process signatures
    and acceptances that it touches are out of date by themselves.

    :raises IdentityNotProved: what was shown to prove who signs is wrong.
    :raises EvidenceChanged: the document differs from what was shown.
    :raises SignoffRefused: see `governance.services.signoffs.sign`.
    """
    declaration = Declaration(
        act=word.act, kind=document.kind, reason=word.reason, shown_meaning=word.shown_meaning
    )
    marks = ProjectMark.objects.filter(project=document.project)
    seen = _exhibit(document, word, marks.first())
    check_act(subject=document.subject, signer=signer, declaration=declaration, exhibit=seen)
    proof = prove_signer(user=signer, credentials=credentials, at=as_of)
    with transaction.atomic():
        mark = marks.select_for_update().first()
        fresh = _fresh(document, as_of=as_of)
        signature = sign(
            subject=fresh.subject,
            signer=signer,
            declaration=declaration,
            exhibit=_exhibit(fresh, word, mark),
            proof=proof,
        )
        if fresh.kind == SignoffKind.CHARTER:
            settle_charter(fresh.project, at=as_of)
        if fresh.policy is not None and word.act == SignoffAct.SIGNED:
            _adopt(fresh, fresh.policy, signature)
        return signature


def _exhibit(document: Document, word: Word, mark: ProjectMark | None) -> Exhibit:
    return Exhibit(
        body=document.body,
        shown_hash=word.shown_hash,
        gap=document.gap,
        being_judged=is_being_judged(mark),
    )


def _fresh(document: Document, *, as_of: datetime) -> Document:
    """Return the document as it is in this transaction."""
    if document.process is not None:
        process = BusinessProcess.objects.select_related("project").get(pk=document.process.pk)
        return scope_document(process, as_of=as_of)
    project = Project.objects.select_related("organisation").get(pk=document.project.pk)
    return project_document(project, kind=document.kind, as_of=as_of)


def _adopt(document: Document, policy: Policy, signature: Signoff) -> None:
    adopting = Adopting(adopted_by=signature.signer, reason=signature.reason, signature=signature)
    try:
        adopt_policy(project=document.project, policy=policy, adopting=adopting)
    except PolicyConflict as conflict:
        raise SignoffRefused(str(conflict)) from conflict
