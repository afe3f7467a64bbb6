"""A realistic upgrade for tests of the paper: the built-in policy, judged and written down."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from governance.choices import OrganisationKind, Role, SignoffAct
from governance.models import BusinessProcess, Organisation, Project, Signoff, User
from governance.readings import share
from readiness.choices import SnapshotTrigger
from readiness.imports.policies import built_in_policy
from readiness.models import Snapshot
from readiness.pages.history import Found, Judged
from readiness.policy.hashing import digest_of
from readiness.policy.headlines import project_headline
from readiness.policy.representation import (
    CODE_VERSION,
    HEAT_COLUMNS,
    ProcessWords,
    ReportWords,
    Surroundings,
    body_text,
    totals_of,
)
from readiness.policy.terms import (
    PROJECT_ITEM,
    GateTerms,
)
from reports.choices import Edition, Pressed
from reports.models import Report
from reports.services.gathering import Evidence
from reports.services.keeping import keep_report
from tests.factories import GO_LIVE, make_process, make_project
from tests.reports.figures import BERLIN, judged_figures

AS_OF = datetime(2026, 6, 1, 21, 59, 59, 999999, tzinfo=UTC)
PROCESSES = (
    "Order to cash",
    "Procure to pay",
    "Plan to produce",
    "Record to report",
    "Hire to retire",
    "Acquire to retire",
    "Source to contract",
    "Service to cash",
    "Warehouse and logistics",
    "Quality",
    "Project to profit",
    "Master data",
)
HOLDERS = {
    Role.SPONSOR: ["Ada Brandt"],
    Role.PROJECT_MANAGER: ["Piet Mertens"],
    Role.TEST_LEAD: ["Mira Soto"],
    Role.CHANGE_LEAD: ["Lena Fuchs"],
    Role.IT: ["Ken Ito"],
}
CAVEAT = "The interface to the carrier was tested with simulated answers only."
PDF = b"%PDF-1.7 a report"
MEANING = "I have reviewed the evidence of this process and accept it for go-live."


UPGRADE = {
    "name": "Pump plants on the new platform",
    "from_platform": "AX 2012",
    "to_platform": "Dynamics 365",
    "time_zone": BERLIN,
    "phase": "UAT",
}
NOTHING: dict[str, Any] = {
    "verdict": "NOT_OPEN",
    "headline": "NOT OPEN: no policy has been adopted",
    "go_live_date": None,
    "days_left": None,
    "policy": None,
    "counts": {},
    "exempted": [],
    "reported": [],
    "caveats": [],
    "accepted_risks": [],
    "heat_map": {"columns": [], "rows": []},
    "actions": [],
    "gates": [],
}


def make_upgrade(**fields: Any) -> Project:
    """Return a project with twelve processes."""
    project = make_project(**(UPGRADE | fields))
    for position, name in enumerate(PROCESSES):
        make_process(project=project, code=f"{position + 10}", name=name)
    return project


def unsaved_upgrade(**fields: Any) -> Project:
    """Return a project that stands in no table, for tests that need none."""
    client = Organisation(name="Kessler Pumps", slug="kessler")
    return Project(organisation=client, slug="pumps", **(UPGRADE | fields))


def unsaved_processes(*names: str) -> list[BusinessProcess]:
    """Return processes that stand in no table."""
    return [
        BusinessProcess(code=f"{position + 10}", name=name)
        for position, name in enumerate(names or PROCESSES)
    ]


def judgement_of(
    project: Project,
    processes: Iterable[BusinessProcess] = (),
    *,
    as_of: datetime = AS_OF,
    progress: float = 0.7,
    gates: Sequence[GateTerms] | None = None,
    **around: Any,
) -> Snapshot:
    """Return a judgement, not saved, in which so much of everything is in order."""
    terms = tuple(gates or built_in_policy().gates)
    judged = judged_figures(terms, as_of=as_of, progress=progress)
    snapshot = Snapshot(organisation=project.organisation, project=project, as_of=as_of)
    text = body_text(judged, _surroundings(snapshot, processes, around))
    snapshot.local_date = judged.case.today
    snapshot.trigger = SnapshotTrigger.NIGHT
    snapshot.go_live_date = GO_LIVE
    snapshot.verdict = judged.verdict
    snapshot.headline = project_headline(judged)
    snapshot.hard_misses = totals_of(judged)["hard_misses"]
    snapshot.accepted_risks = 2
    snapshot.inputs_hash = judged.inputs_hash
    snapshot.code_version = CODE_VERSION
    snapshot.body, snapshot.etag = text, digest_of(text)
    return snapshot


def make_judgement(project: Project, **terms: Any) -> Snapshot:
    """Return a recorded judgement of a project and its processes."""
    rows = BusinessProcess.objects.filter(project=project).order_by("code")
    snapshot = judgement_of(project, rows, **terms)
    snapshot.save()
    return snapshot


def evidence_of(snapshot: Snapshot, **fields: Any) -> Evidence:
    """Return what a report of an unsaved judgement is printed from."""
    week = [
        judgement_of(snapshot.project, as_of=AS_OF - timedelta(days=back), progress=0.5)
        for back in reversed(range(1, 8))
    ]
    history = fields.pop("history", (*week, snapshot))
    for place, each in enumerate(history):
        each.pk = each.pk or place + 1
    facts: dict[str, Any] = {
        "snapshot": snapshot,
        "judgements": tuple(judged_row(each) for each in history),
        "findings": {each.pk: found_in(each) for each in history},
        "earlier": week[0],
        "was_reported": True,
        "signoffs": {},
        "partners": ("Northwind Consulting",),
    }
    return Evidence(**(facts | fields))


def judged_row(snapshot: Snapshot) -> Judged:
    """Return a judgement as its history tells it."""
    return Judged(*(getattr(snapshot, name) for name in Judged._fields))


def found_in(snapshot: Snapshot) -> dict[str, Found]:
    """Return what a judgement found, criterion by criterion."""
    found = {}
    for gate in json.loads(snapshot.body)["gates"]:
        for each in gate["findings"]:
            found[each["criterion"]] = Found(
                snapshot_id=snapshot.pk,
                gate_key=gate["key"],
                criterion_key=each["criterion"],
                state=each["state"],
                is_hard=each["class"] == "HARD",
                done=each["done"],
                due=each["due"],
                value=_decimal(each["value"]),
                due_today=_decimal(each["due_today"]),
            )
    return found


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def make_history(project: Project, *, days: int, until: datetime = AS_OF) -> list[Snapshot]:
    """Return one judgement a day, slowly getting better, the last at `until`."""
    moments = [until - timedelta(days=back) for back in reversed(range(days))]
    return [
        make_judgement(project, as_of=moment, progress=0.4 + 0.3 * place / days)
        for place, moment in enumerate(moments)
    ]


def kept(
    snapshot: Snapshot, *, version: str = "1", language: str = "en", pdf: bytes = PDF
) -> Report:
    """Keep a report of a judgement."""
    return keep_report(
        snapshot=snapshot, edition=Edition(language, version), pressed=Pressed(pdf, 7)
    )


def signed(process: BusinessProcess, *, signer: User, **fields: Any) -> Signoff:
    """Return, not saved, what a process owner did."""
    signed_at = fields.pop("signed_at", AS_OF - timedelta(days=4))
    terms: dict[str, Any] = {
        "act": SignoffAct.SIGNED,
        "meaning": MEANING,
        "authority": "owner of the process",
    }
    return Signoff(
        process=process,
        evidence="{}",
        evidence_hash="0" * 64,
        signer=signer,
        signer_kind=OrganisationKind.CLIENT,
        signer_name=signer.name,
        signer_organisation_name=signer.organisation.name,
        authentication="PASSWORD",
        signed_at=signed_at,
        recorded_at=signed_at,
        **(terms | fields),
    )


def make_signoff(process: BusinessProcess, *, signer: User, **fields: Any) -> Signoff:
    """Write down what a process owner did."""
    act = signed(process, signer=signer, **fields)
    act.organisation_id, act.project_id = process.organisation_id, process.project_id
    act.save()
    return act


def _surroundings(
    snapshot: Snapshot, processes: Iterable[BusinessProcess], around: dict[str, Any]
) -> Surroundings:
    project = snapshot.project
    reported_at = snapshot.as_of - timedelta(days=3)
    facts: dict[str, Any] = {
        "public_id": str(snapshot.public_id),
        "trigger": SnapshotTrigger.NIGHT,
        "is_late": False,
        "project": {
            "id": str(project.public_id),
            "name": project.name,
            "slug": project.slug,
            "client": project.organisation.name,
            "from_platform": project.from_platform,
            "to_platform": project.to_platform,
            "time_zone": project.time_zone,
            "phase": project.phase,
        },
        "policy": {"key": "erp-upgrade", "version": 1, "hash": built_in_policy().digest},
        "holders": HOLDERS,
        "processes": _process_words(processes, snapshot.as_of),
        "reports": {PROJECT_ITEM: ReportWords(by="Piet Mertens", at=reported_at)},
        "caveats": [{"text": CAVEAT, "by": "Mira Soto", "at": reported_at}],
    }
    return Surroundings(**(facts | around))


def _process_words(rows: Iterable[BusinessProcess], as_of: datetime) -> list[ProcessWords]:
    luck = Random(3)  # noqa: S311 - the same figures in every run
    return [
        ProcessWords(
            public_id=str(row.public_id),
            code=row.code,
            name=row.name,
            owner="Jon Vega",
            readings={
                key: share(key, done=luck.choice([0, 4, 7, 7]), due=7, as_of=as_of)
                for key, _ in HEAT_COLUMNS
                if luck.random() > 0.1
            },
        )
        for row in rows
    ]
