"""Append to a project's log: the one place where entries are written.

Call it last in the transaction that carries out the act: if the entry cannot be written the
act did not happen. Nothing here judges or refuses; the moment is the database's.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from governance.choices import RecordKind
from governance.models import Project, RecordEntry, RecordHead, RecordText, User
from governance.record.canonical import canonical
from governance.record.keys import log_host, signer
from governance.record.merkle import grown, last_leaf_proof, leaf_hash

ENTRY_VERSION = 1
LOG_FORMAT = "readiness-record@1"
NONCE_BYTES = 16
BATCH = 500
HEADS_AT_ONCE = 100
HEAD_FIELDS = ("size", "frontier", "key", "last_at")


@dataclass(frozen=True, slots=True)
class Secret:
    """A free text with the nonce that hides it in its commitment."""

    text: str
    nonce: str = field(default_factory=lambda: os.urandom(NONCE_BYTES).hex())

    @property
    def commitment(self) -> str:
        """Return SHA-256 over nonce and text, in hexadecimal."""
        return hashlib.sha256(bytes.fromhex(self.nonce) + self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class About:
    """The row an entry is about: its noun, and its public identifier."""

    noun: str
    public_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What an entry says of one act.

    `terms` are words of the product, numbers, identifiers and moments; whatever somebody
    typed, and names of people, belong into `texts`, which can be erased.
    """

    kind: RecordKind
    actor: User | None
    about: About | None = None
    terms: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str | Secret] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Appended:
    """An entry just written, with its way up the tree; `head` is the log's end with it."""

    entry: RecordEntry
    path: tuple[bytes, ...]
    head: RecordHead


@transaction.atomic
def append(deed: Deed, *, project: Project) -> Appended:
    """Write one entry at the end of a project's log."""
    return append_all([deed], project=project)[0]


def append_all(deeds: Sequence[Deed], *, project: Project) -> list[Appended]:
    """Write entries in order at the end of a project's log, which is locked meanwhile."""
    return append_together([(project, deed) for deed in deeds])


@transaction.atomic
def append_together(deeds: Sequence[tuple[Project, Deed]]) -> list[Appended]:
    """Write entries of several projects in order, each at the end of its project's log.

    The logs are locked in the order of their projects' keys, so that nobody waits in a ring;
    it takes the same few queries however many there are.
    """
    if not deeds:
        return []
    projects = {project.pk: project for project, _ in deeds}
    heads, now, started = _opened(projects)
    made = [
        _Made.of(deed, head=heads[project.pk], project=project, now=now) for project, deed in deeds
    ]
    _keep([*started, *made], heads=heads)
    return [
        Appended(each.entry, each.path, heads[project.pk])
        for (project, _), each in zip(deeds, made, strict=True)
    ]


@transaction.atomic
def begin_log(project: Project) -> bool:
    """Lock a project's log, begun now unless it was before; say whether it was begun now."""
    heads, _, started = _opened({project.pk: project})
    _keep(started, heads=heads if started else {})
    return bool(started)


@dataclass(frozen=True, slots=True)
class _Made:
    """An entry with its texts, once the head has taken it up."""

    entry: RecordEntry
    secrets: dict[str, Secret]
    path: tuple[bytes, ...]

    @classmethod
    def of(cls, deed: Deed, *, head: RecordHead, project: Project, now: datetime) -> "_Made":
        """Return the entry of a deed, and move the head on by it."""
        secrets = {
            name: text if isinstance(text, Secret) else Secret(text)
            for name, text in deed.texts.items()
            if text
        }
        at = max(now, head.last_at) if head.last_at else now
        body = canonical(_content(deed, secrets, head=head, project=project, at=at))
        leaf = leaf_hash(body.encode())
        entry = RecordEntry(
            organisation_id=project.organisation_id,
            project=project,
            seq=head.size,
            kind=deed.kind,
            at=at,
            actor=deed.actor,
            subject_noun=deed.about.noun if deed.about else "",
            subject_id=deed.about.public_id if deed.about else None,
            body=body,
            leaf_hash=leaf.hex(),
        )
        return cls(entry, secrets, _grow(head, leaf, at=at))


def _grow(head: RecordHead, leaf: bytes, *, at: datetime) -> tuple[bytes, ...]:
    """Move the head on by one leaf; return that leaf's proof."""
    peaks = [bytes.fromhex(peak) for peak in head.frontier]
    path = last_leaf_proof(peaks)
    head.frontier = [peak.hex() for peak in grown(peaks, size=head.size, leaf=leaf)]
    head.size += 1
    head.last_at = at
    return tuple(path)


def _content(
    deed: Deed,
    secrets: Mapping[str, Secret],
    *,
    head: RecordHead,
    project: Project,
    at: datetime,
) -> dict[str, Any]:
    return {
        "version": ENTRY_VERSION,
        "origin": head.origin,
        "project": project.public_id,
        "seq": head.size,
        "at": at,
        "kind": str(deed.kind),
        "actor": _actor(deed.actor),
        "subject": ({"id": deed.about.public_id, "noun": deed.about.noun} if deed.about else None),
        "terms": deed.terms,
        "texts": {name: secret.commitment for name, secret in secrets.items()},
        "nonce": os.urandom(NONCE_BYTES).hex(),
    }


def _actor(user: User | None) -> dict[str, Any]:
    if user is None:
        return {"id": None, "kind": "SYSTEM", "organisation": None}
    organisation = user.organisation.public_id
    return {"id": user.public_id, "kind": str(user.kind), "organisation": organisation}


def _text(entry: RecordEntry, name: str, secret: Secret) -> RecordText:
    return RecordText(
        organisation_id=entry.organisation_id,
        project_id=entry.project_id,
        entry=entry,
        name=name,
        commitment=secret.commitment,
        nonce=secret.nonce,
        text=secret.text,
    )


def origin_of(project: Project) -> str:
    """Return the name of a project's log: as it began, whatever the host is called now."""
    known = RecordHead.objects.filter(project=project).values_list("origin", flat=True).first()
    return known or f"{log_host()}/p/{project.public_id}"


def _opened(
    projects: Mapping[int, Project],
) -> tuple[dict[int, RecordHead], datetime, list[_Made]]:
    """Return the ends of the logs, locked, the clock, and the first entries of new logs."""
    heads, now = _locked_heads(projects)
    empty = [head for head in heads.values() if head.size == 0]
    started = [_start(head, project=projects[head.project_id], now=now) for head in empty]
    return heads, now, started


def _keep(made: Sequence[_Made], *, heads: Mapping[int, RecordHead]) -> None:
    """Write entries, their texts, and the ends of their logs."""
    RecordEntry.objects.bulk_create((each.entry for each in made), batch_size=BATCH)
    RecordText.objects.bulk_create(
        (_text(each.entry, name, secret) for each in made for name, secret in each.secrets.items()),
        batch_size=BATCH,
    )
    RecordHead.objects.bulk_update(heads.values(), HEAD_FIELDS, batch_size=HEADS_AT_ONCE)


def _locked_heads(projects: Mapping[int, Project]) -> tuple[dict[int, RecordHead], datetime]:
    """Return the ends of the logs, locked in the order of the projects, and the clock."""
    held = RecordHead.objects.of_projects_in_order(projects).select_for_update().with_clock()
    heads = {head.project_id: head for head in held}
    if len(heads) < len(projects):
        RecordHead.objects.bulk_create(
            (
                RecordHead(project=project, origin=f"{log_host()}/p/{project.public_id}")
                for pk, project in sorted(projects.items())
                if pk not in heads
            ),
            ignore_conflicts=True,
        )
        heads = {head.project_id: head for head in held.all()}
    now: datetime = max(vars(head)["now"] for head in heads.values())
    return heads, now


def _start(head: RecordHead, *, project: Project, now: datetime) -> _Made:
    """Return the entry that begins a log."""
    head.key = signer().verifier
    terms = {
        "client": project.organisation.public_id,
        "format": LOG_FORMAT,
        "key": head.key,
    }
    deed = Deed(kind=RecordKind.LOG_STARTED, actor=None, terms=terms)
    return _Made.of(deed, head=head, project=project, now=now)
