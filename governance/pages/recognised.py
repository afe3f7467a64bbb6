"""What each table of a file was read as, and which column was taken for which field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from governance.forms.imports import MappingForm, kind_word
from governance.imports.columns import Column
from governance.imports.kinds import load
from governance.imports.mapping import guess_fields, headings_key
from governance.models import ColumnMapping, ImportRun
from governance.pages.trail import Step, import_step, trail_of
from governance.services.imports import AUTO, ORGANISATION_KINDS

ENCODINGS = {
    "workbook": gettext_noop("Excel workbook"),
    "xml": gettext_noop("XML"),
    "cp1252": gettext_noop("text in Windows-1252"),
}
DIALECTS = (
    gettext_noop("Our own columns"),
    gettext_noop("A catalogue's full export"),
    gettext_noop("A catalogue's flat list"),
    gettext_noop("A learning platform's participants"),
    gettext_noop("A learning platform's registrations"),
    gettext_noop("A learning platform's marks"),
    gettext_noop("A learning platform's modules"),
    gettext_noop("A learning platform's assessments"),
)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table of a file: what it was taken for, and where to say which column is which."""

    name: str
    kind: str
    is_known: bool
    how: str
    pairs: list[tuple[str, str]]
    unused: list[str]
    is_mapped: bool
    mapped_by: str
    map_href: str


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind that a table may be of, and what it needs."""

    href: str
    word: str
    needs: str


@dataclass(frozen=True, slots=True)
class MappingPage:
    """One table whose columns somebody names; without a kind, the kinds to choose from."""

    run: ImportRun
    table: Mapping[str, Any]
    kind: str
    columns: tuple[Column, ...]
    initial: dict[str, str]
    known: ColumnMapping | None
    choices: list[KindChoice]
    answer: str
    trail: list[Step]

    @property
    def kind_word(self) -> str:
        """Return the reader's word for the kind."""
        return kind_word(self.kind)

    def form(self, data: Any = None) -> MappingForm:
        """Return the form, filled with what is known or looks likely."""
        headings = self.table["headings"]
        return MappingForm(data, columns=self.columns, headings=headings, initial=self.initial)


def read_tables_of(run: ImportRun, *, may_map: bool) -> list[ReadTable]:
    """Return what each table of a file was read as."""
    known = _known(run) if any(table["mapped"] for table in run.recognised) else {}
    return [
        _read_table(run, place, known=known, may_map=may_map)
        for place in range(len(run.recognised))
    ]


def _known(run: ImportRun) -> dict[tuple[str, str], ColumnMapping]:
    rows = ColumnMapping.objects.filter(project=run.project).select_related("changed_by")
    return {(row.kind, row.headings_key): row for row in rows}


def _read_table(
    run: ImportRun, place: int, *, known: Mapping[tuple[str, str], ColumnMapping], may_map: bool
) -> ReadTable:
    table = run.recognised[place]
    titles = [heading["title"] for heading in table["headings"]]
    mapping = known.get((table["kind"], headings_key(titles))) if table["mapped"] else None
    taken = set(table["fields"].values())
    mappable = may_map and bool(titles) and _is_mappable(table["kind"])
    return ReadTable(
        name=table["name"],
        kind=kind_word(table["kind"]),
        is_known=bool(table["kind"]),
        how=_how(table),
        pairs=_pairs(table),
        unused=[title for title in titles if title not in taken] if table["kind"] else titles,
        is_mapped=table["mapped"],
        mapped_by=mapping.changed_by.name if mapping and mapping.changed_by else "",
        map_href=_map_href(run, place, table["kind"]) if mappable else "",
    )


def _is_mappable(kind: str) -> bool:
    return not kind or bool(load(kind).own_columns())


def _map_href(run: ImportRun, place: int, kind: str) -> str:
    asked = {"table": place} | ({"kind": kind} if kind else {})
    return f"{reverse('governance:import-columns', args=[run.public_id])}?{urlencode(asked)}"


def _how(table: Mapping[str, Any]) -> str:
    """Return dialect, format, number of rows and place of the heading, in one line."""
    encoding = table["encoding"]
    told = _(ENCODINGS[encoding]) if encoding in ENCODINGS else encoding.upper()
    rows = ngettext("%(n)d row", "%(n)d rows", table["rows"]) % {"n": table["rows"]}
    parts = [_(table["dialect"]) if table["dialect"] else "", told, rows]
    if table["heading_row"]:
        parts.append(_("heading in row %(n)d") % {"n": table["heading_row"]})
    return " · ".join(part for part in parts if part)


def _pairs(table: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (our field as people call it, the file's column)."""
    if not table["kind"]:
        return []
    layouts = load(table["kind"]).layouts
    columns = layouts.get(table["dialect"], ())
    words = {column.key: column.names[0] for column in columns}
    return [(words.get(key, key), heading) for key, heading in table["fields"].items()]


def mapping_page(run: ImportRun, *, place: int, kind: str) -> MappingPage | None:
    """Return the page on which one table's columns are named; None where there is none."""
    if not 0 <= place < len(run.recognised) or run.project is None:
        return None
    table = run.recognised[place]
    kinds = _mappable_kinds()
    chosen = kind if kind in kinds else ""
    columns = load(chosen).own_columns() if chosen else ()
    known = _mapping_for(run, table, chosen) if chosen else None
    return MappingPage(
        run=run,
        table=table,
        kind=chosen,
        columns=columns,
        initial=_initial(table, chosen, columns, known),
        known=known,
        choices=[_choice(run, place, name) for name in kinds],
        answer=_answer(chosen),
        trail=trail_of(run.project, import_step(run), _("Columns")),
    )


def _mappable_kinds() -> list[str]:
    names = [name for name in settings.IMPORT_KINDS if name not in ORGANISATION_KINDS]
    return [name for name in names if load(name).own_columns()]


def _mapping_for(run: ImportRun, table: Mapping[str, Any], kind: str) -> ColumnMapping | None:
    key = headings_key(heading["title"] for heading in table["headings"])
    rows = ColumnMapping.objects.filter(project=run.project, kind=kind, headings_key=key)
    return rows.select_related("changed_by").first()


def _initial(
    table: Mapping[str, Any],
    kind: str,
    columns: tuple[Column, ...],
    known: ColumnMapping | None,
) -> dict[str, str]:
    if known is not None:
        return dict(known.fields)
    own = next(iter(load(kind).layouts), "") if kind else ""
    if table["kind"] == kind and table["dialect"] == own:
        return dict(table["fields"])
    return guess_fields(columns, [heading["title"] for heading in table["headings"]])


def _choice(run: ImportRun, place: int, kind: str) -> KindChoice:
    needs = ", ".join(column.names[0] for column in load(kind).own_columns() if column.required)
    return KindChoice(_map_href(run, place, kind), kind_word(kind), needs)


def _answer(kind: str) -> str:
    if not kind:
        return _("First say what the file holds.")
    return _(
        "Say for each field which column of the file it is. It is remembered for every later"
        " file of this upgrade with the same headings."
    )


def asked_kind(run: ImportRun, kind: str) -> str:
    """Return the kind that somebody named, else the one the file was handed in as."""
    return kind or ("" if run.kind == AUTO else run.kind)
