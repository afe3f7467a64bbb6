"""Find scenarios and defects that somebody escalates."""

from governance.models import Project
from governance.services.subjects import LONGEST_TITLE, Subject, accountable, uuid_of
from uat.models import Defect, Scenario


def scenario(project: Project, *, subject_id: str) -> Subject | None:
    """Return a scenario."""
    rows = Scenario.objects.filter(project=project, public_id=uuid_of(subject_id))
    row = rows.select_related("process__accountable").first()
    return (
        None
        if row is None
        else Subject(
            noun="scenario",
            id=str(row.public_id),
            title=str(row)[:LONGEST_TITLE],
            processes=accountable(row.process),
        )
    )


def defect(project: Project, *, subject_id: str) -> Subject | None:
    """Return a defect."""
    rows = Defect.objects.filter(project=project, public_id=uuid_of(subject_id))
    row = rows.select_related("process__accountable", "scenario__process__accountable").first()
    if row is None:
        return None
    tested = row.scenario.process if row.scenario else None
    return Subject(
        noun="defect",
        id=str(row.public_id),
        title=str(row)[:LONGEST_TITLE],
        processes=accountable(row.process or tested),
    )
