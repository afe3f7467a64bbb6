"""Make packs of logs: FORMAT.md, section 6. Each stage can be changed; what follows still fits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.record_packs import canonical, keys, merkle
from tests.record_packs.canonical import Json
from tests.record_packs.logs import Log, digest
from tests.record_packs.zips import Archive, Member

Members = dict[str, bytes]


def same(stage: Any) -> Any:
    """Leave a stage as it is."""
    return stage


def always(stage: Any) -> Any:
    """Put something else in the place of a stage."""
    return lambda _stage: stage


@dataclass(frozen=True)
class Stages:
    """What is changed between the stages of making a pack; each gets the stage and returns it."""

    bodies: Callable[[list[bytes]], list[bytes]] = same
    documents: Callable[[list[bytes]], list[bytes]] = same
    checkpoint: Callable[[bytes], bytes] = same
    members: Callable[[Members], Members] = same
    manifest: Callable[[Json], Any] = same
    written: Callable[[bytes], bytes] = same
    archive: Callable[[Archive], Archive] = same
    pack: Callable[[bytes], bytes] = same


AS_IT_IS = Stages()


def make(log: Log, *, stages: Stages = AS_IT_IS) -> bytes:
    """Return the pack of a log."""
    bodies = stages.bodies(log.bodies())
    root = merkle.root([merkle.leaf(body) for body in bodies])
    members = stages.members(_members(log, bodies, stages=stages))
    manifest = {
        "format": "readiness-record-pack@1",
        "origin": log.origin,
        "project": log.project,
        "client": log.client,
        **log.names,
        "size": len(bodies),
        "root": root.hex(),
        "files": listing(members),
    }
    written = stages.written(canonical.write(stages.manifest(manifest)))
    return stages.pack(stages.archive(archive(written, members)).write())


def listing(members: Members) -> list[Json]:
    """Return what the manifest says of the other members."""
    return [
        {"path": path, "sha256": digest(members[path]), "size": len(members[path])}
        for path in sorted(members)
    ]


def archive(manifest: bytes, members: Members) -> Archive:
    """Return the archive of members, the manifest first."""
    named = [("manifest.json", manifest), *sorted(members.items())]
    return Archive([Member(name.encode(), content) for name, content in named])


def _members(log: Log, bodies: list[bytes], *, stages: Stages) -> Members:
    documents = stages.documents([log.documents[key] for key in sorted(log.documents)])
    checkpoints = [log.checkpoint(size, bodies=bodies).decode() for size in sorted(log.sizes)]
    return {
        "checkpoint.txt": stages.checkpoint(checkpoint(log, bodies)),
        "entries.jsonl": b"".join(body + b"\n" for body in bodies),
        "documents.jsonl": b"".join(document + b"\n" for document in documents),
        "texts.json": canonical.write(log.texts),
        "checkpoints.json": canonical.write(checkpoints),
        "anchors.json": canonical.write(log.sent),
        **log.files,
    }


def checkpoint(log: Log, bodies: list[bytes]) -> bytes:
    """Return the note over all bodies, even where there are none."""
    root = merkle.root([merkle.leaf(body) for body in bodies])
    text = keys.checkpoint_text(log.origin, len(bodies), root)
    return keys.note(text, log.key_at(max(len(bodies), 1)).line(text))
