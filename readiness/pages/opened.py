"""Every caveat with who opened it and which executive has not: a list, and each by itself."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import EXECUTIVE_ROLES
from governance.models import Caveat, Project, User
from governance.pages.places import place_of
from governance.pages.trail import Step, trail_of
from readiness.models import CaveatReading
from readiness.pages.caveats import CaveatRow, caveat_list, caveat_rows
from readiness.pages.words import number_text

MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class CaveatCard:
    """A caveat, the row whose note it is, who opened it when, and which executive has not."""

    row: CaveatRow
    source_href: str
    opened: list[CaveatReading]
    unopened: list[User]
    executives: int

    @property
    def caveat(self) -> Caveat:
        """Return the caveat itself."""
        return self.row.caveat

    @property
    def executives_done(self) -> int:
        """Return how many of the executives who are to open it have: its writer is none."""
        return self.executives - len(self.unopened)


@dataclass(frozen=True, slots=True)
class CaveatsPage:
    """The caveats on page one, the newest first, and what was resolved."""

    standing: list[CaveatCard]
    resolved: list[CaveatRow]
    answer: str
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class CaveatPage:
    """One caveat; `is_new` while its reader is to be noted as having opened it, and is not."""

    card: CaveatCard
    is_new: bool
    answer: str
    trail: list[Step]


def caveats_page(project: Project) -> CaveatsPage:
    """Return the caveats of a project with who opened them."""
    found = caveat_list(project)
    standing = cards_of(project, found.standing[::-1])
    unopened = sum(bool(card.unopened) for card in standing)
    return CaveatsPage(
        standing=standing,
        resolved=found.resolved,
        answer=_answer(len(standing), unopened),
        trail=trail_of(project, _("Caveats")),
    )


def caveat_page(project: Project, caveat: Caveat, *, reader: User) -> CaveatPage:
    """Return one caveat with who opened it."""
    (card,) = cards_of(project, caveat_rows([caveat]))
    return CaveatPage(
        card=card,
        is_new=reader.pk not in {caveat.written_by_id, *(each.account_id for each in card.opened)},
        answer=_standing(card),
        trail=trail_of(project, _("Caveat")),
    )


def opened_text(recorded: Mapping[str, Any]) -> str:
    """Return who had opened a caveat when it was judged; nothing where that was not kept."""
    if "opened_by" not in recorded:
        return ""
    names = recorded["opened_by"]
    if not names:
        return _("opened by nobody yet")
    shown = ", ".join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        more = {"names": shown, "number": number_text(len(names) - MOST_NAMES)}
        return _("opened by %(names)s and %(number)s more") % more
    return _("opened by %(names)s") % {"names": shown}


def cards_of(project: Project, rows: Sequence[CaveatRow]) -> list[CaveatCard]:
    """Return caveats with their readers, in their order."""
    executives = list(User.objects.holding(EXECUTIVE_ROLES, project=project).order_by("name", "pk"))
    readings: defaultdict[int, list[CaveatReading]] = defaultdict(list)
    opened = CaveatReading.objects.filter(caveat__in=[row.caveat.pk for row in rows])
    for reading in opened.select_related("account").order_by("opened_at", "pk"):
        readings[reading.caveat_id].append(reading)
    return [_card(project, row, readings[row.caveat.pk], executives) for row in rows]


def _card(
    project: Project, row: CaveatRow, opened: list[CaveatReading], executives: list[User]
) -> CaveatCard:
    caveat = row.caveat
    known = {caveat.written_by_id, *(each.account_id for each in opened)}
    return CaveatCard(
        row=row,
        source_href=place_of(project, noun=caveat.source_noun, subject_id=caveat.source_id),
        opened=opened,
        unopened=[each for each in executives if each.pk not in known],
        executives=sum(each.pk != caveat.written_by_id for each in executives),
    )


def _standing(card: CaveatCard) -> str:
    if card.row.resolution is not None:
        return _("It is resolved and stands on page one no more.")
    if not card.unopened:
        return _("It stands on page one. Every executive has opened it.")
    names = ", ".join(each.name for each in card.unopened)
    return _("It stands on page one. Not opened by: %(names)s.") % {"names": names}


def _answer(standing: int, unopened: int) -> str:
    if not standing:
        return _("No caveat stands on page one.")
    words = ngettext(
        "%(number)s caveat stands on page one.", "%(number)s caveats stand on page one.", standing
    ) % {"number": number_text(standing)}
    if not unopened:
        return f"{words} {_('Every executive has opened them.')}"
    rest = ngettext(
        "%(number)s has not been opened by every executive.",
        "%(number)s have not been opened by every executive.",
        unopened,
    ) % {"number": number_text(unopened)}
    return f"{words} {rest}"
