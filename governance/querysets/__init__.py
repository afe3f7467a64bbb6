"""Every filter and aggregate over the map, each with a name."""

from governance.querysets.accounts import AccountQuerySet, ParticipationQuerySet
from governance.querysets.authority import CharterQuerySet, GateStopQuerySet
from governance.querysets.checks import AnchorQuerySet, CheckpointQuerySet, RecordCheckQuerySet
from governance.querysets.dependencies import DependencyQuerySet
from governance.querysets.escalations import EscalationQuerySet
from governance.querysets.facts import FactQuerySet, ImportedQuerySet, ProjectScopedQuerySet
from governance.querysets.meetings import MeetingQuerySet, MinutesQuerySet, StatementQuerySet
from governance.querysets.notices import NoticeQuerySet
from governance.querysets.participation import PeopleRequestQuerySet
from governance.querysets.processes import ProcessQuerySet
from governance.querysets.projects import OrganisationQuerySet, ProjectQuerySet
from governance.querysets.questions import AssumptionQuerySet, DecisionQuerySet
from governance.querysets.raid import CalendarQuerySet, RaidQuerySet
from governance.querysets.record import DelegationQuerySet, RecordEntryQuerySet, RecordHeadQuerySet
from governance.querysets.replacements import HeldItemQuerySet, ReplacementQuerySet
from governance.querysets.security import (
    AuthenticatorResetQuerySet,
    InvitationQuerySet,
    SecurityEventQuerySet,
    SignedInSessionManager,
)
from governance.querysets.signatures import SignoffQuerySet
from governance.querysets.tokens import ApiTokenQuerySet

__all__ = [
    "AccountQuerySet",
    "AnchorQuerySet",
    "ApiTokenQuerySet",
    "AssumptionQuerySet",
    "AuthenticatorResetQuerySet",
    "CalendarQuerySet",
    "CharterQuerySet",
    "CheckpointQuerySet",
    "DecisionQuerySet",
    "DelegationQuerySet",
    "DependencyQuerySet",
    "EscalationQuerySet",
    "FactQuerySet",
    "GateStopQuerySet",
    "HeldItemQuerySet",
    "ImportedQuerySet",
    "InvitationQuerySet",
    "MeetingQuerySet",
    "MinutesQuerySet",
    "NoticeQuerySet",
    "OrganisationQuerySet",
    "ParticipationQuerySet",
    "PeopleRequestQuerySet",
    "ProcessQuerySet",
    "ProjectQuerySet",
    "ProjectScopedQuerySet",
    "RaidQuerySet",
    "RecordCheckQuerySet",
    "RecordEntryQuerySet",
    "RecordHeadQuerySet",
    "ReplacementQuerySet",
    "SecurityEventQuerySet",
    "SignedInSessionManager",
    "SignoffQuerySet",
    "StatementQuerySet",
]
