"""Record runs of scenarios and keep each scenario's newest one in step."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import Affiliation
from governance.models import Person, Project, User
from governance.services.marks import mark_projects
from uat.choices import PASS_RESULTS, STEP_RESULTS, ExecutionResult
from uat.models import Execution, Scenario, StepResult
from uat.policy import contradicted, result_by_steps, steps_of
from uat.querysets.changes import scenarios_changed_out_of_step
from uat.querysets.defects import defects_out_of_step
from uat.querysets.executions import keep_latest, scenarios_out_of_step
from uat.services.photos import TakenPhoto, keep_photo
from uat.services.retests import settle_retested

FORM = "FORM"
LONGEST_EVIDENCE = 500


class ExecutionRefused(Exception):
    """Say why a run was not recorded; `field` names what to mend, where it is one field."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        """Keep the sentence and the field."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDetails:
    """How one step ended; without an instruction it is the scenario's own step of that number."""

    number: int
    result: str
    comment: str = ""
    instruction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDetails:
    """What a tester saw: the result, when, on which build, with what as evidence.

    Without a result of its own a run ended as its steps did.
    """

    result: str = ""
    executed_at: datetime
    build: str = ""
    comment: str = ""
    evidence: str = ""
    defect_code: str = ""
    source: str = FORM
    external_id: str = ""
    steps: tuple[StepDetails, ...] = ()
    photo: TakenPhoto | None = None

    @property
    def ended(self) -> str:
        """Return the result that was chosen, else the one that the steps make."""
        if self.result:
            return self.result
        remarks = bool(self.comment.strip()) or any(step.comment.strip() for step in self.steps)
        return result_by_steps([step.result for step in self.steps], remarks=remarks)

    @property
    def remarks(self) -> str:
        """Return the comment; without one, what was said of each step that did not pass."""
        if self.comment.strip():
            return self.comment
        said = (step for step in self.steps if step.result != ExecutionResult.PASSED)
        return "\n".join(f"Step {step.number}: {step.comment}" for step in said if step.comment)

    @property
    def references(self) -> str:
        """Return what is named as evidence, the photo's hash among it."""
        named = (self.evidence, self.photo.reference if self.photo else "")
        return " ".join(filter(None, named))


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
        raise ExecutionRefused(_("This account belongs to another client."))
    return Affiliation.CLIENT


@transaction.atomic
def record_execution(
    *, project: Project, scenario: Scenario, tester: User, run: RunDetails, as_of: datetime
) -> Execution:
    """Write a run with its steps and photo, and the scenario's newest run with it.

    A partner's run is kept, never counted.

    :raises ExecutionRefused: another project's scenario, a run in the future, an unknown
        result or one that its steps contradict, a failure without a comment, or another
        client's account.
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
        result=run.ended,
        build=run.build,
        comment=run.remarks,
        evidence=run.references,
        defect_code=run.defect_code,
        executed_at=run.executed_at,
        source=run.source,
        external_id=run.external_id or str(uuid.uuid4()),
    )
    _write_steps(row, run.steps, text=scenario.steps)
    refresh_latest(project_id=project.pk, scenario_ids=[scenario.pk])
    settle_retested(scenario=scenario, settled_at=as_of)
    if run.photo is not None:  # last, as no rollback takes its file back
        keep_photo(execution=row, photo=run.photo)
    return row


def _write_steps(row: Execution, steps: Iterable[StepDetails], *, text: str) -> None:
    """Write how each step ended, in the words that the scenario has for it now."""
    own = dict(enumerate(steps_of(text), start=1))
    StepResult.objects.bulk_create(
        StepResult(
            organisation_id=row.organisation_id,
            project_id=row.project_id,
            execution=row,
            number=step.number,
            instruction=step.instruction or own.get(step.number, ""),
            result=step.result,
            comment=step.comment,
        )
        for step in steps
    )


def _refuse_what_cannot_be(
    *, project: Project, scenario: Scenario, run: RunDetails, as_of: datetime
) -> None:
    if scenario.project_id != project.pk:
        raise ExecutionRefused(_("That scenario belongs to another project."))
    if run.executed_at > as_of:
        raise ExecutionRefused(_("A run cannot lie in the future."), field="executed_at")
    if len(run.references) > LONGEST_EVIDENCE:
        raise ExecutionRefused(_("Name the evidence in fewer words."), field="evidence")
    _refuse_steps(run.steps)
    _refuse_result(run, steps_due=len(steps_of(scenario.steps)))


def _refuse_steps(steps: Sequence[StepDetails]) -> None:
    if len({step.number for step in steps}) < len(steps):
        raise ExecutionRefused(_("A step is there twice."), field="steps")
    for step in steps:
        if step.result not in STEP_RESULTS:
            raise ExecutionRefused(
                _("“%(result)s” is not a result of a step.") % {"result": step.result},
                field="steps",
            )


def _refuse_result(run: RunDetails, *, steps_due: int) -> None:
    left_open = len(run.steps) < steps_due and run.ended in PASS_RESULTS
    if not run.ended or (not run.result and left_open):
        raise ExecutionRefused(_("Say how the run ended, or how each step did."), field="result")
    if run.ended not in ExecutionResult.values:
        raise ExecutionRefused(
            _("“%(result)s” is not a result.") % {"result": run.ended}, field="result"
        )
    if contradicted(run.ended, by=[step.result for step in run.steps]):
        raise ExecutionRefused(
            _("A run with a step that failed or was blocked has not passed."), field="result"
        )
    if run.ended in (ExecutionResult.FAILED, ExecutionResult.BLOCKED) and not run.remarks.strip():
        raise ExecutionRefused(_("Say in the comment what went wrong."), field="comment")


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
