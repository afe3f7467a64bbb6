"""Tables of the map."""

from governance.models.accounts import ApiToken, Organisation, Participation, User
from governance.models.authority import (
    Charter,
    GateStop,
    GateStopEnd,
    LeadershipAssessment,
    Overruling,
)
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
from governance.models.dependencies import DecisionOption, Dependency
from governance.models.escalations import Escalation, EscalationStep
from governance.models.imports import ColumnMapping, ImportChange, ImportUndo
from governance.models.invitations import Invitation
from governance.models.jobs import Attachment, IdempotencyKey, ImportRun, Job
from governance.models.meetings import (
    Attendance,
    Meeting,
    MeetingMinutes,
    SponsorStatement,
    StatementAcknowledgement,
)
from governance.models.notices import Notice
from governance.models.participation import ParticipationRequest, PersonAnswer, RequestedPerson
from governance.models.parties import Handover, HeldItem, Replacement
from governance.models.people import Department, Person
from governance.models.processes import BusinessProcess, Ownership
from governance.models.projects import Project, ProjectMark
from governance.models.raid import (
    CalendarEntry,
    CalendarEntryEnd,
    ProviderConfirmation,
    RaidChange,
    RaidItem,
)
from governance.models.record import (
    Anchor,
    Checkpoint,
    RecordCheck,
    RecordEntry,
    RecordHead,
    RecordText,
)
from governance.models.rights import DecisionRight, DecisionRightEnd
from governance.models.security import AuthenticatorReset, SecurityEvent, SignedInSession
from governance.models.signoffs import Signoff

__all__ = [
    "Anchor",
    "ApiToken",
    "AppendOnly",
    "Assumption",
    "AssumptionRuling",
    "Attachment",
    "Attendance",
    "AuthenticatorReset",
    "BusinessProcess",
    "CalendarEntry",
    "CalendarEntryEnd",
    "Caveat",
    "Charter",
    "Checkpoint",
    "ColumnMapping",
    "Decision",
    "DecisionOption",
    "DecisionOutcome",
    "DecisionRight",
    "DecisionRightEnd",
    "Delegation",
    "DelegationEnd",
    "Department",
    "Dependency",
    "Escalation",
    "EscalationStep",
    "Fact",
    "GateStop",
    "GateStopEnd",
    "GoLiveDate",
    "Handover",
    "HeldItem",
    "IdempotencyKey",
    "ImportChange",
    "ImportRun",
    "ImportUndo",
    "Imported",
    "Invitation",
    "Job",
    "Kept",
    "LeadershipAssessment",
    "Meeting",
    "MeetingMinutes",
    "Notice",
    "Organisation",
    "Overruling",
    "Ownership",
    "Participation",
    "ParticipationRequest",
    "Person",
    "PersonAnswer",
    "Project",
    "ProjectMark",
    "ProjectScoped",
    "ProviderConfirmation",
    "RaidChange",
    "RaidItem",
    "RecordCheck",
    "RecordEntry",
    "RecordHead",
    "RecordText",
    "Replacement",
    "RequestedPerson",
    "SecurityEvent",
    "SignatureAgreement",
    "SignedInSession",
    "Signoff",
    "SponsorStatement",
    "StatementAcknowledgement",
    "User",
]
