"""The evidence of one process on one page, and every process in one list.

`at` is the moment of looking, in the project's own zone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from governance.choices import SignoffAct
from governance.forms.decisions import owned_processes
from governance.models import (
    Assumption,
    BusinessProcess,
    Decision,
    Project,
    ProjectMark,
    Signoff,
    User,
)
from governance.pages.decisions import (
    QuestionRow,
    assumption_row,
    decision_row,
    with_assumption_rows,
    with_decision_rows,
)
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat, may_sign
from governance.querysets.signatures import newest_signatures
from governance.services.signoffs import evidence_hash_of
from readiness.metrics.evidence import process_evidence
from readiness.pages.coverage import (
    ClassRow,
    PartnerRuns,
    TrainingRow,
    class_rows,
    partner_runs,
    training_rows,
)
from readiness.pages.evidence import Change, EvidenceFigures, changes_between, figures_of
from readiness.pages.words import moment_text
from readiness.services.signing import is_being_judged
from uat.models import Defect

DEFECTS_SHOWN = 10
VERBS = {SignoffAct.SIGNED: "signed", SignoffAct.REFUSED: "refused"}


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One act over the process; stale when the evidence is no longer what it was given on."""

    signoff: Signoff
    at: str
    words: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How the signature of a process stands: what was done last, and what changed since."""

    newest: Signoff | None
    evidence: str
    answer: str
    changes: list[Change]

    @property
    def is_signed(self) -> bool:
        """Say whether a signature was given and not taken back, valid or stale."""
        return self.newest is not None and self.newest.act == SignoffAct.SIGNED

    @property
    def evidence_hash(self) -> str:
        """Return the hash of the evidence the page shows."""
        return evidence_hash_of(self.evidence) if self.evidence else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessPage:
    """Everything an owner looks at before signing."""

    process: BusinessProcess
    standing: Standing
    figures: EvidenceFigures | None
    classes: list[ClassRow]
    partners: list[PartnerRuns]
    training: list[TrainingRow]
    defects: list[Defect]
    open_defects: int
    questions: list[QuestionRow]
    history: list[SignatureRow]
    being_judged: bool
    may_sign: bool
    trail: list[Step]


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


def process_page(process: BusinessProcess, *, seat: Seat, at: datetime) -> ProcessPage:
    """Return the evidence of an accountable process with its signatures."""
    project = seat.project
    evidence = process_evidence(project_ids=[project.pk], as_of=at, process_ids=[process.pk])
    acts = _acts(process)
    standing = _standing(evidence.get(process.pk, ""), acts[0] if acts else None, seat.user)
    by_class, partners = partner_runs(process)
    defects = Defect.objects.open().of_owned_process(str(process.public_id)).worst_first()
    above = Step("Processes", reverse("readiness:process-list", args=[project.public_id]))
    return ProcessPage(
        process=process,
        standing=standing,
        figures=figures_of(standing.evidence) if standing.evidence else None,
        classes=class_rows(process, partner=by_class),
        partners=partners,
        training=training_rows(process, project=project, today=at.date()),
        defects=list(defects[:DEFECTS_SHOWN]),
        open_defects=defects.count(),
        questions=_questions(process, at),
        history=_history(acts, standing, at),
        being_judged=is_being_judged(ProjectMark.objects.filter(project=project).first()),
        may_sign=may_sign(seat, process) and bool(standing.evidence),
        trail=trail_of(project, above, process.code),
    )


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
    answer = f"{valid} of {len(rows)} processes stand signed on today's evidence."
    return ProcessList(
        rows, answer if rows else "No process is in scope yet.", trail_of(project, "Processes")
    )


def _acts(process: BusinessProcess) -> list[Signoff]:
    acts = Signoff.objects.filter(process=process)
    return list(acts.order_by("-signed_at", "-pk"))


def _standing(evidence: str, newest: Signoff | None, reader: User) -> Standing:
    if newest is None:
        return Standing(None, evidence, "Nobody has signed this process yet.", [])
    who = "You" if newest.signer_id == reader.pk else newest.signer_name
    verb = VERBS.get(SignoffAct(newest.act), "withdrew")
    changes = []
    if evidence and newest.act != SignoffAct.WITHDRAWN:
        changes = changes_between(newest.evidence, evidence, opening=f"{who} {verb}")
    by = f"{newest.signer_name} of {newest.signer_organisation_name}"
    answers = {
        SignoffAct.SIGNED: f"Signed by {by}; the evidence is still what it was.",
        SignoffAct.REFUSED: f"Refused by {by}.",
        SignoffAct.WITHDRAWN: f"The signature was withdrawn by {by}.",
    }
    answer = answers[SignoffAct(newest.act)]
    if newest.act == SignoffAct.SIGNED and changes:
        answer = f"Signed by {by}, but the evidence changed since: it has to be signed again."
    return Standing(newest, evidence, answer, changes)


def _history(acts: list[Signoff], standing: Standing, at: datetime) -> list[SignatureRow]:
    zone = at.tzinfo
    current = standing.evidence_hash
    return [
        SignatureRow(
            signoff=act,
            at=moment_text(act.signed_at, zone=zone) if zone else str(act.signed_at),
            words=act.reason or act.meaning,
            stale=act.act == SignoffAct.SIGNED and act.evidence_hash != current,
        )
        for act in acts
    ]


def _questions(process: BusinessProcess, at: datetime) -> list[QuestionRow]:
    """Return the open decisions and assumptions that the process, or a part of it, waits for."""
    waits = Q(blocked_processes=process) | Q(blocked_processes__accountable=process)
    decisions = Decision.objects.filter(waits, outcomes__isnull=True).distinct()
    assumptions = Assumption.objects.filter(waits, rulings__isnull=True).distinct()
    return [
        *(decision_row(row, at=at) for row in with_decision_rows(decisions.order_by("raised_at"))),
        *(
            assumption_row(row, at=at)
            for row in with_assumption_rows(assumptions.order_by("raised_at"))
        ),
    ]
