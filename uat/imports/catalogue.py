"""A process catalogue: the tree of processes, and the scenarios that hang on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from governance.choices import ProcessLevel
from governance.imports.columns import Column
from governance.imports.importers import Context, Importer, Tally
from governance.imports.ledger import CellRefused, Ledger
from governance.imports.settling import Settled, change_of, remember, settle
from governance.imports.tables import Table
from governance.models import BusinessProcess, Project
from governance.services.processes import settle_accountable
from uat.imports.dialects import FULL, PLAIN, SIMPLE, recognise
from uat.imports.nodes import (
    LEVELS,
    Node,
    elect_parent,
    find_loop,
    number_twins,
    settle_code,
    suggestion,
)
from uat.models import Scenario
from uat.services.changes import refresh_changed

SOURCE = "catalogue"
BATCH = 500


@dataclass(slots=True)
class Plan:
    """The processes and scenarios of a file, each with the code of its parent."""

    processes: list[Node] = field(default_factory=list)
    scenarios: list[Node] = field(default_factory=list)


class CatalogueImport(Importer):
    """Make the process tree and its scenarios from a catalogue."""

    kind: ClassVar[str] = "catalogue"
    wants: ClassVar[str] = "Code, Name, Level (or a process catalogue's own export)"
    layouts: ClassVar[Mapping[str, tuple[Column, ...]]] = {
        "Our own columns": PLAIN,
        "A catalogue's full export": FULL,
        "A catalogue's flat list": SIMPLE,
    }

    def recognises(self, table: Table) -> bool:
        """Say whether the table is a catalogue in one of the three dialects."""
        return recognise(table) is not None

    def check(self, tables: Sequence[Table], context: Context, ledger: Ledger) -> Plan:
        """Read the nodes, elect their parents, refuse what is twice or in a loop."""
        nodes: list[Node] = []
        for table in tables:
            found = recognise(table)
            if found is not None:
                sheet, read = found
                nodes += read(sheet, ledger)
        return _plant(nodes, context=context, ledger=ledger)

    def write(self, plan: Plan, context: Context) -> Tally:
        """Write processes, then their parents, then scenarios."""
        processes = _write_processes(plan.processes, context=context)
        tally = processes.tally("processes", of={(node.code,): node for node in plan.processes})
        moved = _hang(plan.processes, processes=processes, context=context)
        _recount(tally, moved - processes.added - processes.changed)
        tally.add(_write_scenarios(plan.scenarios, processes=processes, context=context))
        if tally.taken:
            settle_accountable(project=context.project)
            refresh_changed(project_id=context.project.pk)
        return tally

    def derive_anew(self, project: Project) -> None:
        """Settle again under which owned process each node lies."""
        settle_accountable(project=project)
        refresh_changed(project_id=project.pk)


def _plant(nodes: list[Node], *, context: Context, ledger: Ledger) -> Plan:
    """Return the nodes that have a place in the tree.

    Scenarios of an export share codes, so they are numbered; in a list of our own columns
    a code is given once.
    """
    rows = BusinessProcess.objects.filter(project=context.project).select_related("parent")
    present = {row.code: row for row in rows}
    scenarios = [node for node in nodes if node.is_scenario and node.sequence]
    others = _without_twins(
        [node for node in nodes if not (node.is_scenario and node.sequence)], ledger
    )
    processes = [node for node in others if not node.is_scenario]
    scenarios += [node for node in others if node.is_scenario]
    named = {code: row.parent.code if row.parent else "" for code, row in present.items()}
    named |= {node.code: node.parents[-1] for node in processes if node.parents}
    processes = [node for node in processes if not _is_in_loop(node, named, ledger)]
    known = {code: LEVELS.index(ProcessLevel(row.level)) + 1 for code, row in present.items()}
    placed: list[Node] = []
    for node in sorted(processes, key=lambda node: node.level):
        if _place(node, known=known, ledger=ledger):
            known[node.code] = node.level
            placed.append(node)
    scenarios = [node for node in scenarios if _place(node, known=known, ledger=ledger)]
    for node in scenarios:
        node.code = settle_code(node)
    number_twins(scenarios)
    return Plan(placed, scenarios)


def _without_twins(nodes: list[Node], ledger: Ledger) -> list[Node]:
    """Refuse a code that is twice in one table; another table may state the process again."""
    first: dict[tuple[str, str], Node] = {}
    for node in nodes:
        held = first.setdefault((node.file, node.code), node)
        if held is not node:
            _refuse(
                ledger,
                node,
                column="Code",
                value=node.code,
                reason=f"is the code of row {held.row} too",
                remedy="Give each process a code of its own.",
            )
    return list({node.code: node for node in first.values()}.values())


def _place(node: Node, *, known: dict[str, int], ledger: Ledger) -> bool:
    """Find a node's parent; refuse one that names a parent which nobody knows."""
    node.parent = elect_parent(node, known)
    named = [code for code in node.parents if code]
    if node.parent or (not named and not node.is_scenario) or node.level == 1:
        return True
    _refuse(
        ledger,
        node,
        column="Parent",
        value=named[-1] if named else "",
        reason="is no process above this row",
        remedy="Name a process of a higher level that is in the file or in the project.",
    )
    return False


def _is_in_loop(node: Node, parents: dict[str, str], ledger: Ledger) -> bool:
    loop = find_loop(node.code, parents)
    if loop:
        _refuse(
            ledger,
            node,
            column="Parent",
            value=node.parents[-1],
            reason=f"closes a loop: {' > '.join(loop[:6])}",
            remedy="A process cannot lie below itself. Correct the parent.",
        )
    return bool(loop)


def _refuse(ledger: Ledger, node: Node, **why: Any) -> None:
    ledger.refuse(node.file, node.row, CellRefused(**why))


def _write_processes(nodes: list[Node], *, context: Context) -> Settled[BusinessProcess]:
    wanted = {}
    for node in nodes:
        party, role = suggestion(node.parties)
        wanted[node.code,] = {
            "name": node.name,
            "level": LEVELS[node.level - 1],
            "suggested_party": party,
            "suggested_role": role,
            "source": SOURCE,
            **node.fields,
        }
    return settle(BusinessProcess, context=context, key=("code",), wanted=wanted)


def _hang(
    nodes: list[Node], *, processes: Settled[BusinessProcess], context: Context
) -> set[tuple[str, ...]]:
    """Set the parents that differ and return the codes of the nodes that moved."""
    moved, changes = [], []
    for node in nodes:
        row = processes.rows[node.code,]
        parent = processes.rows[node.parent,].pk if node.parent else None
        if row.parent_id != parent:
            before = {"parent_id": row.parent_id}
            row.parent_id = parent
            moved.append(row)
            if (node.code,) not in processes.added:
                changes.append(change_of(row, before=before, context=context))
    remember(changes, context=context)
    BusinessProcess.objects.bulk_update(moved, ["parent"], batch_size=BATCH)
    return {(row.code,) for row in moved}


def _recount(tally: Tally, moved: set[tuple[str, ...]]) -> None:
    """Count nodes that only moved as taken."""
    tally.taken += len(moved)
    tally.unchanged -= len(moved)
    tally.counts["processes"] += len(moved)


def _write_scenarios(
    nodes: list[Node], *, processes: Settled[BusinessProcess], context: Context
) -> Tally:
    wanted = {
        (node.code,): {
            "title": node.name,
            "process_id": processes.rows[node.parent,].pk,
            "source": SOURCE,
            **node.fields,
        }
        for node in nodes
    }
    settled = settle(Scenario, context=context, key=("code",), wanted=wanted)
    return settled.tally("scenarios", of=wanted)
