"""Every process that is owned and signed, with what its signature is worth now."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.choices import SignoffAct
from governance.forms.decisions import owned_processes
from governance.models import BusinessProcess, Project
from governance.pages.trail import Step, trail_of
from governance.querysets.signatures import newest_signatures
from governance.services.signoffs import evidence_hash_of
from readiness.metrics.evidence import process_evidence


@dataclass(frozen=True, slots=True)
class ListedProcess:
    """One process of the list with what its signature is worth now."""

    process: BusinessProcess
    href: str
    act: str
    stale: bool


@dataclass(frozen=True, slots=True)
class ProcessList:
    """Every process that is owned and signed."""

    rows: list[ListedProcess]
    answer: str
    trail: list[Step]


def process_list(project: Project, *, at: datetime) -> ProcessList:
    """Return the processes that are owned and signed, by code, with their signatures."""
    processes = owned_processes(project).select_related("owner", "deputy")
    evidence = process_evidence(project_ids=[project.pk], as_of=at)
    newest = {row.process_id: row for row in newest_signatures(project_ids=[project.pk], as_of=at)}
    rows = []
    for process in processes:
        row = newest.get(process.pk)
        current = evidence_hash_of(evidence.get(process.pk, ""))
        rows.append(
            ListedProcess(
                process=process,
                href=reverse(
                    "readiness:process-detail", args=[project.public_id, process.public_id]
                ),
                act=row.act if row else "",
                stale=row is not None and row.evidence_hash != current,
            )
        )
    valid = sum(row.act == SignoffAct.SIGNED and not row.stale for row in rows)
    told = {"valid": valid, "all": len(rows)}
    answer = _("%(valid)d of %(all)d processes stand signed on today's evidence.") % told
    return ProcessList(
        rows,
        answer if rows else _("No process is in scope yet."),
        trail_of(project, _("Processes")),
    )
