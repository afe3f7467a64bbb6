"""What is put before a signer, what the signer declares, and the statement that is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from governance.choices import SignoffAct, SignoffKind
from governance.models import Delegation, User
from governance.record.canonical import canonical, sha256_of
from governance.record.log import Secret, origin_of
from governance.services.accounts import Seed
from governance.services.entitlement import Entitlement, SignoffRefused, Subject
from governance.services.meanings import Meaning, meaning_of

STATEMENT_FORMAT = "readiness-statement@1"


class EvidenceChanged(SignoffRefused):
    """Say that what would be signed is no longer what the signer was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """The evidence put before the signer, and what the floors above know about it.

    `body` is the canonical JSON as it is now and `shown_hash` the hash of what the signer
    saw. `tester_ids` are the accounts whose runs count in it, 0 standing for everybody
    without an account; `is_empty` says that nothing in scope has a counted run;
    `being_judged` that a fact is newer than the last judgement; `gap` why nothing can be
    signed yet; `stands_unsigned` that what is taken back is older than the record.
    """

    body: str
    shown_hash: str
    is_empty: bool = False
    being_judged: bool = False
    gap: str = ""
    stands_unsigned: bool = False
    tester_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What somebody declares; `shown_meaning` is the key of the wording the page showed."""

    act: SignoffAct
    kind: SignoffKind = SignoffKind.PROCESS_EVIDENCE
    reason: str = ""
    shown_meaning: str = ""

    @property
    def meaning(self) -> Meaning:
        """Return the newest wording of the act."""
        return meaning_of(self.act, kind=self.kind)


class Rehearsed(Exception):
    """Bring out what would be signed; nothing of it is written."""

    def __init__(self, statement: "Statement") -> None:
        """Keep the statement."""
        super().__init__(statement.digest)
        self.statement = statement


def evidence_hash_of(body: str) -> str:
    """Return the SHA-256 of evidence in hexadecimal."""
    return sha256_of(body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Everything a signature says, before anybody has put a name to it."""

    subject: Subject
    signer: User
    declaration: Declaration
    exhibit: Exhibit
    entitlement: Entitlement
    seed: Seed

    @property
    def reason(self) -> Secret | None:
        """Return the reason as the record keeps it; None where none is given."""
        text = self.declaration.reason.strip()
        return Secret(text, self.seed.reason_nonce) if text else None

    @property
    def text(self) -> str:
        """Return the canonical JSON that is signed."""
        return canonical(self._content())

    @property
    def digest(self) -> str:
        """Return the SHA-256 of what is signed: what a passkey is asked to sign."""
        return sha256_of(self.text)

    def _content(self) -> dict[str, Any]:
        """Return what FORMAT.md, section 3, says."""
        project, delegation = self.subject.project, self.entitlement.delegation
        return {
            "format": STATEMENT_FORMAT,
            "act": str(self.declaration.act),
            "kind": str(self.declaration.kind),
            "origin": origin_of(project),
            "project": project.public_id,
            "subject": {"id": self.subject.public_id, "noun": self.subject.noun},
            "title": self.subject.title,
            "signer": {
                "id": self.signer.public_id,
                "name": self.signer.name,
                "organisation": self.signer.organisation.public_id,
                "organisation_name": self.signer.organisation.name,
            },
            "meaning": self.declaration.meaning.as_signed(),
            "authority": self.entitlement.words,
            "delegation": _delegated(delegation) if delegation else None,
            "reason": self.reason.commitment if self.reason else None,
            "exhibit": self.exhibit.shown_hash,
            "zone": self.signer.time_zone,
            "challenge": self.seed.challenge,
        }


def _delegated(delegation: Delegation) -> Mapping[str, Any]:
    return {
        "id": delegation.public_id,
        "from": delegation.starts_at,
        "until": delegation.ends_at,
        "appointed_by": delegation.appointed_by.name,
    }
