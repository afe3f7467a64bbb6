"""Export the record of a project: a pack, and the checkpoint that proves it later.

What stands in a pack is said in governance/record/FORMAT.md, section 6.
"""

import base64
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from django.db import transaction

from governance.choices import AnchorKind, RecordKind
from governance.models import (
    Anchor,
    Checkpoint,
    Project,
    RecordEntry,
    RecordHead,
    RecordText,
    Signoff,
    User,
)
from governance.record.canonical import canonical, moment_of
from governance.record.checkpoints import checkpoint_of
from governance.record.log import About, Deed, append
from reports.exports.archives import archive_of
from reports.exports.sheets import Words, record_sheet
from reports.services.packing import sha256_of_bytes

FORMAT = "readiness-record-pack@1"
MANIFEST = "manifest.json"
SHEET = "record.csv"
VERIFIERS = ("verify_record.py", "verify_record.mjs")
HOW = """The record of {project}, {client}
{size} entries, checkpoint below.

To verify this pack you need no server and no network:

    python3 verify_record.py PACK.zip --anchor CHECKPOINT
    node verify_record.mjs PACK.zip --anchor CHECKPOINT

CHECKPOINT is a file with a checkpoint or a receipt that was kept outside: from a nightly mail,
from somebody's receipt, or printed when the pack was exported. Without one the verdict is VALID
BUT NOT ANCHORED OUTSIDE: whoever holds the database and its key could have written it anew.
Take the verifiers from where you trust them; those in this pack are a convenience, and could
have been changed together with it.

What it proves: who signed, refused, accepted and decided what, when by the server's clock, on
which evidence, and that nothing anchored was changed or cut off since. Signatures here are
simple electronic signatures; given with a passkey, advanced ones; never qualified ones.

{note}"""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack, its fingerprint, and the checkpoint to be kept apart from it."""

    content: bytes
    sha256: str
    size: int
    checkpoint: str


@transaction.atomic
def export_record(*, project: Project, exported_by: User | None) -> Pack:
    """Return the pack of a project's whole record; that it was exported is its last entry.

    :raises RecordKeyMissing: the record cannot be signed.
    """
    RecordHead.objects.select_for_update().filter(project=project).first()
    entries = RecordEntry.objects.filter(project=project)
    told = list(entries.in_order().select_related("actor__organisation"))
    sheet = record_sheet(told, texts=_words(project)).encode()
    named = [{"path": SHEET, "sha256": sha256_of_bytes(sheet)}]
    deed = Deed(
        kind=RecordKind.EXPORTED,
        actor=exported_by,
        about=About("project", project.public_id),
        terms={"files": named},
        texts={"actor": exported_by.name} if exported_by else {},
    )
    appended = append(deed, project=project)
    checkpoint = checkpoint_of(appended.head)
    if appended.entry.seq != len(told):  # the very first export began the log
        told = list(entries.in_order().up_to(appended.entry.seq))
    members = _members([*told, appended.entry], checkpoint) | {SHEET: sheet}
    members[MANIFEST] = _manifest(project, checkpoint, members)
    content = archive_of(members, first=MANIFEST)
    return Pack(content, sha256_of_bytes(content), checkpoint.size, checkpoint.note)


def _members(entries: Sequence[RecordEntry], checkpoint: Checkpoint) -> dict[str, bytes]:
    project = checkpoint.project
    notes = Checkpoint.objects.filter(project=project).order_by("size")
    how = HOW.format(
        project=project.name,
        client=project.organisation.name,
        size=checkpoint.size,
        note=checkpoint.note,
    )
    return {
        "VERIFY.txt": how.encode(),
        "anchors.json": canonical(_anchors(project)).encode(),
        "checkpoint.txt": checkpoint.note.encode(),
        "checkpoints.json": canonical(list(notes.values_list("note", flat=True))).encode(),
        "documents.jsonl": _documents(project),
        "entries.jsonl": "".join(f"{entry.body}\n" for entry in entries).encode(),
        "texts.json": canonical(_texts(project)).encode(),
        **_verifiers(),
        **_timestamps(project),
    }


def _manifest(project: Project, checkpoint: Checkpoint, members: dict[str, bytes]) -> bytes:
    head = RecordHead.objects.get(project=project)
    content = {
        "format": FORMAT,
        "origin": head.origin,
        "project": project.public_id,
        "project_name": project.name,
        "client": project.organisation.public_id,
        "client_name": project.organisation.name,
        "size": checkpoint.size,
        "root": checkpoint.root,
        "files": [
            {"path": path, "sha256": sha256_of_bytes(members[path]), "size": len(members[path])}
            for path in sorted(members)
        ],
    }
    return canonical(content).encode()


def _documents(project: Project) -> bytes:
    """Return every statement and exhibit that was signed, once each, by their hashes."""
    rows = Signoff.objects.filter(project=project, entry__isnull=False)
    texts = {text.encode() for row in rows.values_list("statement", "evidence") for text in row}
    return b"".join(text + b"\n" for text in sorted(texts, key=sha256_of_bytes))


def _texts(project: Project) -> dict[str, dict[str, str]]:
    kept = RecordText.objects.filter(project=project).exclude(nonce="")
    rows = kept.values_list("commitment", "nonce", "text")
    return {commitment: {"nonce": nonce, "text": text} for commitment, nonce, text in rows}


def _words(project: Project) -> Words:
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = RecordText.objects.filter(project=project).values_list("entry_id", "name", "text")
    for entry_id, name, text in rows:
        found[entry_id][name] = text or "(erased)"
    return found


def _anchors(project: Project) -> list[dict[str, object]]:
    rows = Anchor.objects.filter(project=project).select_related("checkpoint", "account")
    return [
        {
            "at": moment_of(row.anchored_at),
            "kind": row.kind,
            "size": row.checkpoint.size,
            "to": row.account.name if row.account else row.authority,
        }
        for row in rows.order_by("pk")
    ]


def _timestamps(project: Project) -> dict[str, bytes]:
    rows = Anchor.objects.filter(project=project, kind=AnchorKind.TIMESTAMP)
    pairs = rows.order_by("-pk").values_list("checkpoint__size", "token")
    return {f"timestamps/{size}.tsr": base64.b64decode(token) for size, token in pairs}


def _verifiers() -> dict[str, bytes]:
    folder = files("governance.record.verifiers")
    return {name: folder.joinpath(name).read_bytes() for name in VERIFIERS}
