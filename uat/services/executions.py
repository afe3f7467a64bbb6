"""Record runs of scenarios and keep each scenario's newest one in step."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from governance.choices import Affiliation
from governance.models import Person, Project, User
from governance.services.marks import mark_projects
from uat.choices import ExecutionResult
from uat.models import Execution, Scenario
from uat.querysets.changes import scenarios_changed_out_of_step
from uat.querysets.defects import defects_out_of_step
from uat.querysets.executions import keep_latest, scenarios_out_of_step

FORM = "FORM"


class ExecutionRefused(Exception):
    """Say why a run was not recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDetails:
    """What a tester saw: the result, when, on which build, with what as evidence."""

    result: str
    executed_at: datetime
    build: str = ""
    comment: str = ""
    evidence: str = ""
    defect_code: str = ""
    source: str = FORM
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Drift:
    """Rows whose kept columns are not what their facts say; empty is as it must be."""

    scenarios: tuple[int, ...] = ()
    defects: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything is out of step."""
        return bool(self.scenarios or self.defects)


def affiliation_of(user: User, *, project: Project) -> Affiliation:
    """Return for whom an account acts in a project at this moment.

    :raises ExecutionRefused: it belongs to another client.
    """
    if user.is_partner:
        return Affiliation.PARTNER
    if user.organisation_id != project.organisation_id:
        raise ExecutionRefused("This account belongs to another client.")
    return Affiliation.CLIENT


@transaction.atomic
def record_execution(
    *, project: Project, scenario: Scenario, tester: User, run: RunDetails, as_of: datetime
) -> Execution:
    """Write a run, and the scenario's newest run with it; a partner's is kept, never counted.

    :raises ExecutionRefused: another project's scenario, a run in the future, an unknown
        result, a failure without a comment, or another client's account.
    """
    _refuse_what_cannot_be(project=project, scenario=scenario, run=run, as_of=as_of)
    affiliation = affiliation_of(tester, project=project)
    row = Execution.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        scenario=scenario,
        person=Person.objects.filter(project=project, account=tester).first(),
        tester=tester,
        tester_name=tester.name,
        affiliation=affiliation,
        result=run.result,
        build=run.build,
        comment=run.comment,
        evidence=run.evidence,
        defect_code=run.defect_code,
        executed_at=run.executed_at,
        source=run.source,
        external_id=run.external_id or str(uuid.uuid4()),
    )
    refresh_latest(project_id=project.pk, scenario_ids=[scenario.pk])
    return row


def _refuse_what_cannot_be(
    *, project: Project, scenario: Scenario, run: RunDetails, as_of: datetime
) -> None:
    if scenario.project_id != project.pk:
        raise ExecutionRefused("That scenario belongs to another project.")
    if run.result not in ExecutionResult.values:
        raise ExecutionRefused(f"“{run.result}” is not a result.")
    if run.executed_at > as_of:
        raise ExecutionRefused("A run cannot lie in the future.")
    if run.result in (ExecutionResult.FAILED, ExecutionResult.BLOCKED) and not run.comment.strip():
        raise ExecutionRefused("Say in the comment what went wrong.")


@transaction.atomic
def refresh_latest(*, project_id: int, scenario_ids: Iterable[int] | None = None) -> int:
    """Mark the project and bring the kept newest runs up to date; return how many moved.

    The mark comes first: its row is the lock that makes writers of a project take turns.
    """
    mark_projects(project_ids=[project_id])
    return keep_latest(project_id=project_id, scenario_ids=scenario_ids)


def check_latest(*, project_ids: Iterable[int]) -> Drift:
    """Compare every kept column of testing with what the facts say."""
    projects = list(project_ids)
    scenarios = {
        *scenarios_out_of_step(project_ids=projects),
        *scenarios_changed_out_of_step(project_ids=projects),
    }
    defects = defects_out_of_step(project_ids=projects)
    return Drift(scenarios=tuple(sorted(scenarios)), defects=tuple(defects))
