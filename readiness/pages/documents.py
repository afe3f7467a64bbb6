"""A document that is signed, on one page: what it says, its fingerprint, who signs, its acts.

`at` is the moment of looking, in the project's own zone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import Role, SignoffAct, SignoffKind
from governance.models import ProjectMark, Signoff
from governance.pages.delegations import delegates_of, who_signs
from governance.pages.holds import hold_of
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat, may_sign
from governance.services.signoffs import evidence_hash_of
from readiness.pages.document_words import Section, sections_of
from readiness.pages.evidence import Change
from readiness.pages.signatures.seen import changes_since
from readiness.pages.words import moment_text
from readiness.services.documents import Document
from readiness.services.signing import is_being_judged

KIND_OF_SLUG = {
    "charter": SignoffKind.CHARTER,
    "closure": SignoffKind.CLOSURE,
    "handover": SignoffKind.HANDOVER,
    "policy-change": SignoffKind.POLICY_CHANGE,
}
TITLES = {
    SignoffKind.CHARTER: gettext_lazy("Charter of the project manager"),
    SignoffKind.SCOPE: gettext_lazy("Scope of %(what)s"),
    SignoffKind.CLOSURE: gettext_lazy("Closing acceptance testing"),
    SignoffKind.HANDOVER: gettext_lazy("Handover to operations"),
    SignoffKind.POLICY_CHANGE: gettext_lazy("Another policy"),
}


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act over the document."""

    signoff: Signoff
    at: str
    words: str
    href: str
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """Everything somebody looks at before signing a document."""

    document: Document
    title: str
    answer: str
    sections: list[Section]
    shown_hash: str
    changes: list[Change]
    acts: list[ActRow]
    is_signed: bool
    being_judged: bool
    may_sign: bool
    hold: str
    who_signs: str
    trail: list[Step]


def document_page(document: Document, *, seat: Seat, at: datetime) -> DocumentPage:
    """Return a document with its acts, as a seat sees it."""
    project, kind = document.project, document.kind
    acts = list(
        Signoff.objects.filter(project=project)
        .over(document.subject.public_id, kind=kind)
        .newest_first()
    )
    newest = acts[0] if acts else None
    shown_hash = evidence_hash_of(document.body)
    is_signed = newest is not None and newest.act == SignoffAct.SIGNED
    signs = _may_sign(document, seat, at)
    title = str(TITLES[kind]) % {"what": document.process or project}
    above = _above(document)
    mark = ProjectMark.objects.filter(project=project).first()
    return DocumentPage(
        document=document,
        title=title,
        answer=_answer(newest, shown_hash, kind=kind),
        sections=[] if document.gap and document.policy else sections_of(kind, document.body),
        shown_hash=shown_hash,
        changes=_changes(newest, document, shown_hash),
        acts=[_act_row(act, document, shown_hash, at) for act in acts],
        is_signed=is_signed,
        being_judged=is_being_judged(mark),
        may_sign=signs,
        hold=hold_of(seat.user, at=at) if signs else "",
        who_signs=_who_signs(document, at),
        trail=trail_of(project, above, title),
    )


def _above(document: Document) -> Step:
    """Return the page that the document is reached from."""
    names = [document.project.public_id]
    if document.kind == SignoffKind.CHARTER:
        return Step(_("Charter"), reverse("governance:charter-show", args=names))
    return Step(_("Processes"), reverse("readiness:process-list", args=names))


def _may_sign(document: Document, seat: Seat, at: datetime) -> bool:
    if document.gap:
        return False
    if document.process is not None:
        held = [each.delegate_id for each in delegates_of(document.process, at=at)]
        return may_sign(seat, document.process, delegates=held)
    return seat.is_business and seat.holds({Role.SPONSOR})


def _who_signs(document: Document, at: datetime) -> str:
    process = document.process
    if process is None:
        return _("Only the sponsor signs or refuses this.")
    return who_signs(process, delegates_of(process, at=at))


def _answer(newest: Signoff | None, shown_hash: str, *, kind: SignoffKind) -> str:
    if newest is None:
        return _("Nobody has signed this yet.")
    by = {"who": newest.signer_name, "organisation": newest.signer_organisation_name}
    if newest.act == SignoffAct.REFUSED:
        return _("Refused by %(who)s of %(organisation)s.") % by
    if newest.act == SignoffAct.WITHDRAWN:
        return _("The signature was withdrawn by %(who)s of %(organisation)s.") % by
    if kind == SignoffKind.POLICY_CHANGE:
        return _("The last change was signed by %(who)s of %(organisation)s.") % by
    if newest.evidence_hash != shown_hash:
        text = _(
            "Signed by %(who)s of %(organisation)s, but the evidence changed since:"
            " it has to be signed again."
        )
        return text % by
    return _("Signed by %(who)s of %(organisation)s; the evidence is still what it was.") % by


def _changes(newest: Signoff | None, document: Document, shown_hash: str) -> list[Change]:
    """Return what is different from what was signed or refused last."""
    if newest is None or document.kind == SignoffKind.POLICY_CHANGE:
        return []
    if newest.act == SignoffAct.WITHDRAWN or newest.evidence_hash == shown_hash:
        return []
    who = newest.signer_name
    return changes_since(newest.evidence, document.body, opening="", who=who)


def _act_row(act: Signoff, document: Document, shown_hash: str, at: datetime) -> ActRow:
    ages = document.kind != SignoffKind.POLICY_CHANGE and act.act == SignoffAct.SIGNED
    names = [document.project.public_id, act.public_id]
    return ActRow(
        signoff=act,
        at=moment_text(act.signed_at, zone=at.tzinfo) if at.tzinfo else str(act.signed_at),
        words=act.reason or act.meaning,
        href=reverse("readiness:signature-detail", args=names),
        stale=ages and act.evidence_hash != shown_hash,
    )
