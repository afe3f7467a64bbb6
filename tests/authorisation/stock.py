"""One row of every kind in a project, so that every address has something to lead to."""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Model

from governance.choices import Affiliation, ImportState, Ruling, SignoffAct
from governance.models import (
    Assumption,
    AssumptionRuling,
    BusinessProcess,
    Caveat,
    ColumnMapping,
    Decision,
    DecisionOutcome,
    Department,
    IdempotencyKey,
    ImportChange,
    ImportRun,
    ImportUndo,
    Job,
    Ownership,
    Project,
    Signoff,
    User,
)
from governance.services.attachments import Place, store_attachment
from readiness.choices import ReportedColour
from readiness.models import (
    Acceptance,
    AcceptanceAnswer,
    AcceptanceRequest,
    AcceptanceScenario,
    AcceptanceWithdrawal,
    CaveatResolution,
    Digest,
    DigestChoice,
    Exemption,
    Night,
    ReportedReading,
    ReportedStatus,
    Snapshot,
    Visit,
)
from reports.models import Report
from tests.factories import (
    EARLY,
    give_job_role,
    make_change,
    make_course,
    make_defect,
    make_job_role,
    make_person,
    make_photo,
    make_process,
    make_record,
    make_run,
    make_scenario,
    make_tester,
)
from tests.flows.filling import ROSTER
from tests.signing import LATER, NO_EVIDENCE
from training.choices import TrainingResult
from training.services.standings import refresh_standings
from uat.models import StepResult
from uat.services.executions import refresh_latest


@dataclass(slots=True)
class Stock:
    """A project, who does what there, and the row that each parameter of an address names."""

    project: Project
    lead: User
    sponsor: User
    owner: User
    deputy: User
    rows: dict[str, Model] = field(default_factory=dict)

    @property
    def scope(self) -> dict[str, Any]:
        """Return what every row of the project carries."""
        return {"organisation_id": self.project.organisation_id, "project": self.project}

    def keep(self, name: str, row: Any) -> Any:
        """Remember a row under the name of the parameter that leads to it, and return it."""
        self.rows[name] = row
        return row


def fill(stock: Stock) -> None:
    """Write every kind of fact and register; what is judged and printed comes later."""
    stock.keep("project", stock.project)
    _fill_processes(stock)
    _fill_testing(stock)
    _fill_training(stock)
    _fill_questions(stock)
    _fill_risks(stock)
    _fill_imports(stock)
    refresh_latest(project_id=stock.project.pk)
    refresh_standings(project_id=stock.project.pk)


def _fill_processes(stock: Stock) -> None:
    process = make_process(
        project=stock.project, code="10", owner=stock.owner, deputy=stock.deputy, description="How"
    )
    Ownership.objects.create(
        **stock.scope,
        process=process,
        owner=stock.owner,
        deputy=stock.deputy,
        assigned_by=stock.sponsor,
        assigned_at=EARLY,
    )
    stock.keep("process", process)
    other = make_process(project=stock.project, code="20", owner=stock.owner)
    Signoff.objects.create(
        **stock.scope, process=other, act=SignoffAct.SIGNED, meaning="Meant", evidence=NO_EVIDENCE,
        evidence_hash="0" * 64, signer=stock.owner, signer_kind=stock.owner.kind,
        signer_name=stock.owner.name, signer_organisation_name="Client", authority="Owner",
        authentication="PASSWORD_TOTP", signed_at=LATER - timedelta(days=3),
    )  # fmt: skip


def _fill_testing(stock: Stock) -> None:
    project, process = stock.project, stock.rows["process"]
    scenario = make_scenario(project=project, process=process, code="FIN-001")
    stock.keep("scenario", scenario)
    run = make_run(scenario=scenario, comment="Seen", build="1.0", evidence="In the log")
    make_run(scenario=scenario, affiliation=Affiliation.PARTNER)
    StepResult.objects.create(
        **stock.scope, execution=run, number=1, instruction="Do", result="PASSED", comment="Done"
    )
    content = f"only for tests {project.slug}".encode()
    stock.keep("photo", make_photo(run=run, content=content))
    defect = make_defect(project=project, process=process, scenario=scenario, code="D-1")
    stock.keep("defect", defect)
    if stock.project.slug.endswith("b1"):
        make_defect(project=project, code="D-2")  # a code that the other client pushes itself
    make_change(project=project, process=process, summary="What was changed", changed_at=EARLY)


def _fill_training(stock: Stock) -> None:
    project = stock.project
    course = make_course(project=project, process=stock.rows["process"], code="C-1")
    department = Department.objects.create(**stock.scope, name="Department", manager=stock.deputy)
    stock.keep("department", department)
    person = make_person(
        project=project,
        external_id="E-1",
        department=department,
        account=stock.owner,
        site="Site",
        job_title="Title",
    )
    role = make_job_role(project=project, courses=[course])
    give_job_role(person=person, job_role=role)
    make_record(person=person, course=course, result=TrainingResult.PASSED)
    make_tester(person=person, process=stock.rows["process"])
    stock.keep("course", course)
    stock.keep("person", person)


def _fill_questions(stock: Stock) -> None:
    process = stock.rows["process"]
    assert isinstance(process, BusinessProcess)
    asked = Decision.objects.create(
        **stock.scope, code="DEC-1", title="Which?", detail="Why", raised_by="Who",
        raised_at=EARLY, decider=stock.sponsor,
    )  # fmt: skip
    asked.blocked_processes.add(process)
    stock.keep("decision", asked)
    decided = Decision.objects.create(**stock.scope, code="DEC-2", title="Q", raised_at=EARLY)
    DecisionOutcome.objects.create(
        **stock.scope, decision=decided, outcome="Yes", reason="Because",
        decided_by=stock.sponsor, decided_affiliation=Affiliation.CLIENT, decided_at=EARLY,
    )  # fmt: skip
    open_one = Assumption.objects.create(
        **stock.scope, code="A-1", statement="One is enough", made_by="Who", raised_at=EARLY
    )
    open_one.blocked_processes.add(process)
    stock.keep("assumption", open_one)
    ruled = Assumption.objects.create(**stock.scope, code="A-2", statement="Two", raised_at=EARLY)
    AssumptionRuling.objects.create(
        **stock.scope, assumption=ruled, ruling=Ruling.RATIFIED, reason="So",
        ruled_by=stock.owner, ruled_at=EARLY,
    )  # fmt: skip
    written = {**stock.scope, "written_by": stock.lead, "written_at": EARLY}
    stock.keep("caveat", Caveat.objects.create(**written, text="Porto"))
    over = Caveat.objects.create(**written, text="Lisbon")
    CaveatResolution.objects.create(
        **stock.scope, caveat=over, reason="Done", resolved_by=stock.lead, resolved_at=EARLY
    )


def _fill_risks(stock: Stock) -> None:
    def wish(criterion: str, asker: User) -> AcceptanceRequest:
        return AcceptanceRequest.objects.create(
            **stock.scope, gate_key="G1", criterion_key=criterion, reason="Why", control="How",
            wanted_until_date=(LATER + timedelta(days=9)).date(), requester=asker,
            asked=stock.sponsor, requested_at=EARLY,
        )  # fmt: skip

    def accept(criterion: str) -> Acceptance:
        return Acceptance.objects.create(
            **stock.scope, gate_key="G1", criterion_key=criterion, reason="Why", control="How",
            requester=stock.owner, approver=stock.sponsor, approver_kind=stock.sponsor.kind,
            approver_name=stock.sponsor.name, approver_role="Sponsor",
            accepted_at=LATER - timedelta(days=9), expires_at=LATER + timedelta(days=9),
        )  # fmt: skip

    stock.keep("asked", wish("DX-01", stock.lead))
    answered, acceptance = wish("DX-02", stock.lead), accept("DX-02")
    AcceptanceAnswer.objects.create(
        **stock.scope, request=answered, acceptance=acceptance,
        answered_by=stock.sponsor, answered_at=EARLY,
    )  # fmt: skip
    AcceptanceScenario.objects.create(acceptance=acceptance, scenario_id=stock.rows["scenario"].pk)
    stock.keep("acceptance", acceptance)
    AcceptanceWithdrawal.objects.create(
        **stock.scope, acceptance=accept("DX-03"), reason="Over",
        withdrawn_by=stock.sponsor, withdrawn_at=LATER - timedelta(days=1),
    )  # fmt: skip
    Exemption.objects.create(
        **stock.scope, criterion_key="DX-08", reason="None", approver=stock.sponsor,
        approved_at=EARLY,
    )  # fmt: skip
    ReportedReading.objects.create(
        **stock.scope, metric="gov.policy_frozen", value=1, source_system="Paper", note="Seen",
        reporter=stock.lead, reported_at=LATER - timedelta(days=1), ttl_days=90,
    )  # fmt: skip
    ReportedStatus.objects.create(
        **stock.scope, colour=ReportedColour.GREEN, original="green", note="Well",
        reporter=stock.lead, reporter_name="Lead", reported_at=LATER - timedelta(days=1),
        source="page",
    )  # fmt: skip


def _fill_imports(stock: Stock) -> None:
    place = Place(organisation=stock.project.organisation, project=stock.project)
    shared = {**stock.scope, "actor": stock.lead, "kind": "roster"}
    refusal = {"row": 2, "column": "Status", "value": "?", "reason": "Unknown", "remedy": "Ask"}
    run = ImportRun.objects.create(
        **shared, state=ImportState.DONE, taken=1, refused=1, message="Said",
        attachment=store_attachment(
            place=place, name="roster.csv", content=ROSTER, uploaded_by=stock.lead
        ),
        refusals=[refusal], skips=[refusal], created_at=LATER - timedelta(days=2),
        finished_at=LATER - timedelta(days=2), recognised=[],
    )  # fmt: skip
    stock.keep("run", run)
    person = make_person(project=stock.project, import_run=run)
    ImportChange.objects.create(
        **stock.scope, import_run=run, table="governance.Person", row_id=person.pk,
        before={"name": "Before"}, after={"name": person.name},
    )  # fmt: skip
    undone = ImportRun.objects.create(**shared, state=ImportState.DONE, created_at=EARLY)
    ImportUndo.objects.create(
        **stock.scope, import_run=undone, reason="Wrong", undone_by=stock.lead, undone_at=EARLY
    )
    ColumnMapping.objects.create(
        **stock.scope, kind="roster", headings_key="0" * 64, headings=["Who"],
        fields={"name": "Who"}, changed_by=stock.lead, changed_at=EARLY,
    )  # fmt: skip
    job = Job.objects.create(
        kind="import", key=f"import:{run.public_id}", project=stock.project, actor=stock.lead,
        payload={"run": str(run.public_id)}, error="Said",
    )  # fmt: skip
    stock.keep("job", job)


def print_out(stock: Stock, snapshot: Snapshot) -> None:
    """Write what follows a judgement: a night, a report, a visit, a mail."""
    stock.keep("snapshot", snapshot)
    Night.objects.create(
        **stock.scope, local_day=LATER.date(), due_at=LATER, snapshot=snapshot, error="Said"
    )
    pdf = f"%PDF-1.7 only for tests {stock.project.name}".encode()
    report = Report.objects.create(
        **stock.scope, snapshot=snapshot, template_version="1", requested_by=stock.lead,
        sha256=hashlib.sha256(pdf).hexdigest(), pages=1, size=len(pdf),
        content=ContentFile(pdf, name=f"{snapshot.public_id}.pdf"),
    )  # fmt: skip
    stock.keep("report", report)
    Visit.objects.create(**stock.scope, user=stock.lead, seen=snapshot, seen_at=LATER)
    Digest.objects.create(
        user=stock.lead, due_date=LATER.date(), due_at=LATER, try_at=LATER, error="Said"
    )
    DigestChoice.objects.create(user=stock.lead, is_wanted=True, changed_at=EARLY)
    IdempotencyKey.objects.create(
        user=stock.lead, key="key-1", request_hash="0" * 64, status=201, body="{}"
    )
