"""Which signature of each process is the newest at a moment."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Self
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from governance.choices import SignoffKind
from governance.querysets.facts import FactQuerySet
from governance.querysets.security import newest_reset
from governance.querysets.statements import fetch_rows, fill

if TYPE_CHECKING:
    from governance.models import Signoff  # noqa: F401


class SignoffLine(NamedTuple):
    """One act in short; `subject` is the public identifier of what it is over."""

    pk: int
    public_id: UUID
    kind: str
    subject: UUID | None
    process_id: int | None
    act: str
    evidence_hash: str
    signed_at: datetime
    signer_name: str


class SignoffQuerySet(FactQuerySet["Signoff"]):
    """Select signatures."""

    def over(self, subject_id: UUID, *, kind: str) -> Self:
        """Keep the acts of one kind over one subject; before the record, a process alone."""
        older = Q(subject_id__isnull=True, process__public_id=subject_id)
        return self.filter(Q(subject_id=subject_id) | older, kind=kind)

    def of_evidence(self) -> Self:
        """Keep the acts over the evidence of a process."""
        return self.filter(kind=SignoffKind.PROCESS_EVIDENCE)

    def newest_first(self) -> Self:
        """Return the last act first."""
        return self.order_by("-signed_at", "-pk")

    def oldest_first(self) -> Self:
        """Return the first act first."""
        return self.order_by("signed_at", "pk")

    def as_lines(self) -> list[SignoffLine]:
        """Return the acts in short, the oldest first; before the record, over the process."""
        subject = Coalesce("subject_id", "process__public_id")
        rows = self.oldest_first().annotate(subject=subject)
        return [SignoffLine._make(row) for row in rows.values_list(*SignoffLine._fields)]

    def with_everything(self) -> Self:
        """Fetch with the acts all that a page of one of them tells."""
        beside = ("project", "process", "entry", "delegation__appointed_by", "signer")
        return self.with_resets().select_related(*beside)

    def with_resets(self) -> Self:
        """Add `authenticator_reset_at`: the signer's, shortly before; None where there is none."""
        reset_at = newest_reset(account="signer_id", moment="signed_at")
        return self.annotate(authenticator_reset_at=reset_at)


class SignatureRow(NamedTuple):
    """The newest act over a process: what it was, and the hash of what was signed."""

    project_id: int
    process_id: int
    act: str
    evidence_hash: str


_NEWEST = """
    SELECT project_id, process_id, act, evidence_hash
      FROM (SELECT project_id, process_id, act, evidence_hash,
                   ROW_NUMBER() OVER (
                       PARTITION BY process_id ORDER BY signed_at DESC, id DESC) AS place
              FROM governance_signoff
             WHERE project_id IN ({projects}) AND kind = %(kind)s
               AND signed_at <= %(as_of)s AND recorded_at <= %(as_of)s) acts
     WHERE place = 1
"""


def newest_signatures(
    *,
    project_ids: Collection[int],
    as_of: datetime,
    kind: SignoffKind = SignoffKind.PROCESS_EVIDENCE,
) -> list[SignatureRow]:
    """Return the newest act of a kind over each process that somebody signed or refused."""
    moment: dict[str, datetime | str] = {"as_of": as_of, "kind": str(kind)}
    rows = fetch_rows(fill(_NEWEST, projects=project_ids), moment)
    return list(map(SignatureRow._make, rows))


class DocumentRow(NamedTuple):
    """The newest act of a kind over a whole project: what it was, and what was signed."""

    project_id: int
    kind: str
    act: str
    evidence_hash: str


_NEWEST_DOCUMENTS = """
    SELECT project_id, kind, act, evidence_hash
      FROM (SELECT project_id, kind, act, evidence_hash,
                   ROW_NUMBER() OVER (
                       PARTITION BY project_id, kind ORDER BY signed_at DESC, id DESC) AS place
              FROM governance_signoff
             WHERE project_id IN ({projects}) AND subject_noun = 'project'
               AND signed_at <= %(as_of)s AND recorded_at <= %(as_of)s) acts
     WHERE place = 1
"""


def newest_documents(*, project_ids: Collection[int], as_of: datetime) -> list[DocumentRow]:
    """Return the newest act of each kind over each project that somebody signed or refused."""
    rows = fetch_rows(fill(_NEWEST_DOCUMENTS, projects=project_ids), {"as_of": as_of})
    return list(map(DocumentRow._make, rows))
