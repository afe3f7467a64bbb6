"""All signatures of a project, the newest first, with what each is worth now."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import SignoffKind
from governance.models import Project, Signoff
from governance.pages.amounts import amount_text
from governance.pages.trail import Step, trail_of
from readiness.forms.signatures import SignatureSearch, WantedSignatures
from readiness.pages.signatures.detail import utc_text
from readiness.pages.signatures.worth import Weighed, Worth, weighed

ROWS_ON_A_PAGE = 25
UNREAD = ("evidence", "statement", "receipt", "meaning")
TONES = {
    Worth.VALID: ("good", "circle-check"),
    Worth.STALE: ("unknown", "clock-exclamation"),
    Worth.REFUSED: ("bad", "hand-stop"),
    Worth.WITHDRAWN: ("unknown", "history"),
    Worth.SUPERSEDED: ("quiet", "history"),
    Worth.EXPIRED: ("quiet", "clock"),
}


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One act in the list."""

    signoff: Signoff
    title: str
    kind: str
    worth: Worth
    when: str
    href: str

    @property
    def tone(self) -> str:
        """Return the tone of what it is worth."""
        return TONES[self.worth][0]

    @property
    def shape(self) -> str:
        """Return the icon of what it is worth."""
        return TONES[self.worth][1]


@dataclass(frozen=True, slots=True)
class SignatureList:
    """One page of the signatures that somebody looks for."""

    rows: list[SignatureLine]
    page: "Page[int]"
    answer: str
    found: str
    form: SignatureSearch
    trail: list[Step]


def signature_list(project: Project, *, at: datetime, asked: Mapping[str, Any]) -> SignatureList:
    """Return the acts of a project that fit what is asked for, the newest first."""
    form = SignatureSearch(asked, worths=Worth.choices)
    every = weighed(project, Signoff.objects.filter(project=project), at=at)
    fitting = [pk for pk, each in every.items() if _fits(each, form.wanted())]
    fitting.sort(key=lambda pk: (every[pk].line.signed_at, pk), reverse=True)
    page = Paginator(fitting, ROWS_ON_A_PAGE).get_page(asked.get("page", "1"))
    number = len(fitting)
    return SignatureList(
        rows=_rows(project, list(page), every),
        page=page,
        answer=_answer(every),
        found=ngettext("%(number)s found", "%(number)s found", number)
        % {"number": amount_text(number)},
        form=form,
        trail=trail_of(project, _("Signatures")),
    )


def _fits(each: Weighed, wanted: WantedSignatures) -> bool:
    pairs = (
        (wanted.kind, each.line.kind),
        (wanted.act, each.line.act),
        (wanted.worth, str(each.worth)),
    )
    return all(not asked or asked == held for asked, held in pairs)


def _rows(project: Project, keys: list[int], every: Mapping[int, Weighed]) -> list[SignatureLine]:
    acts = Signoff.objects.filter(project=project, pk__in=keys)
    fetched = {act.pk: act for act in acts.select_related("process").defer(*UNREAD)}
    return [_row(project, fetched[pk], every[pk]) for pk in keys]


def _row(project: Project, signoff: Signoff, found: Weighed) -> SignatureLine:
    return SignatureLine(
        signoff=signoff,
        title=signoff.subject_title or str(signoff.process or ""),
        kind=str(SignoffKind(signoff.kind).label),
        worth=found.worth,
        when=utc_text(signoff.signed_at),
        href=reverse("readiness:signature-detail", args=[project.public_id, signoff.public_id]),
    )


def _answer(every: Mapping[int, Weighed]) -> str:
    """Return how many signatures stand, and how many went out of date."""
    if not every:
        return _("Nobody has signed or refused anything yet.")
    counts = Counter(each.worth for each in every.values())
    valid, stale = counts[Worth.VALID], counts[Worth.STALE]
    first = ngettext("%(n)d signature is valid.", "%(n)d signatures are valid.", valid)
    if not stale:
        return first % {"n": valid}
    second = ngettext(
        "%(n)d is out of date: it has to be signed again.",
        "%(n)d are out of date: they have to be signed again.",
        stale,
    )
    return f"{first % {'n': valid}} {second % {'n': stale}}"
