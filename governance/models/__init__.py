"""Tables of the map."""

from governance.models.accounts import ApiToken, Organisation, Participation, User
from governance.models.base import AppendOnly, Fact, Imported, ProjectScoped
from governance.models.decisions import (
    Assumption,
    AssumptionRuling,
    Caveat,
    Decision,
    DecisionOutcome,
    GoLiveDate,
)
from governance.models.imports import ColumnMapping, ImportChange, ImportUndo
from governance.models.jobs import Attachment, IdempotencyKey, ImportRun, Job
from governance.models.people import Department, Person
from governance.models.processes import BusinessProcess, Ownership
from governance.models.projects import Project, ProjectMark
from governance.models.signoffs import Signoff

__all__ = [
    "ApiToken",
    "AppendOnly",
    "Assumption",
    "AssumptionRuling",
    "Attachment",
    "BusinessProcess",
    "Caveat",
    "ColumnMapping",
    "Decision",
    "DecisionOutcome",
    "Department",
    "Fact",
    "GoLiveDate",
    "IdempotencyKey",
    "ImportChange",
    "ImportRun",
    "ImportUndo",
    "Imported",
    "Job",
    "Organisation",
    "Ownership",
    "Participation",
    "Person",
    "Project",
    "ProjectMark",
    "ProjectScoped",
    "Signoff",
    "User",
]
