"""Who was replaced, what they held, who took it over, and what stays with the client anyway."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import HeldKind
from governance.models import HeldItem, Project, Replacement
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat
from governance.permissions.areas.parties import HAND_OVER, REPLACE
from governance.querysets import ReplacementQuerySet
from readiness.choices import FindingState
from readiness.pages.findings import criterion_href
from readiness.pages.heads import newest_snapshot
from readiness.pages.recorded import body_of
from readiness.pages.words import number_text
from readiness.services.holdings import Party, held_in_name

OF_THE_CLIENT = frozenset(
    {"own", "dec", "asm", "eng", "trn", "sign", "scope", "gov", "esc", "spn", "dep", "uat", "rep"}
)
"""Kinds of figure that are the client's own to mend, whoever the partner is."""
SETTLED = frozenset({FindingState.MET, FindingState.NOT_APPLICABLE})
MOST_CAUSES = 12


@dataclass(frozen=True, slots=True)
class ReplacementRow:
    """One replacement: who leaves, when, and how much of it is handed over."""

    replacement: Replacement
    name: str
    href: str
    decision_href: str
    held: int
    handed: int
    is_late: bool

    @property
    def is_done(self) -> bool:
        """Say whether nothing is left to hand over."""
        return self.held == self.handed


@dataclass(frozen=True, slots=True)
class ReplacementList:
    """Every replacement, the newest first, with the line that answers first."""

    rows: list[ReplacementRow]
    answer: str
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One thing that was held; `href` is where its handover is noted, empty once it was."""

    item: HeldItem
    kind: str
    href: str
    taken_by: str
    taken_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Something open that is the client's own to mend."""

    text: str
    who: str
    href: str


@dataclass(frozen=True, slots=True)
class ReplacementPage:
    """One replacement whole."""

    row: ReplacementRow
    items: list[ItemRow]
    causes: list[Cause]
    may_hand_over: bool
    answer: str
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class Holding:
    """How much one party holds today, by kind."""

    name: str
    counts: list[tuple[str, int]]


def replacement_list(project: Project, *, today: date) -> ReplacementList:
    """Return who was replaced in a project."""
    rows = [_row(each, today=today) for each in _fetched(project).newest_first()]
    return ReplacementList(rows, _list_answer(rows), trail_of(project, _("Replacements")))


def may_replace(seat: Seat) -> bool:
    """Only the client's executives replace a partner or a consultant."""
    return REPLACE.allows(seat)


def _fetched(project: Project) -> ReplacementQuerySet:
    rows = Replacement.objects.filter(project=project).with_progress()
    return rows.select_related("partner", "consultant", "decision", "replaced_by", "project")


def _row(replacement: Replacement, *, today: date) -> ReplacementRow:
    public_id = replacement.project.public_id
    held, handed = replacement.held_number, replacement.handed_number  # type: ignore[attr-defined]
    return ReplacementRow(
        replacement=replacement,
        name=Party(replacement.partner, replacement.consultant).name,
        href=reverse("readiness:replacement-detail", args=[public_id, replacement.public_id]),
        decision_href=reverse(
            "governance:decision-detail", args=[public_id, replacement.decision.public_id]
        ),
        held=held,
        handed=handed,
        is_late=handed < held and replacement.leaves_date < today,
    )


def _list_answer(rows: list[ReplacementRow]) -> str:
    if not rows:
        return _("No partner and no consultant was replaced.")
    left = sum(row.held - row.handed for row in rows)
    if not left:
        return _("Everything that replaced people held was handed over.")
    said = ngettext(
        "%(number)s thing that replaced people held is not handed over.",
        "%(number)s things that replaced people held are not handed over.",
        left,
    )
    return said % {"number": number_text(left)}


def replacement_page(found: Replacement, *, seat: Seat, at: datetime) -> ReplacementPage:
    """Return one replacement with what was held, and the causes that stay with the client."""
    project = seat.project
    row = _row(_fetched(project).get(pk=found.pk), today=at.date())
    items = HeldItem.objects.filter(project=project, replacement=found)
    fetched = items.select_related("handover__taken_by", "handover__noted_by").in_order()
    may_hand_over = HAND_OVER.allows(seat)
    above = Step(_("Replacements"), reverse("readiness:replacement-list", args=[project.public_id]))
    return ReplacementPage(
        row=row,
        items=[_item_row(each, row=row, may_hand_over=may_hand_over) for each in fetched],
        causes=list(_causes(project, at=at))[:MOST_CAUSES],
        may_hand_over=may_hand_over,
        answer=_page_answer(row),
        trail=trail_of(project, above, row.name),
    )


def _page_answer(row: ReplacementRow) -> str:
    if not row.held:
        return _("They held nothing that has to be handed over.")
    words = {"handed": number_text(row.handed), "held": number_text(row.held)}
    if row.is_done:
        return _("All %(held)s things they held are handed over.") % words
    if row.is_late:
        return _("They have left, and only %(handed)s of %(held)s things are handed over.") % words
    return _("%(handed)s of %(held)s things are handed over.") % words


def _item_row(item: HeldItem, *, row: ReplacementRow, may_hand_over: bool) -> ItemRow:
    handover = getattr(item, "handover", None)
    href = ""
    if handover is None and may_hand_over:
        ids = [row.replacement.project.public_id, row.replacement.public_id, item.public_id]
        href = reverse("readiness:handover-add", args=ids)
    return ItemRow(
        item=item,
        kind=str(HeldKind(item.kind).label),
        href=href,
        taken_by=handover.taken_by.name if handover else "",
        taken_at=handover.taken_at if handover else None,
        note=handover.note if handover else "",
    )


def _causes(project: Project, *, at: datetime) -> Iterator[Cause]:
    """Yield what the newest judgement finds open that no other partner can mend."""
    body = body_of(newest_snapshot(project, as_of=at))
    seen = set()
    for gate in body.get("gates", ()):
        for finding in gate["findings"]:
            kind = finding["metric"].partition(".")[0]
            open_one = finding["state"] not in SETTLED and finding["class"] == "HARD"
            if open_one and kind in OF_THE_CLIENT and finding["metric"] not in seen:
                seen.add(finding["metric"])
                yield Cause(
                    finding["sentence"],
                    ", ".join(finding["who"]),
                    criterion_href(project, gate["key"], finding["criterion"]),
                )


def holdings(project: Project) -> list[Holding]:
    """Return what is listed in each consultant's name today, who holds most first."""
    found = [
        Holding(name, [(str(kind.label), held[kind]) for kind in HeldKind if held[kind]])
        for name, held in held_in_name(project).items()
    ]
    return sorted(found, key=lambda each: -sum(number for _kind, number in each.counts))
