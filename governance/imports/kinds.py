"""Find which importer a table is for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from governance.imports.importers import Importer
from governance.imports.ledger import Ledger
from governance.imports.limits import Unreadable
from governance.imports.tables import Reading, Table
from governance.services.imports import AUTO

ORDER = (
    "portfolio",
    "catalogue",
    "testers",
    "courses",
    "roster",
    "training",
    "executions",
    "defects",
    "raid",
    "adr",
    "calendar",
    "checklist",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One importer and the tables of a file that are for it."""

    importer: Importer
    tables: list[Table]


def steps_for(kind: str, reading: Reading, ledger: Ledger) -> list[Step]:
    """Return the importers to run, each with its tables, in the order in which facts build up.

    What no importer wants is noted as skipped, unless nothing is left.

    :raises Unreadable: no table is of the kind asked for, or one could be of several.
    """
    for name, reason in reading.passed_over:
        ledger.skip(name, 0, reason)
    importers = importers_for(kind)
    found: dict[str, list[Table]] = {}
    for table in reading.tables:
        readers = _readers(table, importers)
        for importer in readers:
            found.setdefault(importer.kind, []).append(table)
        if not readers:
            ledger.skip(table.name, 0, "no table of facts: its heading is none we know")
    if not found:
        raise Unreadable(_nothing_found(kind, reading, importers))
    return [Step(load(name), found[name]) for name in _in_order(found)]


def _readers(table: Table, importers: Sequence[Importer]) -> list[Importer]:
    """Return the one importer that a table is for, and those that take something from it."""
    fitting = fitting_importers(table, importers)
    if len(fitting) > 1:
        kinds = " or ".join(importer.kind for importer in fitting)
        raise Unreadable(f"{table.name} could be {kinds}. Say which: choose the kind.")
    also = [importer for importer in importers if importer.also_reads(table)]
    return fitting if table.mapped else [*fitting, *also]


def fitting_importers(table: Table, importers: Sequence[Importer]) -> list[Importer]:
    """Return the importers that recognise a table; the one it was said to be for, where it was."""
    if table.mapped is not None:
        importers = [importer for importer in importers if importer.kind == table.mapped.kind]
    return [importer for importer in importers if importer.recognises(table)]


def load(kind: str) -> Importer:
    """Return the importer of a kind."""
    importer: Importer = import_string(settings.IMPORT_KINDS[kind])()
    return importer


def importers_for(kind: str) -> list[Importer]:
    """Return the importers that may read a file of this kind, the one asked for first."""
    if kind == AUTO:
        return [load(name) for name in settings.IMPORT_KINDS]
    importer = load(kind)
    return [importer, *(load(name) for name in importer.companions)]


def _in_order(found: dict[str, list[Table]]) -> list[str]:
    return sorted(found, key=lambda kind: ORDER.index(kind) if kind in ORDER else len(ORDER))


def _nothing_found(kind: str, reading: Reading, importers: Sequence[Importer]) -> str:
    if not any(table.rows for table in reading.tables):
        return "There is no row in the file. Export it again."
    first = next(table.rows[0] for table in reading.tables if table.rows)
    seen = ", ".join(f"“{str(cell)[:40]}”" for cell in first.cells[:8] if str(cell).strip())
    if kind == AUTO:
        kinds = "; ".join(f"{importer.kind}: {importer.wants}" for importer in importers)
        return f"No heading we know was found (the first row is {seen}). Known are {kinds}."
    return f"This is no {kind} file: it needs {importers[0].wants}. The first row is {seen}."
