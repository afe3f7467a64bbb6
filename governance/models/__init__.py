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
from governance.models.delegations import Delegation, DelegationEnd, SignatureAgreement
from governance.models.imports import ColumnMapping, ImportChange, ImportUndo
from governance.models.invitations import Invitation
from governance.models.jobs import Attachment, IdempotencyKey, ImportRun, Job
from governance.models.people import Department, Person
from governance.models.processes import BusinessProcess, Ownership
from governance.models.projects import Project, ProjectMark
from governance.models.record import (
    Anchor,
    Checkpoint,
    RecordCheck,
    RecordEntry,
    RecordHead,
    RecordText,
)
from governance.models.security import AuthenticatorReset, SecurityEvent, SignedInSession
from governance.models.signoffs import Signoff

__all__ = [
    "Anchor",
    "ApiToken",
    "AppendOnly",
    "Assumption",
    "AssumptionRuling",
    "Attachment",
    "AuthenticatorReset",
    "BusinessProcess",
    "Caveat",
    "Checkpoint",
    "ColumnMapping",
    "Decision",
    "DecisionOutcome",
    "Delegation",
    "DelegationEnd",
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
    "RecordCheck",
    "RecordEntry",
    "RecordHead",
    "RecordText",
    "SecurityEvent",
    "SignatureAgreement",
    "SignedInSession",
    "Signoff",
    "User",
]
