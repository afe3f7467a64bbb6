"""What stands there now of what was signed, for the kinds that can go out of date.

An acceptance, a change of policy and a vote are signed on words that do not change;
they are ended, or followed by others.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from governance.choices import SignoffKind
from readiness.metrics.documents import project_documents
from readiness.metrics.evidence import process_evidence
from readiness.metrics.scopes import process_scopes

Covered = tuple[str, int | None]
"""A kind of signature, and the process it is over; None where it is over the project."""

_OF_A_PROCESS: dict[str, Callable[..., dict[int, str]]] = {
    SignoffKind.PROCESS_EVIDENCE: process_evidence,
    SignoffKind.SCOPE: process_scopes,
}
_OF_THE_PROJECT = (SignoffKind.CHARTER, SignoffKind.CLOSURE, SignoffKind.HANDOVER)
AGEING = frozenset({*_OF_A_PROCESS, *_OF_THE_PROJECT})


def current_exhibits(
    *, project_id: int, as_of: datetime, wanted: Collection[Covered]
) -> dict[Covered, str]:
    """Return the canonical JSON of each as it is at a moment.

    What is no longer there to be signed is empty; a kind that does not age is left out.
    """
    found: dict[Covered, str] = {}
    for kind in sorted({kind for kind, _ in wanted} & _OF_A_PROCESS.keys()):
        keys = {process_id for each, process_id in wanted if each == kind and process_id}
        bodies = _OF_A_PROCESS[kind](project_ids=[project_id], as_of=as_of, process_ids=keys)
        found.update({(kind, key): bodies.get(key, "") for key in keys})
    for kind in _OF_THE_PROJECT:
        if (kind, None) in wanted:
            documents = project_documents(project_ids=[project_id], as_of=as_of, kind=kind)
            found[kind, None] = documents.get(project_id, "")
    return found
