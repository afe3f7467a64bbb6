"""The record as a timeline: who did what, when, in words; and each entry as it was written."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import SignoffAct, SignoffKind
from governance.exports import csv_text
from governance.forms.record import WantedEntries
from governance.models import Project, RecordEntry, RecordHead, Signoff, User
from governance.pages.amounts import amount_text
from governance.pages.places import PLACES, place_of
from governance.pages.record.naming import identifiers_in, names_of
from governance.pages.record.words import kind_word, side_word, term_lines, text_lines
from governance.pages.trail import Step, trail_of
from governance.querysets import RecordEntryQuerySet

ROWS_ON_A_PAGE = 50
ROWS_IN_A_FILE = 100_000
COLUMNS = ("number", "when", "what", "who", "organisation", "said", "texts", "hash")
SHAPES = {
    "SIGNED": "SIGNED",
    "REFUSED": "REFUSED",
    "WITHDRAWN": "WITHDRAWN",
    "RISK_ACCEPTED": "ACCEPTED",
}
SIGNED_KINDS = frozenset(SignoffAct.values)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry in words; `exactly` is the recorded text, set out for reading."""

    number: int
    when: str
    state: str
    title: str
    who: str
    lines: list[tuple[str, str]]
    href: str
    exactly: str
    leaf_hash: str


@dataclass(frozen=True, slots=True)
class _Signature:
    """What a signed entry leads to, and what it is over."""

    href: str
    over: str

    def on(self, row: EntryRow) -> EntryRow:
        """Return the line of a signed entry, which leads to its signature."""
        lines = [line for line in row.lines if line[0] != _("About")]
        return replace(row, href=self.href, lines=[(_("About"), self.over), *lines])


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of a record, newest first."""

    rows: list[EntryRow]
    page: "Page[RecordEntry]"
    found: str
    answer: str
    origin: str
    key: str
    trail: list[Step]


def accounts_in(project: Project) -> list[User]:
    """Return the accounts that did something in a record, by name."""
    actors = RecordEntry.objects.filter(project=project).values("actor")
    return list(User.objects.filter(pk__in=actors).order_by("name", "pk"))


def timeline_of(project: Project, *, wanted: WantedEntries, number: str) -> Timeline:
    """Return one page of the entries that fit what the reader looks for."""
    fitting = entries_of(project, wanted).newest_first().whole()
    page = Paginator(fitting, ROWS_ON_A_PAGE).get_page(number)
    head = RecordHead.objects.filter(project=project).first()
    count = page.paginator.count
    found = ngettext("%(number)s entry", "%(number)s entries", count)
    return Timeline(
        rows=rows_of(page.object_list, project=project),
        page=page,
        found=found % {"number": amount_text(count)},
        answer=_answer(head),
        origin=head.origin if head else "",
        key=head.key if head else "",
        trail=trail_of(project, _("Record")),
    )


def entries_of(project: Project, wanted: WantedEntries) -> RecordEntryQuerySet:
    """Return the entries of a record that fit."""
    entries = RecordEntry.objects.filter(project=project)
    if wanted.kind:
        entries = entries.of_kind(wanted.kind)
    if wanted.account:
        entries = entries.by_account(wanted.account)
    if wanted.about:
        entries = entries.about(wanted.about)
    if wanted.since:
        entries = entries.since(wanted.since)
    if wanted.before:
        entries = entries.before(wanted.before)
    return entries


def rows_of(entries: Iterable[RecordEntry], *, project: Project) -> list[EntryRow]:
    """Return entries in the reader's words, times in the project's zone."""
    read = [(entry, json.loads(entry.body)) for entry in entries]
    wanted = [name for _entry, body in read for name in identifiers_in(body["terms"])]
    subjects = [str(entry.subject_id) for entry, _body in read if entry.subject_id]
    names = names_of([*wanted, *subjects], project=project)
    zone = ZoneInfo(project.time_zone)
    signed = _signatures([entry for entry, _body in read], project)
    rows = (_row(entry, body, names=names, zone=zone, project=project) for entry, body in read)
    return [signed[row.number].on(row) if row.number in signed else row for row in rows]


def record_csv(project: Project, *, wanted: WantedEntries) -> str:
    """Return what fits as a file, oldest first; formulas in cells are disarmed."""
    fitting = entries_of(project, wanted).in_order().whole()[:ROWS_IN_A_FILE]
    return csv_text(COLUMNS, _lines(rows_of(fitting, project=project), fitting))


def _signatures(entries: Iterable[RecordEntry], project: Project) -> dict[int, _Signature]:
    """Return the number of each signed entry → its signature; one query, where there is any."""
    numbers = {entry.pk: entry.seq for entry in entries if entry.kind in SIGNED_KINDS}
    if not numbers:
        return {}
    rows = Signoff.objects.filter(project=project, entry__in=numbers)
    return {
        numbers[entry_id]: _Signature(
            reverse("readiness:signature-detail", args=[project.public_id, public_id]),
            f"{title} ({SignoffKind(kind).label})",
        )
        for entry_id, public_id, kind, title in rows.values_list(
            "entry_id", "public_id", "kind", "subject_title"
        )
    }


def _row(
    entry: RecordEntry,
    body: dict[str, Any],
    *,
    names: dict[str, str],
    zone: ZoneInfo,
    project: Project,
) -> EntryRow:
    texts = {text.name: text.text for text in entry.texts.all()}
    erased = {text.name: not text.nonce for text in entry.texts.all()}
    lines = [
        *_about(entry, names),
        *term_lines(body["terms"], names=names, zone=zone),
        *text_lines(texts, erased=erased),
    ]
    return EntryRow(
        number=entry.seq,
        when=_moment(entry.at, zone),
        state=SHAPES.get(entry.kind, ""),
        title=kind_word(entry.kind),
        who=_who(entry),
        lines=lines,
        href=_href(entry, names, project=project),
        exactly=json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True),
        leaf_hash=entry.leaf_hash,
    )


def _about(entry: RecordEntry, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    named = names.get(str(entry.subject_id))
    if named and entry.subject_noun in PLACES:
        yield _("About"), named


def _who(entry: RecordEntry) -> str:
    if entry.actor is None:
        return _("by the system")
    told = {
        "by": side_word(entry.actor.kind),
        "who": entry.actor.name,
        "organisation": entry.actor.organisation.name,
    }
    return _("%(by)s %(who)s of %(organisation)s") % told


def _href(entry: RecordEntry, names: dict[str, str], *, project: Project) -> str:
    """Return where the row is shown; only where it is known to be there still."""
    if str(entry.subject_id) not in names:
        return ""
    return place_of(project, noun=entry.subject_noun, subject_id=str(entry.subject_id))


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return date_format(at.astimezone(zone), "j M Y, H:i:s")


def _lines(rows: Iterable[EntryRow], entries: Iterable[RecordEntry]) -> Iterator[dict[str, Any]]:
    for row, entry in zip(rows, entries, strict=True):
        actor = entry.actor
        yield {
            "number": row.number,
            "when": entry.at,
            "what": row.title,
            "who": actor.name if actor else "",
            "organisation": actor.organisation.name if actor else "",
            "said": "; ".join(f"{label}: {value}" for label, value in row.lines),
            "texts": "; ".join(f"{text.name}: {text.text}" for text in entry.texts.all()),
            "hash": row.leaf_hash,
        }


def _answer(head: RecordHead | None) -> str:
    if head is None or head.last_at is None:
        return _("Nothing is on record yet.")
    text = ngettext(
        "%(number)s entry, numbered and chained; nobody can change or remove one unseen.",
        "%(number)s entries, numbered and chained; nobody can change or remove one unseen.",
        head.size,
    )
    return text % {"number": amount_text(head.size)}
