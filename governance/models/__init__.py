"""Tables of the map."""

from governance.models.accounts import ApiToken, Organisation, Participation, User
from governance.models.base import AppendOnly, Fact, Imported, Kept, ProjectScoped
from governance.models.decisions import (
    Assumption,
    AssumptionRuling,
    Caveat,
    Decision,
    DecisionOutcome,
    GoLiveDate,
)
from governance.models.imports import ColumnMapping, ImportChange, ImportUndo
from governance.models.invitations import Invitation
from governance.models.jobs import Attachment, IdempotencyKey, ImportRun, Job
from governance.models.people import Department, Person
from governance.models.processes import BusinessProcess, Ownership
from governance.models.projects import Project, ProjectMark
from governance.models.security import AuthenticatorReset, SecurityEvent, SignedInSession
from governance.models.signoffs import Signoff

__all__ = [
    "ApiToken",
    "AppendOnly",
    "Assumption",
    "AssumptionRuling",
    "Attachment",
    "AuthenticatorReset",
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
    "Invitation",
    "Job",
    "Kept",
    "Organisation",
    "Ownership",
    "Participation",
    "Person",
    "Project",
    "ProjectMark",
    "ProjectScoped",
    "SecurityEvent",
    "SignedInSession",
    "Signoff",
    "User",
]
