"""Words of the map: closed lists that the database stores in upper case."""

from governance.choices.authority import (
    AssessedAs,
    DecisionKind,
    DependentKind,
    HeldKind,
    Power,
    Ruling,
)
from governance.choices.escalations import (
    EscalationAct,
    EscalationCause,
    ParticipationPurpose,
    PersonReply,
    Presence,
    Rung,
)
from governance.choices.notices import MailState, NoticeKind
from governance.choices.people import (
    EXECUTIVE_ROLES,
    AccountState,
    Affiliation,
    IdentityRefusal,
    OrganisationKind,
    Role,
)
from governance.choices.projects import (
    Criticality,
    ImportState,
    JobState,
    Phase,
    ProcessLevel,
    Scope,
)
from governance.choices.raid import CalendarKind, Level, RaidKind, RaidState
from governance.choices.record import RecordKind
from governance.choices.security import SecurityEventKind
from governance.choices.signing import AnchorKind, AuthenticationMethod, SignoffAct, SignoffKind
from governance.choices.words import english, inside

__all__ = [
    "EXECUTIVE_ROLES",
    "AccountState",
    "Affiliation",
    "AnchorKind",
    "AssessedAs",
    "AuthenticationMethod",
    "CalendarKind",
    "Criticality",
    "DecisionKind",
    "DependentKind",
    "EscalationAct",
    "EscalationCause",
    "HeldKind",
    "IdentityRefusal",
    "ImportState",
    "JobState",
    "Level",
    "MailState",
    "NoticeKind",
    "OrganisationKind",
    "ParticipationPurpose",
    "PersonReply",
    "Phase",
    "Power",
    "Presence",
    "ProcessLevel",
    "RaidKind",
    "RaidState",
    "RecordKind",
    "Role",
    "Ruling",
    "Rung",
    "Scope",
    "SecurityEventKind",
    "SignoffAct",
    "SignoffKind",
    "english",
    "inside",
]
