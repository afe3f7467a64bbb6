"""One signature on a page: everything that 21 CFR 11.50 wants shown, and what it is worth now.

The certificate prints the same.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import AuthenticationMethod, SignoffAct, SignoffKind
from governance.models import Delegation, Project, Signoff, User
from governance.pages.holds import reset_note
from governance.pages.trail import Step, trail_of
from governance.record.canonical import sha256_of
from readiness.pages.document_words import Section
from readiness.pages.evidence import Change
from readiness.pages.processes import OPENINGS, OWN_OPENINGS
from readiness.pages.signatures.seen import SeenLine, changes_since, seen_lines, seen_sections
from readiness.pages.signatures.worth import Weighed, Worth, acts_beside, weighed

SLUGS = {
    SignoffKind.CHARTER: "charter",
    SignoffKind.CLOSURE: "closure",
    SignoffKind.HANDOVER: "handover",
    SignoffKind.POLICY_CHANGE: "policy-change",
}
ANSWERS = {
    Worth.VALID: gettext_lazy("Valid: what was signed is still what is there."),
    Worth.STALE: gettext_lazy(
        "Out of date: what was signed has changed since. It has to be signed again."
    ),
    Worth.EXPIRED: gettext_lazy("Expired: it counted until its day, and counts no longer."),
    Worth.REFUSED: gettext_lazy("Refused. It stands on record as visibly as a signature."),
}
LAPSED = gettext_lazy(
    "No longer counts: what the acceptance rests on has changed since. See the accepted risks."
)
NOBODY_ENDED_IT = gettext_lazy("Valid: nobody has withdrawn it or signed anew.")
FOLLOWED_BY = {
    SignoffAct.SIGNED: gettext_lazy("Superseded: %(name)s signed again on %(at)s."),
    SignoffAct.REFUSED: gettext_lazy("No longer counts: %(name)s refused on %(at)s."),
    SignoffAct.WITHDRAWN: gettext_lazy("No longer counts: %(name)s withdrew it on %(at)s."),
}
TAKES_BACK = gettext_lazy("Takes back the signature of %(name)s of %(at)s.")
TAKES_SOMETHING_BACK = gettext_lazy("Takes a signature back.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturePage:
    """One act of signing, refusing or withdrawing, down to the words.

    `answer` says what it is worth now, and `changes` why it is out of date. `meaning` is the
    English sentence, `meaning_shown` the one that was read where that was another language.
    `receipt_name` is empty where there is no receipt.
    """

    signoff: Signoff
    title: str
    trail: list[Step]
    kind: str
    worth: Worth
    answer: str
    changes: list[Change]
    later_href: str
    subject_href: str
    when_utc: str
    when_local: str
    meaning: str
    meaning_shown: str
    language: str
    delegation: str
    method: str
    note: str
    seen: list[SeenLine]
    parts: list[Section]
    statement_hash: str
    entry_number: int | None
    receipt_name: str
    receipt_href: str

    @property
    def is_stale(self) -> bool:
        """Say whether what was signed has changed since."""
        return self.worth == Worth.STALE


def signature_page(signoff: Signoff, *, reader: User | None, at: datetime) -> SignaturePage:
    """Return one act as it was given, and what it is worth at a moment.

    It was fetched with its project, process, entry and delegation, and with resets.
    """
    project = signoff.project
    found = weighed(project, acts_beside(signoff), at=at)[signoff.pk]
    sentence, shown, language = _meanings(signoff)
    is_own = reader is not None and reader.pk == signoff.signer_id
    names = [project.public_id, signoff.public_id]
    title = signoff.subject_title or str(signoff.process or "")
    return SignaturePage(
        signoff=signoff,
        title=title,
        trail=_trail(project, title),
        kind=str(SignoffKind(signoff.kind).label),
        worth=found.worth,
        answer=_answer(found),
        changes=_changes(signoff, found, is_own=is_own),
        later_href=_href(project, found),
        subject_href=_subject_href(signoff),
        when_utc=utc_text(signoff.signed_at),
        when_local=zone_text(signoff.signed_at, signoff.signer_zone),
        meaning=sentence,
        meaning_shown=shown,
        language=language,
        delegation=delegation_text(signoff.delegation) if signoff.delegation else "",
        method=method_text(signoff.authentication),
        note=_reset(signoff),
        seen=seen_lines(signoff.evidence),
        parts=seen_sections(signoff.kind, signoff.evidence),
        statement_hash=sha256_of(signoff.statement) if signoff.statement else "",
        entry_number=signoff.entry.seq if signoff.entry else None,
        receipt_name=signoff.receipt_name,
        receipt_href=reverse("governance:receipt-download", args=names) if signoff.receipt else "",
    )


def _trail(project: Project, title: str) -> list[Step]:
    above = Step(_("Signatures"), reverse("readiness:signature-list", args=[project.public_id]))
    return trail_of(project, above, title)


def _reset(signoff: Signoff) -> str:
    """Return how long before the act the signer's second factor was reset; nothing if not."""
    reset_at = getattr(signoff, "authenticator_reset_at", None)
    return reset_note(signoff.signer_name, reset_at=reset_at, at=signoff.signed_at)


def utc_text(moment: datetime) -> str:
    """Return a moment in UTC to the second: '2026-05-28 07:12:44 UTC'."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def zone_text(moment: datetime, zone: str) -> str:
    """Return a moment by the signer's own clock: '28 May 2026, 09:12:44 CEST (Europe/Oslo)'."""
    try:
        local = moment.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return utc_text(moment)
    return f"{date_format(local, 'j M Y, H:i:s')} {local:%Z} ({zone})"


def delegation_text(held: Delegation) -> str:
    """Return under which delegation somebody signed."""
    told = {
        "starts": utc_text(held.starts_at),
        "ends": utc_text(held.ends_at),
        "name": held.appointed_by.name,
        "reason": held.reason,
    }
    return _("From %(starts)s until %(ends)s, appointed by %(name)s: %(reason)s") % told


def method_text(authentication: str) -> str:
    """Return by what the signer proved who it is."""
    if authentication in AuthenticationMethod.values:
        return str(AuthenticationMethod(authentication).label)
    return _("password")


def _meanings(signoff: Signoff) -> tuple[str, str, str]:
    """Return the English sentence, the one that was read instead, and in which language."""
    if not signoff.statement:
        return signoff.meaning, "", ""
    meant = json.loads(signoff.statement)["meaning"]
    if meant["shown"] == meant["sentence"]:
        return meant["sentence"], "", ""
    language = dict(settings.LANGUAGES).get(meant["language"], meant["language"])
    return meant["sentence"], meant["shown"], str(language)


def _answer(found: Weighed) -> str:
    """Return in one line what an act is worth."""
    is_taking_back = found.line.act == SignoffAct.WITHDRAWN
    other = found.earlier if is_taking_back else found.later
    told = {"name": other.signer_name, "at": utc_text(other.signed_at)} if other else {}
    if is_taking_back:
        return str(TAKES_BACK if told else TAKES_SOMETHING_BACK) % told
    if found.worth == Worth.VALID and found.current is None:
        return str(NOBODY_ENDED_IT)
    if found.worth == Worth.STALE and found.current is None:
        return str(LAPSED)
    if found.later is not None and found.worth != Worth.REFUSED:
        return str(FOLLOWED_BY[SignoffAct(found.later.act)]) % told
    return str(ANSWERS[found.worth])


def _changes(signoff: Signoff, found: Weighed, *, is_own: bool) -> list[Change]:
    if found.worth != Worth.STALE or found.current is None:
        return []
    opening = str((OWN_OPENINGS if is_own else OPENINGS)[SignoffAct.SIGNED])
    return changes_since(signoff.evidence, found.current, opening=opening, who=signoff.signer_name)


def _href(project: Project, found: Weighed) -> str:
    """Return where the act that followed stands, or the one that a withdrawal takes back."""
    other = found.later
    if other is None and found.line.act == SignoffAct.WITHDRAWN:
        other = found.earlier
    if other is None:
        return ""
    return reverse("readiness:signature-detail", args=[project.public_id, other.public_id])


def _subject_href(signoff: Signoff) -> str:
    """Return where what was signed can be looked at, and signed anew; empty where nowhere."""
    project = signoff.project.public_id
    if signoff.kind in SLUGS:
        return reverse("readiness:document-sign", args=[project, SLUGS[SignoffKind(signoff.kind)]])
    if signoff.kind == SignoffKind.ACCEPTANCE:
        return reverse("readiness:risk-list", args=[project])
    if signoff.process is None:
        return ""
    name = "scope-show" if signoff.kind == SignoffKind.SCOPE else "process-detail"
    return reverse(f"readiness:{name}", args=[project, signoff.process.public_id])
