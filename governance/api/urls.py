"""Addresses of the REST interface below governance."""

from django.urls import URLPattern, URLResolver, path

from governance.api.authority import (
    CharterListView,
    DecisionRightListView,
    GateStopListView,
    OverrulingListView,
)
from governance.api.callers import CallerView
from governance.api.decisions import DecisionListView, ExposureView
from governance.api.escalations import EscalationListView, EscalationView
from governance.api.imports import (
    ColumnMappingListView,
    ImportListView,
    ImportUndoView,
    ImportView,
)
from governance.api.jobs import JobView
from governance.api.meetings import MeetingListView, StatementListView
from governance.api.notices import NoticeListView, NoticeReadView
from governance.api.participation import PeopleRequestListView
from governance.api.people import (
    AccountListView,
    InvitationListView,
    ParticipationListView,
)
from governance.api.policy import PolicyListView
from governance.api.raid import CalendarListView, RaidListView
from governance.api.record import CheckpointListView, RecordEntryListView
from governance.api.registers import AssumptionListView, SignoffListView
from governance.api.security import SecurityEventListView
from governance.api.signatures import DelegationListView, ReceiptView

PROJECT = "projects/<uuid:project>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", AccountListView.as_view(), name="account-list"),
    path("invitations/", InvitationListView.as_view(), name="invitation-list"),
    path("participations/", ParticipationListView.as_view(), name="participation-list"),
    path("security-events/", SecurityEventListView.as_view(), name="security-event-list"),
    path("caller/", CallerView.as_view(), name="caller-show"),
    path("notices/", NoticeListView.as_view(), name="notice-list"),
    path("notices/<uuid:notice>/read/", NoticeReadView.as_view(), name="notice-read"),
    path("policy/", PolicyListView.as_view(), name="policy-list"),
    path(f"{PROJECT}imports/", ImportListView.as_view(), name="import-list"),
    path(f"{PROJECT}imports/<uuid:run>/", ImportView.as_view(), name="import-show"),
    path(f"{PROJECT}imports/<uuid:run>/undo/", ImportUndoView.as_view(), name="import-undo"),
    path(
        f"{PROJECT}column-mappings/",
        ColumnMappingListView.as_view(),
        name="column-mapping-list",
    ),
    path(f"{PROJECT}jobs/<uuid:job>/", JobView.as_view(), name="job-show"),
    path(f"{PROJECT}decisions/", DecisionListView.as_view(), name="decision-list"),
    path(f"{PROJECT}decisions/exposure/", ExposureView.as_view(), name="exposure-show"),
    path(f"{PROJECT}assumptions/", AssumptionListView.as_view(), name="assumption-list"),
    path(f"{PROJECT}escalations/", EscalationListView.as_view(), name="escalation-list"),
    path(
        f"{PROJECT}escalations/<uuid:escalation>/",
        EscalationView.as_view(),
        name="escalation-show",
    ),
    path(f"{PROJECT}signoffs/", SignoffListView.as_view(), name="signoff-list"),
    path(
        f"{PROJECT}signoffs/<uuid:signoff>/receipt/", ReceiptView.as_view(), name="signoff-receipt"
    ),
    path(f"{PROJECT}charters/", CharterListView.as_view(), name="charter-list"),
    path(f"{PROJECT}gate-stops/", GateStopListView.as_view(), name="gate-stop-list"),
    path(f"{PROJECT}overrulings/", OverrulingListView.as_view(), name="overruling-list"),
    path(f"{PROJECT}decision-rights/", DecisionRightListView.as_view(), name="decision-right-list"),
    path(f"{PROJECT}people-requests/", PeopleRequestListView.as_view(), name="people-request-list"),
    path(f"{PROJECT}decision-rights/", DecisionRightListView.as_view(), name="decision-right-list"),
    path(f"{PROJECT}meetings/", MeetingListView.as_view(), name="meeting-list"),
    path(
        f"{PROJECT}sponsor-statements/",
        StatementListView.as_view(),
        name="sponsor-statement-list",
    ),
    path(f"{PROJECT}delegations/", DelegationListView.as_view(), name="delegation-list"),
    path(f"{PROJECT}raid/", RaidListView.as_view(), name="raid-list"),
    path(f"{PROJECT}calendar/", CalendarListView.as_view(), name="calendar-list"),
    path(f"{PROJECT}record/", RecordEntryListView.as_view(), name="record-entry-list"),
    path(f"{PROJECT}record/checkpoints/", CheckpointListView.as_view(), name="checkpoint-list"),
]
