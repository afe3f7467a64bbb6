"""What lies in the scope of each process that is owned and signed, and what does not."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from governance.querysets.facts import still_seen
from governance.querysets.statements import fetch_rows, fill

ScopeRow = tuple[int, str, str, str]
"""Accountable process, and the code, name and criticality of one node in scope below it."""

_NODES = """
    SELECT accountable_id, code, name, criticality FROM governance_businessprocess p
     WHERE accountable_id IN ({processes}) AND in_scope AND recorded_at <= %(as_of)s AND {kept}
"""


def scope_rows(*, process_ids: Collection[int], as_of: datetime) -> list[ScopeRow]:
    """Return the nodes in scope that these accountable processes answer for, in no order."""
    return fetch_rows(
        fill(_NODES, processes=process_ids, kept=still_seen("p", dated=True)), {"as_of": as_of}
    )


WholeRow = tuple[int, str, str, str, bool]
"""As a scope row, and whether the node is in scope."""

_WHOLE = """
    SELECT accountable_id, code, name, criticality, in_scope FROM governance_businessprocess p
     WHERE accountable_id IN ({processes}) AND recorded_at <= %(as_of)s AND {kept}
"""


def whole_scope_rows(*, process_ids: Collection[int], as_of: datetime) -> list[WholeRow]:
    """Return every node that these processes answer for, in scope or not, in no order."""
    text = fill(_WHOLE, processes=process_ids, kept=still_seen("p", dated=True))
    return [(*row[:4], bool(row[4])) for row in fetch_rows(text, {"as_of": as_of})]


class NameRow(NamedTuple):
    """A process and its project by the names that stand in what is signed."""

    process_id: int
    process: dict[str, str]
    project: dict[str, str]


_NAMES = """
    SELECT p.id, p.public_id, p.code, p.name,
           r.public_id, r.name, r.from_platform, r.to_platform
      FROM governance_businessprocess p JOIN governance_project r ON r.id = p.project_id
     WHERE p.id IN ({processes})
"""


def names_of(*, process_ids: Collection[int]) -> dict[int, NameRow]:
    """Return process id -> how it and its project are called."""
    return {
        row[0]: NameRow(
            row[0],
            {"id": str(UUID(str(row[1]))), "code": row[2], "name": row[3]},
            _project_words(row[4:]),
        )
        for row in fetch_rows(fill(_NAMES, processes=process_ids))
    }


_PROJECTS = """
    SELECT id, public_id, name, from_platform, to_platform
      FROM governance_project WHERE id IN ({projects})
"""


def project_words(*, project_ids: Collection[int]) -> dict[int, dict[str, str]]:
    """Return project id -> how it is called in what is signed."""
    rows = fetch_rows(fill(_PROJECTS, projects=project_ids))
    return {row[0]: _project_words(row[1:]) for row in rows}


def _project_words(row: tuple[Any, ...]) -> dict[str, str]:
    public_id, name, source, target = row
    return {
        "id": str(UUID(str(public_id))),
        "name": name,
        "from_platform": source,
        "to_platform": target,
    }
