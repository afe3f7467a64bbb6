"""Raise defects, move them from state to state, and keep the newest state in step."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from governance.choices import Affiliation
from governance.models import BusinessProcess, Project, User
from governance.services.marks import mark_projects
from uat.choices import DefectState, Severity, Triage
from uat.models import Defect, DefectEvent, Scenario
from uat.querysets.defects import keep_states
from uat.services.executions import affiliation_of


class DefectRefused(Exception):
    """Say why a defect stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectDetails:
    """What does not work, how much it hurts, and where it was seen."""

    code: str
    title: str
    severity: str
    raised_at: datetime
    scenario: Scenario | None = None
    process: BusinessProcess | None = None
    owner_name: str = ""
    fix_due_date: date | None = None
    source: str = "FORM"


@transaction.atomic
def raise_defect(
    *, project: Project, defect: DefectDetails, actor: User, as_of: datetime
) -> Defect:
    """Write a defect and its first event.

    :raises DefectRefused: it lies in the future, names another project's row, an unknown
        severity or a code that is taken.
    """
    _refuse_what_cannot_be(project=project, defect=defect, as_of=as_of)
    affiliation = affiliation_of(actor, project=project)
    row = Defect.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        code=defect.code,
        title=defect.title,
        severity=defect.severity,
        scenario=defect.scenario,
        process=defect.process,
        raised_by=actor.name,
        raised_affiliation=affiliation,
        raised_at=defect.raised_at,
        owner_name=defect.owner_name,
        fix_due_date=defect.fix_due_date,
        source=defect.source,
    )
    _write_event(row, state=DefectState.OPEN, actor=actor, happened_at=defect.raised_at)
    refresh_defects(project_id=project.pk)
    return row


def _refuse_what_cannot_be(*, project: Project, defect: DefectDetails, as_of: datetime) -> None:
    if defect.raised_at > as_of:
        raise DefectRefused("A defect cannot be raised in the future.")
    if defect.severity not in Severity.values:
        raise DefectRefused(f"“{defect.severity}” is not a severity.")
    for place in (defect.scenario, defect.process):
        if place is not None and place.project_id != project.pk:
            raise DefectRefused("The scenario or process belongs to another project.")
    if Defect.objects.filter(project=project, code=defect.code).exists():
        raise DefectRefused(f"A defect {defect.code} is there already.")


def _write_event(
    defect: Defect, *, state: str, actor: User, happened_at: datetime, note: str = ""
) -> DefectEvent:
    return DefectEvent.objects.create(
        organisation_id=defect.organisation_id,
        project_id=defect.project_id,
        defect=defect,
        state=state,
        actor_name=actor.name,
        note=note,
        happened_at=happened_at,
    )


@transaction.atomic
def change_defect_state(
    *, defect: Defect, state: str, actor: User, as_of: datetime, note: str = ""
) -> DefectEvent:
    """Write that a defect moved to another state at `as_of`.

    :raises DefectRefused: it is there already, the state is unknown, a partner closes or
        rejects it, or the account is another client's.
    """
    newest = Defect.objects.select_for_update().get(pk=defect.pk)
    if state not in DefectState.values:
        raise DefectRefused(f"“{state}” is not a state.")
    if newest.state == state:
        raise DefectRefused("The defect is in that state already.")
    affiliation = affiliation_of(actor, project=newest.project)
    settles = state in (DefectState.CLOSED, DefectState.REJECTED)
    if settles and affiliation is not Affiliation.CLIENT:
        raise DefectRefused("Only the client's business closes or rejects a defect.")
    event = _write_event(newest, state=state, actor=actor, happened_at=as_of, note=note)
    refresh_defects(project_id=newest.project_id)
    return event


@transaction.atomic
def triage_defect(*, defect: Defect, triage: str, actor: User) -> Defect:
    """Write what a defect turned out to be, and on whose side that was said.

    :raises DefectRefused: the word is unknown, or a partner overrules the client's word.
    """
    newest = Defect.objects.select_for_update().get(pk=defect.pk)
    if triage not in Triage.values:
        raise DefectRefused(f"“{triage}” is not a triage.")
    affiliation = affiliation_of(actor, project=newest.project)
    said_by_client = newest.triaged_affiliation == Affiliation.CLIENT
    if said_by_client and affiliation is not Affiliation.CLIENT:
        raise DefectRefused("The client has triaged this defect; only the client changes that.")
    newest.triage, newest.triaged_affiliation = triage, affiliation
    newest.save(update_fields=["triage", "triaged_affiliation"])
    mark_projects(project_ids=[newest.project_id])
    return newest


@transaction.atomic
def refresh_defects(*, project_id: int) -> int:
    """Mark the project and bring each defect's state up to date; return how many moved."""
    mark_projects(project_ids=[project_id])
    return keep_states(project_id=project_id)
