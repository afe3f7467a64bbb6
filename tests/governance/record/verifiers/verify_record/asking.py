"""Ask the verifier about packs that are wrong in one thing, and hear why."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from governance.record.verifiers.verify_record import Verdict, verify
from tests.record_packs import canonical, packs
from tests.record_packs.logs import Log
from tests.record_packs.packs import Stages

Change = Callable[[Any], Any]


def reason(
    log: Log,
    *,
    stages: Stages = packs.AS_IT_IS,
    anchors: Sequence[bytes] = (),
    pins: Sequence[str] = (),
) -> str:
    """Return why the pack of a log is refused, or nothing where it is not."""
    return why(verify(packs.make(log, stages=stages), anchors=anchors, pins=pins))


def why(found: Verdict) -> str:
    """Return the reason of a verdict, or nothing where it is not INVALID."""
    assert (found.verdict == "INVALID") == bool(found.reason)
    assert found.verdict != "INVALID" or (found.since, found.entries, found.remarks) == (
        None,
        0,
        (),
    )
    return found.reason


def member(name: str, change: Change) -> Stages:
    """Change the bytes of one member; the manifest names what comes out."""
    return Stages(members=lambda members: members | {name: change(members[name])})


def member_json(name: str, change: Change) -> Stages:
    """Change what one member says; the change returns the new value, or edits the old one."""

    def written(content: bytes) -> bytes:
        value = _read(content)
        changed = change(value)
        return canonical.write(value if changed is None else changed)

    return member(name, written)


def manifest(change: Change) -> Stages:
    """Change what the manifest says."""

    def changed(value: Any) -> Any:
        new = change(value)
        return value if new is None else new

    return Stages(manifest=changed)


def _read(content: bytes) -> Any:
    return json.loads(content)
