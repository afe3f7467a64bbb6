"""The three ways a process catalogue arrives: full export, flat list, and our own columns."""

from collections.abc import Callable
from dataclasses import dataclass, field

from governance.choices import Criticality, OrganisationKind, english
from governance.imports.cells import choice_of, code_of, short_of, yes_of
from governance.imports.columns import Column, Record, Sheet, gather, lay_over, plain_heading
from governance.imports.ledger import Ledger, RowSkipped
from governance.imports.prose import plain_text
from governance.imports.tables import Table
from uat.choices import ScenarioClass
from uat.imports.nodes import (
    SCENARIO,
    Node,
    parent_code,
    sequence_code,
    split_title,
)

Read = Callable[[Sheet, Ledger], list[Node]]
LONGEST_CODE = {False: 40, True: 90}
LONGEST_NAME = 300
KIND_LEVELS = {"end to end": 1, "process area": 2, "process": 3, "scenario": SCENARIO}
OUT = {"deleted": "Deleted in the catalogue", "deprecated": "Deprecated in the catalogue"}
PARTIES = {
    "customer": OrganisationKind.CLIENT,
    "client": OrganisationKind.CLIENT,
    "business": OrganisationKind.CLIENT,
    "partner": OrganisationKind.PARTNER,
    "vendor": OrganisationKind.PARTNER,
    "integrator": OrganisationKind.PARTNER,
}
IMPACTS = {
    "critical": Criticality.CRITICAL,
    "high": Criticality.HIGH,
    "medium": Criticality.MEDIUM,
    "low": Criticality.LOW,
}
CLASSES = {plain_heading(word): word for word in ScenarioClass.values} | {
    plain_heading(english(each)): each.value for each in ScenarioClass
}
_EXPORT = (
    Column("kind", ("Work Item Type",), required=True),
    Column("status", ("Catalog status",), required=True),
    Column("sequence", ("Process Sequence ID",), required=True),
    Column("description", ("Description",)),
    Column("expected", ("Acceptance Criteria",)),
    Column("menu", ("Menu Path",)),
    Column("party", ("Responsible party",)),
    Column("role", ("Responsible Role",)),
    Column("impact", ("Estimated project impact",)),
)
FULL = (
    *_EXPORT,
    *(Column(f"title{number}", (f"Title {number}",), required=True) for number in range(1, 5)),
)
SIMPLE = (
    *_EXPORT,
    Column("title1", ("End to end",), required=True),
    Column("title2", ("Process area",), required=True),
    Column("title3", ("Process",), required=True),
    Column("title4", ("Scenario",), required=True),
)
PLAIN = (
    Column("code", ("Code", "Process code", "Process ID", "Scenario code"), required=True),
    Column("name", ("Name", "Title", "Process name"), required=True),
    Column("level", ("Level", "Type", "Kind"), required=True),
    Column("parent", ("Parent", "Parent code")),
    Column("status", ("Status", "Catalog status")),
    Column("description", ("Description", "Steps")),
    Column("expected", ("Expected result", "Acceptance criteria")),
    Column("party", ("Responsible party", "Party")),
    Column("role", ("Responsible role",)),
    Column("impact", ("Criticality",)),
    Column("class", ("Scenario class", "Class")),
    Column("in_scope", ("In scope", "Scope")),
)
LEVEL_WORDS = {
    **KIND_LEVELS,
    "end to end process": 1,
    "e2e": 1,
    "area": 2,
    "test case": SCENARIO,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": SCENARIO,
}


def recognise(table: Table) -> tuple[Sheet, Read] | None:
    """Return the sheet of a catalogue and what reads its dialect, or None when it is none."""
    for columns, read in ((FULL, read_export), (SIMPLE, read_export), (PLAIN, read_plain)):
        sheet = lay_over(table, columns)
        if sheet is not None:
            return sheet, read
    return None


@dataclass(slots=True)
class _Path:
    """The rows above the one being read, by level; what they are called, whether they live."""

    nodes: dict[int, Node | None] = field(default_factory=dict)

    def enter(self, level: int, node: Node | None) -> None:
        """Put a row in its place; what hung below the row before it is left behind."""
        self.nodes = {place: held for place, held in self.nodes.items() if place < level}
        self.nodes[level] = node

    def above(self, level: int) -> str:
        """Return the code of the living row that the next row of a level hangs under."""
        node = self.nodes.get(level - 1)
        return node.code if node else ""


def read_export(sheet: Sheet, ledger: Ledger) -> list[Node]:
    """Read a full or a simple export: one row per item, its level told by its type."""
    is_flat = plain_heading(sheet.title("title1")) == "end to end"
    path = _Path()

    def parse(record: Record) -> Node:
        return _read_item(record, path=path, is_flat=is_flat)

    return [node for _, node in gather(sheet, ledger, parse)]


def _read_item(record: Record, *, path: _Path, is_flat: bool) -> Node:
    """Return the node of a row.

    :raises RowSkipped: deleted, deprecated, or neither a process nor a scenario.
    :raises CellRefused: no code, or a code that is a number.
    """
    kind = record.needed("kind")
    level = KIND_LEVELS.get(plain_heading(kind), 0)
    gone = OUT.get(plain_heading(record.text("status")))
    if gone:
        if level:
            path.enter(level, None)
        raise RowSkipped(gone)
    if not level:
        _vote(record, path=path)
        raise RowSkipped(f"{kind}: neither a process nor a scenario")
    node = _export_node(record, level=level)
    above = split_title(record.text(f"title{level - 1}"))[0] if is_flat and level > 1 else ""
    node.parents = (
        parent_code(node.code),
        parent_code(sequence_code(node.sequence, level=level)),
        above or path.above(level),
    )
    path.enter(level, node)
    _vote(record, path=path)
    return node


def _export_node(record: Record, *, level: int) -> Node:
    title = record.needed(f"title{level}")
    code, name = split_title(plain_text(title))
    if not code or not name:
        raise record.refuse(
            f"title{level}",
            reason="does not start with a code and go on with a name",
            remedy="Write it as “65.10.020 Enter orders”.",
        )
    node = Node(record.sheet.table.name, record.row.number, level, code, name)
    if len(code) > LONGEST_CODE[node.is_scenario] or len(name) > LONGEST_NAME:
        raise record.refuse(
            f"title{level}",
            reason=f"has more than {LONGEST_NAME} signs, or too long a code",
            remedy="Shorten it.",
        )
    node.sequence = short_of(record, "sequence", most=60)
    node.fields = _stated(record, is_scenario=node.is_scenario)
    if node.is_scenario:
        node.fields["origin"] = f"Process Sequence ID {node.sequence}"
    return node


def _vote(record: Record, *, path: _Path) -> None:
    """Count who is responsible for a row with every living process above it."""
    party = PARTIES.get(plain_heading(record.text("party")))
    if party is None:
        return
    for node in path.nodes.values():
        if node is not None:
            node.parties[party, record.text("role")[:200]] += 1


def _stated(record: Record, *, is_scenario: bool) -> dict[str, object]:
    """Return what a row says about its node, in our words."""
    description = plain_text(record.text("description"))
    menu = plain_text(record.text("menu"))
    if not is_scenario:
        return {"description": description}
    return {
        "steps": "\n".join(filter(None, (description, f"Menu: {menu}" if menu else ""))),
        "expected_result": plain_text(record.text("expected")),
        "criticality": choice_of(record, "impact", IMPACTS, empty=Criticality.MEDIUM)
        if record.text("impact")
        else "",
    }


def read_plain(sheet: Sheet, ledger: Ledger) -> list[Node]:
    """Read a list in our own columns: code, name, level and, where codes do not say it, parent."""
    nodes = [node for _, node in gather(sheet, ledger, _read_plain_row)]
    return nodes if sheet.has("parent") else _with_parents(nodes)


def _with_parents(nodes: list[Node]) -> list[Node]:
    for node in nodes:
        node.parents = (parent_code(node.code),)
    return nodes


def _read_plain_row(record: Record) -> Node:
    gone = OUT.get(plain_heading(record.text("status")))
    if gone:
        raise RowSkipped(gone)
    level = int(choice_of(record, "level", {word: str(n) for word, n in LEVEL_WORDS.items()}))
    code = code_of(record, "code", most=LONGEST_CODE[level == SCENARIO])
    name = short_of(record, "name", most=LONGEST_NAME, needed=True)
    node = Node(record.sheet.table.name, record.row.number, level, code, name)
    node.parents = (record.text("parent"),)
    node.fields = _stated(record, is_scenario=node.is_scenario)
    if record.text("impact"):
        node.fields["criticality"] = choice_of(record, "impact", IMPACTS)
    if record.text("in_scope"):
        node.fields["in_scope"] = yes_of(record, "in_scope", empty=True)
    if node.is_scenario and record.text("class"):
        node.fields["scenario_class"] = choice_of(record, "class", CLASSES)
    if record.text("party"):
        party = choice_of(record, "party", PARTIES)
        node.parties[party, short_of(record, "role", most=200)] += 1
    return node
