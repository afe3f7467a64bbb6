"""Record what a tester sends from a form, which may arrive twice over a poor connection."""

from datetime import datetime

from django.db import IntegrityError, transaction

from governance.models import Project, User
from uat.models import Execution, Scenario
from uat.services.executions import RunDetails, record_execution


def record_once(
    *, project: Project, scenario: Scenario, tester: User, run: RunDetails, as_of: datetime
) -> Execution:
    """Record a run; sent again under the same external id, it is the run that is there already.

    :raises ExecutionRefused: as `record_execution` does.
    """
    found = _same_run(project, run)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return record_execution(
                project=project, scenario=scenario, tester=tester, run=run, as_of=as_of
            )
    except IntegrityError:
        found = _same_run(project, run)
        if found is None:
            raise
        return found


def _same_run(project: Project, run: RunDetails) -> Execution | None:
    """Return the run that was sent under this external id."""
    return Execution.objects.filter(
        project=project, source=run.source, external_id=run.external_id
    ).first()
