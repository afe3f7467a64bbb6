"""Addresses of the governance app."""

from django.urls import URLPattern, URLResolver, path

from governance.views.account import end_one_session, end_other_sessions, show_account
from governance.views.assumptions import (
    add_assumption,
    add_resting,
    list_assumptions,
    show_assumption,
)
from governance.views.calendar import end_calendar, show_calendar
from governance.views.charters import add_overruling, show_charter, show_leadership, write
from governance.views.clients import choose
from governance.views.decisions import (
    add_decision,
    add_dependents,
    add_option,
    list_decisions,
    replace_decision,
    show_decision,
)
from governance.views.delegations import list_delegations, stop_delegation
from governance.views.departments import change, list_departments
from governance.views.escalations import (
    add_escalation,
    list_escalations,
    show_escalation,
)
from governance.views.identities import link, list_identities, unlink
from governance.views.import_steps import download_refusals, map_columns, undo
from governance.views.imports import (
    add_import,
    add_portfolio,
    import_again,
    list_imports,
    show_import,
    show_progress,
)
from governance.views.invitations import accept, add_invitation, send_again, withdraw
from governance.views.meetings import (
    add_meeting,
    list_meetings,
    minute_meeting,
    read_statement,
    show_meeting,
    show_statement,
)
from governance.views.notices import list_notices, mark_read, note_seen
from governance.views.ownership import change_owner, list_owners, show_go_live
from governance.views.participation import (
    add_request,
    change_answer,
    choose_department,
    list_requests,
    show_request,
)
from governance.views.people import (
    add_consultant,
    change_administrator,
    change_state,
    end_account_token,
    list_accounts,
    reset_factor,
    show_person,
    stop_role,
)
from governance.views.policy import show_policy
from governance.views.raid import add_raid, confirm_raid, list_raid, show_raid
from governance.views.receipts import download_receipt
from governance.views.record import download_record, show_record
from governance.views.rights import end, give, hand, show_map
from governance.views.security import download_log, show_log
from governance.views.single_sign_on import begin, finish
from governance.views.tokens import end_token, list_tokens

app_name = "governance"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<uuid:project>/decisions/", list_decisions, name="decision-list"),
    path("p/<uuid:project>/decisions/new/", add_decision, name="decision-add"),
    path("p/<uuid:project>/decisions/<uuid:decision>/", show_decision, name="decision-detail"),
    path(
        "p/<uuid:project>/decisions/<uuid:decision>/replace/",
        replace_decision,
        name="decision-replace",
    ),
    path("p/<uuid:project>/decisions/<uuid:decision>/options/new/", add_option, name="option-add"),
    path(
        "p/<uuid:project>/decisions/<uuid:decision>/waiting/new/",
        add_dependents,
        name="dependency-add",
    ),
    path("p/<uuid:project>/assumptions/", list_assumptions, name="assumption-list"),
    path("p/<uuid:project>/assumptions/new/", add_assumption, name="assumption-add"),
    path(
        "p/<uuid:project>/assumptions/<uuid:assumption>/",
        show_assumption,
        name="assumption-detail",
    ),
    path(
        "p/<uuid:project>/assumptions/<uuid:assumption>/rests/",
        add_resting,
        name="assumption-rest",
    ),
    path("p/<uuid:project>/charter/", show_charter, name="charter-show"),
    path("p/<uuid:project>/charter/write/", write, name="charter-write"),
    path("p/<uuid:project>/charter/overrulings/new/", add_overruling, name="overruling-add"),
    path("p/<uuid:project>/charter/leadership/", show_leadership, name="leadership-show"),
    path("p/<uuid:project>/map/", show_map, name="ownership-map"),
    path("p/<uuid:project>/map/rights/new/", give, name="right-give"),
    path("p/<uuid:project>/map/rights/<uuid:right>/end/", end, name="right-end"),
    path("p/<uuid:project>/map/hand-over/", hand, name="ownership-hand-over"),
    path("p/<uuid:project>/owners/", list_owners, name="owner-list"),
    path("p/<uuid:project>/owners/<uuid:process>/", change_owner, name="owner-change"),
    path("p/<uuid:project>/delegations/", list_delegations, name="delegation-list"),
    path(
        "p/<uuid:project>/delegations/<uuid:delegation>/end/",
        stop_delegation,
        name="delegation-end",
    ),
    path(
        "p/<uuid:project>/signatures/<uuid:signoff>/receipt/",
        download_receipt,
        name="receipt-download",
    ),
    path("p/<uuid:project>/escalations/", list_escalations, name="escalation-list"),
    path("p/<uuid:project>/escalations/new/", add_escalation, name="escalation-add"),
    path(
        "p/<uuid:project>/escalations/<uuid:escalation>/",
        show_escalation,
        name="escalation-detail",
    ),
    path("p/<uuid:project>/go-live/", show_go_live, name="go-live-show"),
    path("p/<uuid:project>/meetings/", list_meetings, name="meeting-list"),
    path("p/<uuid:project>/meetings/new/", add_meeting, name="meeting-add"),
    path("p/<uuid:project>/meetings/<uuid:meeting>/", show_meeting, name="meeting-detail"),
    path(
        "p/<uuid:project>/meetings/<uuid:meeting>/minutes/",
        minute_meeting,
        name="meeting-minutes",
    ),
    path("p/<uuid:project>/sponsor/statement/", show_statement, name="statement-show"),
    path(
        "p/<uuid:project>/sponsor/statement/<uuid:statement>/read/",
        read_statement,
        name="statement-acknowledge",
    ),
    path("p/<uuid:project>/raid/", list_raid, name="raid-list"),
    path("p/<uuid:project>/raid/new/", add_raid, name="raid-add"),
    path("p/<uuid:project>/raid/<uuid:raid>/", show_raid, name="raid-detail"),
    path("p/<uuid:project>/raid/<uuid:raid>/confirm/", confirm_raid, name="raid-confirm"),
    path("p/<uuid:project>/calendar/", show_calendar, name="calendar-show"),
    path("p/<uuid:project>/calendar/<uuid:days>/end/", end_calendar, name="calendar-end"),
    path("p/<uuid:project>/record/", show_record, name="record-show"),
    path("p/<uuid:project>/record/sheet/", download_record, name="record-download"),
    path("imports/", list_imports, name="import-list"),
    path("imports/portfolio/", add_portfolio, name="import-portfolio"),
    path("imports/<uuid:run>/", show_import, name="import-detail"),
    path("imports/<uuid:run>/progress/", show_progress, name="import-progress"),
    path("imports/<uuid:run>/again/", import_again, name="import-again"),
    path("imports/<uuid:run>/columns/", map_columns, name="import-columns"),
    path("imports/<uuid:run>/refused.csv", download_refusals, name="refusal-download"),
    path("imports/<uuid:run>/undo/", undo, name="import-undo"),
    path("p/<uuid:project>/imports/new/", add_import, name="import-add"),
    path("p/<uuid:project>/departments/", list_departments, name="department-list"),
    path("p/<uuid:project>/departments/<uuid:department>/", change, name="department-change"),
    path("p/<uuid:project>/people-requests/", list_requests, name="people-request-list"),
    path("p/<uuid:project>/people-requests/new/", choose_department, name="people-request-choose"),
    path(
        "p/<uuid:project>/people-requests/new/<uuid:department>/",
        add_request,
        name="people-request-add",
    ),
    path(
        "p/<uuid:project>/people-requests/<uuid:people_request>/",
        show_request,
        name="people-request-detail",
    ),
    path(
        "p/<uuid:project>/people-requests/<uuid:people_request>/people/<uuid:requested>/",
        change_answer,
        name="person-answer-change",
    ),
    path("people/", list_accounts, name="account-list"),
    path("people/invite/", add_invitation, name="invitation-add"),
    path("people/invitations/<uuid:invitation>/again/", send_again, name="invitation-again"),
    path("people/invitations/<uuid:invitation>/withdraw/", withdraw, name="invitation-withdraw"),
    path("people/consultants/new/", add_consultant, name="consultant-add"),
    path("people/<uuid:account>/", show_person, name="account-detail"),
    path("people/<uuid:account>/roles/<uuid:project>/<slug:role>/end/", stop_role, name="role-end"),
    path(
        "people/<uuid:account>/administrator/",
        change_administrator,
        name="account-administrator",
    ),
    path("people/<uuid:account>/state/", change_state, name="account-state"),
    path("people/<uuid:account>/second-factor/", reset_factor, name="account-reset"),
    path(
        "people/<uuid:account>/tokens/<uuid:token>/revoke/",
        end_account_token,
        name="account-token-revoke",
    ),
    path("invitations/<slug:secret>/", accept, name="invitation-accept"),
    path("clients/", choose, name="client-choose"),
    path("security-log/", show_log, name="security-log"),
    path("security-log/events.csv", download_log, name="security-log-download"),
    path("account/", show_account, name="account-show"),
    path("account/sessions/end/", end_other_sessions, name="session-end-others"),
    path("account/sessions/<uuid:session>/end/", end_one_session, name="session-end"),
    path("account/identities/", list_identities, name="identity-list"),
    path("account/identities/<slug:provider>/link/", link, name="identity-link"),
    path("account/identities/<slug:identity>/unlink/", unlink, name="identity-unlink"),
    path("accounts/sso/<slug:provider>/", begin, name="sign-on-begin"),
    path("accounts/sso/<slug:provider>/answer/", finish, name="sign-on-finish"),
    path("notices/", list_notices, name="notice-list"),
    path("notices/read/", mark_read, name="notice-read"),
    path("notices/seen/", note_seen, name="notice-seen"),
    path("permissions/", show_policy, name="policy-show"),
    path("tokens/", list_tokens, name="token-list"),
    path("tokens/<uuid:token>/revoke/", end_token, name="token-revoke"),
]
