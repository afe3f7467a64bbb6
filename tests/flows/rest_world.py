"""One project with a row of every kind, for tests that walk the whole REST interface."""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile

from governance.choices import (
    Affiliation,
    ImportState,
    JobState,
    OrganisationKind,
    RecordKind,
    Role,
    SignoffAct,
)
from governance.models import (
    Assumption,
    BusinessProcess,
    Caveat,
    Decision,
    DecisionOutcome,
    Delegation,
    ImportRun,
    Job,
    Project,
    Signoff,
    User,
)
from governance.record.checkpoints import receipt_of
from governance.record.log import About, Deed, append
from readiness.models import Acceptance, Snapshot
from readiness.services.evaluation import evaluate_gates
from readiness.services.policies import adopt_policy
from reports.models import Report
from reports.services.packing import keep_pack, request_pack
from tests.factories import (
    NOW,
    join,
    make_course,
    make_defect,
    make_organisation,
    make_person,
    make_photo,
    make_process,
    make_record,
    make_run,
    make_scenario,
    make_user,
)
from tests.flows.party_rows import make_replacement
from tests.flows.rest_escalations import add_escalation
from tests.flows.rest_people import ask_for_somebody
from tests.flows.rest_powers import add_powers
from tests.flows.rest_questions import DECISION, add_to_decision
from tests.flows.rest_raid import add_raid
from tests.flows.rest_steering import add_meetings
from tests.flows.rest_told import add_notice
from tests.signing import NO_EVIDENCE


@dataclass(frozen=True, slots=True)
class World:
    """A project, the account that may do everything there, and the ids of its rows."""

    project: Project
    lead: User
    ids: dict[str, str]

    def address(self, path: str, **others: str) -> str:
        """Return the address of a path of the document, below /api/v1/."""
        return path.removeprefix("/api/v1/").format(**{**self.ids, **others})


def make_world(project: Project, *, mark: str) -> World:
    """Return a project filled with rows whose texts carry a mark."""
    project.name = f"{mark} upgrade"
    project.save(update_fields=["name"])
    lead = make_user(organisation=project.organisation, name=f"{mark} lead", is_administrator=True)
    join(project=project, user=lead, role=Role.PROJECT_MANAGER)
    process = make_process(project=project, code="65.10", name=f"{mark} process")
    scenario = make_scenario(project=project, code="FIN-001", title=mark, process=process)
    photo = make_photo(run=make_run(scenario=scenario, comment=mark), content=mark.encode())
    defect = make_defect(project=project, title=mark, code="D-1")
    person = make_person(project=project, external_id="E-1", name=mark)
    course = make_course(project=project, code="C-1", name=mark)
    make_record(person=person, course=course)
    _registers(project, process, lead, mark)
    ask_for_somebody(project, actor=lead, mark=mark)
    project.partners.add(make_organisation(name=mark, kind=OrganisationKind.PARTNER))
    make_replacement(project=project, by=lead, at=NOW, mark=mark)
    add_powers(project, lead, mark)
    add_raid(project, lead, mark)
    add_meetings(project, lead, mark)
    adopt_policy(project=project)
    (snapshot,) = evaluate_gates(project_ids=[project.pk], as_of=NOW)
    return World(
        project,
        lead,
        {
            "project": str(project.public_id),
            "process": str(process.public_id),
            "defect": str(defect.public_id),
            "photo": str(photo.public_id),
            "snapshot": str(snapshot.public_id),
            "run": _import_run(project, lead, mark),
            "caveat": _caveat(project, lead, mark),
            "escalation": add_escalation(project, actor=lead, mark=mark),
            "notice": add_notice(project, lead, mark),
            "job": _job(project),
            "report": _report(snapshot),
            "pack": _pack(project, lead),
            "signoff": _signed(project, process, lead, mark),
        },
    )


def _registers(project: Project, process: BusinessProcess, actor: User, mark: str) -> None:
    scope = {"organisation_id": project.organisation_id, "project": project}
    decision = Decision.objects.create(**scope, code="DEC-1", title=mark, raised_at=NOW)
    DecisionOutcome.objects.create(
        **scope,
        decision=decision,
        outcome=mark,
        decided_by=actor,
        decided_affiliation=Affiliation.CLIENT,
        decided_at=NOW,
    )
    decision.blocked_processes.add(process)
    add_to_decision(decision, actor, mark)
    Assumption.objects.create(**scope, code="A-1", statement=mark, raised_at=NOW)
    Acceptance.objects.create(
        **scope,
        gate_key="G3",
        criterion_key="UX-01",
        reason=mark,
        control=mark,
        requester=make_user(organisation=project.organisation),
        approver=actor,
        approver_kind=OrganisationKind.CLIENT,
        approver_name=actor.name,
        approver_role="Sponsor",
        accepted_at=NOW,
        expires_at=NOW + timedelta(days=7),
    )


def _signed(project: Project, process: BusinessProcess, actor: User, mark: str) -> str:
    scope = {"organisation_id": project.organisation_id, "project": project}
    deed = Deed(kind=RecordKind.SIGNED, actor=actor, about=About("process", process.public_id))
    appended = append(deed, project=project)
    delegation = Delegation.objects.create(
        **scope,
        process=process,
        delegate=make_user(organisation=project.organisation),
        starts_at=NOW,
        ends_at=NOW + timedelta(days=7),
        reason=mark,
        appointed_by=actor,
        appointed_at=NOW,
    )
    signed = Signoff.objects.create(
        **scope,
        process=process,
        delegation=delegation,
        subject_id=process.public_id,
        subject_title=mark,
        statement=mark,
        entry=appended.entry,
        receipt=receipt_of(appended),
        act=SignoffAct.SIGNED,
        meaning=mark,
        evidence=NO_EVIDENCE,
        evidence_hash="0" * 64,
        signer=actor,
        signer_kind=OrganisationKind.CLIENT,
        signer_name=actor.name,
        signer_organisation_name=mark,
        authority="Owner",
        authentication="PASSWORD_TOTP",
        signed_at=NOW,
    )
    return str(signed.public_id)


def _import_run(project: Project, actor: User, mark: str) -> str:
    run = ImportRun.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        actor=actor,
        kind="roster",
        state=ImportState.DONE,
        taken=1,
        message=mark,
        refusals=[{"row": 2, "column": "Status", "value": "?", "reason": mark, "remedy": ""}],
        created_at=NOW,
        finished_at=NOW + timedelta(minutes=1),
    )
    make_person(project=project, import_run=run)
    return str(run.public_id)


def _caveat(project: Project, actor: User, mark: str) -> str:
    caveat = Caveat.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        text=mark,
        written_by=actor,
        written_at=NOW,
    )
    return str(caveat.public_id)


def _job(project: Project) -> str:
    job = Job.objects.create(kind="import", key=f"import:{project.public_id}", project=project)
    return str(job.public_id)


def _report(snapshot: Snapshot) -> str:
    pdf = b"%PDF-1.7 only for tests"
    report = Report.objects.create(
        organisation_id=snapshot.organisation_id,
        project_id=snapshot.project_id,
        snapshot=snapshot,
        template_version="1",
        sha256=hashlib.sha256(pdf).hexdigest(),
        pages=1,
        size=len(pdf),
        content=ContentFile(pdf, name=f"{snapshot.public_id}.pdf"),
    )
    return str(report.public_id)


def _pack(project: Project, actor: User) -> str:
    job = request_pack(project=project, requested_by=actor)
    job.state = JobState.DONE
    job.save(update_fields=["state"])
    told: dict[str, object] = {"size": 2, "checkpoint": "a note"}
    keep_pack(job=job, name="pack.zip", pack=b"PK only for tests", told=told)
    return str(job.public_id)


MOMENT = "2026-06-01T08:00:00Z"
BODIES: dict[str, dict[str, Any]] = {
    "execution_add": {"scenario": "FIN-001", "result": "PASSED", "executed_at": MOMENT},
    "defect_add": {"code": "D-2", "title": "It fails", "severity": "HIGH", "raised_at": MOMENT},
    "defect_change": {"state": "IN_PROGRESS"},
    "training_record_add": {
        "person": "E-1",
        "course": "C-1",
        "result": "PASSED",
        "happened_at": MOMENT,
        "external_id": "lms-1",
    },
    "reported_metric_add": {
        "metric": "sit.pass_pct",
        "done": 3,
        "due": 4,
        "reported_at": MOMENT,
        "source_system": "The counter",
    },
    "reported_status_add": {"colour": "GREEN", "reported_at": MOMENT},
    "report_add": {},
    "pack_add": {},
    "caveat_add": {"text": "The Porto site has no training room."},
    "caveat_resolve": {"reason": "The room was found."},
    "decision_add": DECISION,
    "notice_read": {},
    "import_undo": {"reason": "It was the wrong file."},
}
FILE_BOUNDARY = "the-boundary"


def body_of_import(content: str = "Scenario,Status\nFIN-001,Pass\n") -> str:
    """Return a form with a file as a browser or curl sends it."""
    return (
        f"--{FILE_BOUNDARY}\r\n"
        'Content-Disposition: form-data; name="file"; filename="runs.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
        f"{content}\r\n"
        f"--{FILE_BOUNDARY}\r\n"
        'Content-Disposition: form-data; name="kind"\r\n\r\nexecutions\r\n'
        f"--{FILE_BOUNDARY}--\r\n"
    )


def body_for(operation: str) -> tuple[str, str]:
    """Return a valid body of an operation, and its media type."""
    if operation == "import_add":
        return body_of_import(), f"multipart/form-data; boundary={FILE_BOUNDARY}"
    return json.dumps(BODIES[operation]), "application/json"
