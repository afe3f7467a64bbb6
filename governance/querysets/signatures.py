"""Which signature of each process is the newest at a moment."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Self

from governance.querysets.facts import FactQuerySet
from governance.querysets.security import newest_reset
from governance.querysets.statements import fetch_rows, fill

if TYPE_CHECKING:
    from governance.models import Signoff  # noqa: F401


class SignoffQuerySet(FactQuerySet["Signoff"]):
    """Select signatures."""

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
             WHERE project_id IN ({projects})
               AND signed_at <= %(as_of)s AND recorded_at <= %(as_of)s) acts
     WHERE place = 1
"""


def newest_signatures(*, project_ids: Collection[int], as_of: datetime) -> list[SignatureRow]:
    """Return the newest act over each process that somebody signed, refused or withdrew."""
    rows = fetch_rows(fill(_NEWEST, projects=project_ids), {"as_of": as_of})
    return list(map(SignatureRow._make, rows))
