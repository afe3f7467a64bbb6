"""Manifests that break one rule each: FORMAT.md, section 6."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.record_packs import cases, worlds
from tests.record_packs.canonical import Json
from tests.record_packs.cases import GONE, Case, put
from tests.record_packs.logs import Log, digest
from tests.record_packs.packs import Stages
from tests.record_packs.wrong_values import NOT_HASHES, NOT_IDENTIFIERS, OTHER

MANIFEST_KEYS = ("format", "origin", "project", "client", "project_name", "client_name")
MANIFEST: list[tuple[str, str, Any]] = [
    *[(f"no {name}", name, GONE) for name in (*MANIFEST_KEYS, "size", "root", "files")],
    ("a key too many", "extra", 1),
    ("another format", "format", "readiness-record-pack@2"),
    ("another origin", "origin", f"gate.example/p/{OTHER}"),
    ("another host", "origin", "other.example"),
    ("another project", "project", OTHER),
    ("another client", "client", OTHER),
    *[(f"project: {name}", "project", value) for name, value in NOT_IDENTIFIERS.items()],
    *[(f"client: {name}", "client", value) for name, value in NOT_IDENTIFIERS.items()],
    ("a project's name that is no text", "project_name", 7),
    ("a client's name that is no text", "client_name", None),
    ("a size too high", "size", 18),
    ("a size too low", "size", 16),
    ("a size of nought", "size", 0),
    ("a size as text", "size", "17"),
    ("size true", "size", True),
    *[(f"root: {name}", "root", value) for name, value in NOT_HASHES.items()],
    ("another root", "root", "ab" * 32),
    ("no files in files", "files", []),
    ("files null", "files", None),
    ("files an object", "files", {}),
]
FileChange = Callable[[list[Json]], Any]
FILES: dict[str, FileChange] = {
    "a file left out": lambda files: files.pop(0),
    "a file twice": lambda files: files.insert(0, files[0]),
    "a file that is not there": lambda files: files.append(_row("zzz", b"")),
    "the manifest itself": lambda files: files.insert(-6, _row("manifest.json", b"")),
    "not sorted": lambda files: files.reverse(),
    "two swapped": lambda files: files.insert(1, files.pop(0)),
    "another hash": lambda files: files[0].update(sha256="ab" * 32),
    "a hash in capitals": lambda files: files[0].update(sha256=files[0]["sha256"].upper()),
    "another size": lambda files: files[0].update(size=files[0]["size"] + 1),
    "a size as text": lambda files: files[0].update(size=str(files[0]["size"])),
    "a size below nought": lambda files: files[0].update(size=-1),
    "a key too many": lambda files: files[0].update(type="json"),
    "no size": lambda files: files[0].pop("size"),
    "no hash": lambda files: files[0].pop("sha256"),
    "no path": lambda files: files[0].pop("path"),
    "a row of text": lambda files: files.insert(0, "anchors.json"),  # type: ignore[arg-type]
}


def _row(path: str, content: bytes) -> Json:
    return {"path": path, "sha256": digest(content), "size": len(content)}


def _putting(path: str, value: Any) -> Callable[[Json], Json]:
    def change(row: Json) -> Json:
        put(row, path, value)
        return row

    return change


def _listing(change: FileChange) -> Callable[[Json], Json]:
    def changed(row: Json) -> Json:
        change(row["files"])
        return row

    return changed


def bad_cases() -> Iterator[Case]:
    """Yield packs whose manifest does not fit them."""
    for name, path, value in MANIFEST:
        stages = Stages(manifest=_putting(path, value))
        yield cases.bad(f"manifest: {name}", worlds.whole(), stages=stages)
    for name, change in FILES.items():
        stages = Stages(manifest=_listing(change))
        yield cases.bad(f"manifest's files: {name}", worlds.plain(4), stages=stages)
    none = Log("none")
    none.entries.clear()
    yield cases.bad("manifest: no entries at all", none)


def good_cases() -> Iterator[Case]:
    """Yield packs with other names: the manifest says them, and nothing covers them."""
    for name in ("", "Another", "\u0000\ud7ff\ue000"):
        log = worlds.plain(3)
        log.names["project_name"] = name
        yield cases.good(f"manifest: project called {name!r}", log)
