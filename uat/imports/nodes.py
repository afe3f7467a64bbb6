"""The rows of a catalogue as a tree: codes, parents and loops. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from governance.choices import ProcessLevel

SCENARIO = 4
LEVELS = (ProcessLevel.END_TO_END, ProcessLevel.AREA, ProcessLevel.PROCESS)
_CODED = re.compile(r"\s*(\d[\d.]*\d|\d)\.?\s*(.*)", re.DOTALL)


@dataclass(slots=True)
class Node:
    """One row of a catalogue: a process (levels 1 to 3) or a scenario (level 4).

    `parents` are the codes that the row itself offers as its parent, one per witness:
    its code, its sequence number and its place in the file. `fields` is what the file
    states about it in our words; `parties` and `roles` are counted from below.
    """

    file: str
    row: int
    level: int
    code: str
    name: str
    parents: tuple[str, ...] = ()
    sequence: str = ""
    fields: dict[str, object] = field(default_factory=dict)
    parties: Counter[tuple[str, str]] = field(default_factory=Counter)
    parent: str = ""

    @property
    def is_scenario(self) -> bool:
        """Say whether the row is to be tested rather than owned."""
        return self.level == SCENARIO


def split_title(title: str) -> tuple[str, str]:
    """Return (code, name) of a title such as `65.10.020 Enter orders`; no code is empty."""
    found = _CODED.fullmatch(title)
    return (found[1], " ".join(found[2].split())) if found else ("", " ".join(title.split()))


def parent_code(code: str) -> str:
    """Return the code without its last part; a code of one part has no parent."""
    return code.rpartition(".")[0]


def sequence_code(sequence: str, *, level: int) -> str:
    """Return the parts of a sequence number that a level has (65.10.000.000 is 65.10)."""
    return ".".join(sequence.strip(".").split(".")[:level])


def elect_parent(node: Node, known: Mapping[str, int]) -> str:
    """Return the parent most witnesses name among known processes; the last one wins a tie.

    `known` maps the codes of processes to their level; a parent lies above its child.
    """
    votes = Counter(code for code in node.parents if 0 < known.get(code, 0) < node.level)
    if not votes:
        return ""
    most = max(votes.values())
    return [code for code in node.parents if votes.get(code) == most][-1]


def settle_code(node: Node) -> str:
    """Return the code of a scenario: its title's, or its sequence number's when only that fits."""
    sequence = sequence_code(node.sequence, level=node.level)
    fits = parent_code(node.code) == node.parent
    return sequence if not fits and sequence and parent_code(sequence) == node.parent else node.code


def number_twins(nodes: Iterable[Node]) -> None:
    """Give every scenario of a table a code of its own: the second becomes `code~2`."""
    used: Counter[tuple[str, str]] = Counter()
    for node in nodes:
        key = (node.file, node.code)
        used[key] += 1
        if used[key] > 1:
            node.code = f"{node.code}~{used[key]}"


def find_loop(start: str, parents: Mapping[str, str]) -> list[str]:
    """Return the codes of the loop that a node hangs in, or nothing."""
    path: list[str] = []
    code = start
    while code:
        if code in path:
            return [*path[path.index(code) :], code]
        path.append(code)
        code = parents.get(code, "")
    return []


def suggestion(parties: Counter[tuple[str, str]]) -> tuple[str, str]:
    """Return (party, role) that most rows below a process name; equal voices say nothing."""
    sides: Counter[str] = Counter()
    for (party, _), number in parties.items():
        sides[party] += number
    ranked = sides.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return "", ""
    party = ranked[0][0]
    roles = [(number, role) for (side, role), number in parties.items() if side == party and role]
    role = min(roles, key=lambda item: (-item[0], item[1]))[1] if roles else ""
    return party, role
