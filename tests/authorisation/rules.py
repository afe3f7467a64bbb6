"""Who may do what, said a second time and by other words than the product's own table.

The product's policy is a table over addresses. This one is over rows: whoever brings a row
of a table into being must be one of these, whichever address it came through, and every
column that names who did it must name the account that asked.
"""

from collections.abc import Collection

from governance.choices import Role

EXECUTIVES = frozenset({Role.SPONSOR, Role.STEERING})
OWNERS = frozenset({Role.PROCESS_OWNER, Role.DEPARTMENT_MANAGER})
"""The owner and the deputy of the world's own process."""
LEADS = frozenset(
    {Role.PROJECT_MANAGER, Role.TEST_LEAD, Role.CHANGE_LEAD, Role.DATA_OWNER, Role.IT}
)
CALLERS = EXECUTIVES | {Role.PROJECT_MANAGER, Role.TEST_LEAD, Role.CHANGE_LEAD}
"""Who asks a department for people; its manager answers."""
ADMINISTRATOR = "ADMINISTRATOR"
WORKERS = frozenset(Role) - {Role.AUDITOR}
BUSINESS = WORKERS - {Role.CONSULTANT}
# What is signed -> who may; an owner's word also who signs in the owner's place by a delegation,
# which the world's own project manager holds.
SIGNERS: dict[str, Collection[str]] = {
    "PROCESS_EVIDENCE": OWNERS,
    "SCOPE": OWNERS,
    "ACCEPTANCE": EXECUTIVES,
    "GO_NO_GO": EXECUTIVES,
    "CHARTER": {Role.SPONSOR},
    "CLOSURE": {Role.SPONSOR},
    "HANDOVER": {Role.SPONSOR},
    "POLICY_CHANGE": {Role.SPONSOR},
}
DELEGATES = frozenset({Role.PROJECT_MANAGER})
# Table -> who may bring a row of it into being; what stands here no partner ever does.
BUSINESS_ROWS: dict[str, Collection[str]] = {
    "governance.RecordCheck": (),
    "governance.Anchor": (),
    "governance.RecordHead": (),
    "governance.Checkpoint": OWNERS | EXECUTIVES | DELEGATES,
    "governance.Charter": EXECUTIVES | {Role.PROJECT_MANAGER},
    "governance.GateStop": {Role.PROJECT_MANAGER},
    "governance.GateStopEnd": EXECUTIVES | {Role.PROJECT_MANAGER},
    "governance.Overruling": EXECUTIVES | {Role.PROJECT_MANAGER},
    "governance.LeadershipAssessment": {Role.PROJECT_MANAGER, Role.SPONSOR},
    "governance.DecisionRight": EXECUTIVES,
    "governance.DecisionRightEnd": EXECUTIVES,
    "governance.RaidChange": EXECUTIVES | OWNERS | {Role.PROJECT_MANAGER},
    "governance.ProviderConfirmation": BUSINESS,
    "governance.CalendarEntry": EXECUTIVES
    | {Role.PROJECT_MANAGER, Role.PROCESS_OWNER, Role.FINANCE},
    "governance.CalendarEntryEnd": EXECUTIVES
    | {Role.PROJECT_MANAGER, Role.PROCESS_OWNER, Role.FINANCE},
    "governance.DecisionOutcome": EXECUTIVES,
    "governance.AssumptionRuling": OWNERS,
    "governance.GoLiveDate": EXECUTIVES,
    "governance.Meeting": EXECUTIVES | {Role.PROJECT_MANAGER},
    "governance.MeetingMinutes": EXECUTIVES | {Role.PROJECT_MANAGER},
    "governance.Attendance": EXECUTIVES | {Role.PROJECT_MANAGER},
    "governance.SponsorStatement": {Role.SPONSOR},
    "readiness.Review": EXECUTIVES,
    "governance.Delegation": {Role.SPONSOR},
    "governance.DelegationEnd": {Role.SPONSOR},
    "governance.Ownership": EXECUTIVES | {Role.PROJECT_MANAGER},
    "governance.ParticipationRequest": CALLERS,
    "governance.RequestedPerson": CALLERS,
    "governance.PersonAnswer": {Role.DEPARTMENT_MANAGER},
    "governance.ImportRun": LEADS | {ADMINISTRATOR},
    "governance.ImportUndo": LEADS | {ADMINISTRATOR},
    "governance.ImportChange": LEADS | {ADMINISTRATOR},
    "governance.ColumnMapping": LEADS,
    "governance.Participation": {ADMINISTRATOR},
    "governance.Invitation": {ADMINISTRATOR},
    "governance.AuthenticatorReset": {ADMINISTRATOR},
    "governance.Replacement": EXECUTIVES,
    "governance.HeldItem": EXECUTIVES,
    "governance.Handover": BUSINESS,
    "governance.Organisation": (),
    "governance.Project": (),
    "readiness.Acceptance": EXECUTIVES,
    "readiness.AcceptanceAnswer": EXECUTIVES,
    "readiness.AcceptanceWithdrawal": EXECUTIVES,
    "readiness.AcceptanceRequest": BUSINESS,
    "readiness.CaveatResolution": EXECUTIVES | {Role.PROJECT_MANAGER},
    "readiness.Exemption": (),
    "readiness.ReportedStatus": EXECUTIVES | {Role.PROJECT_MANAGER},
    "readiness.Policy": (),
    "readiness.PolicyAdoption": {Role.SPONSOR},
    "readiness.Criterion": (),
    "readiness.Gate": (),
    "readiness.Snapshot": (),
    "readiness.Finding": (),
    "reports.Report": (),
    "training.TrainingRecord": LEADS,
}
# Entries of the record -> who does what they tell; whoever else reaches a project does the rest.
DEEDS: dict[str, Collection[str]] = {
    "LOG_STARTED": (),
    "KEY_ROTATED": (),
    "CARRIED_OVER": (),
    "EXPORTED": (),
    "REPORT_PRINTED": (),
    "TEXT_ERASED": (),
    "EXEMPTED": (),
    "SIGNED": OWNERS | EXECUTIVES | DELEGATES,
    "REFUSED": OWNERS | EXECUTIVES | DELEGATES,
    "WITHDRAWN": OWNERS | EXECUTIVES | DELEGATES,
    "CHARTER_WRITTEN": EXECUTIVES | {Role.PROJECT_MANAGER},
    "GATE_STOPPED": {Role.PROJECT_MANAGER},
    "STOP_ENDED": EXECUTIVES | {Role.PROJECT_MANAGER},
    "OVERRULED": EXECUTIVES | {Role.PROJECT_MANAGER},
    "LEADERSHIP_ASSESSED": {Role.PROJECT_MANAGER, Role.SPONSOR},
    "RIGHT_GIVEN": EXECUTIVES,
    "RIGHT_ENDED": EXECUTIVES,
    "RAID_CHANGED": EXECUTIVES | OWNERS | {Role.PROJECT_MANAGER},
    "CALENDAR_WRITTEN": EXECUTIVES | {Role.PROJECT_MANAGER, Role.PROCESS_OWNER, Role.FINANCE},
    "CALENDAR_ENDED": EXECUTIVES | {Role.PROJECT_MANAGER, Role.PROCESS_OWNER, Role.FINANCE},
    "MEETING_CALLED": EXECUTIVES | {Role.PROJECT_MANAGER},
    "MEETING_MINUTED": EXECUTIVES | {Role.PROJECT_MANAGER},
    "MEETING_ATTENDED": EXECUTIVES | {Role.PROJECT_MANAGER},
    "STATEMENT_WRITTEN": {Role.SPONSOR},
    "REVIEWED": EXECUTIVES,
    "DELEGATED": {Role.SPONSOR},
    "DELEGATION_ENDED": {Role.SPONSOR},
    "OWNER_NAMED": EXECUTIVES | {Role.PROJECT_MANAGER},
    "ROLE_GIVEN": {ADMINISTRATOR},
    "ROLE_ENDED": {ADMINISTRATOR},
    "DATE_SET": EXECUTIVES,
    "DATE_MOVED": EXECUTIVES,
    "RISK_DECLINED": EXECUTIVES,
    "RISK_ACCEPTED": EXECUTIVES,
    "ACCEPTANCE_ENDED": EXECUTIVES,
    "POLICY_ADOPTED": {Role.SPONSOR},
    "PEOPLE_ASKED_FOR": CALLERS,
    "PERSON_ASKED_FOR": CALLERS,
    "PERSON_ANSWERED": {Role.DEPARTMENT_MANAGER},
    "PARTY_REPLACED": EXECUTIVES,
    "HELD_LISTED": EXECUTIVES,
    "HANDED_OVER": BUSINESS,
    "IMPORTED": LEADS | {ADMINISTRATOR},
    "IMPORT_UNDONE": LEADS | {ADMINISTRATOR},
}
# What a partner's own people do to their own accounts is told where they take part.
PARTNERS_DEEDS = {"ROLE_GIVEN", "ROLE_ENDED"}
# A partner administers its own accounts; the rows of anybody else's are held by the links.
PARTNERS_OWN = {"governance.Invitation", "governance.AuthenticatorReset"}
# What an administrator may take from another account of the own organisation.
TAKEN_AWAY = {"governance.ApiToken": {"revoked_at"}, "mfa.Authenticator": set[str]()}
# An auditor only reads: of all rows these are its own affair alone, and nobody else's.
PERSONAL_ROWS = {
    "governance.User": "id",
    "governance.ApiToken": "user_id",
    "governance.IdempotencyKey": "user_id",
    "governance.SignatureAgreement": "account_id",
    "readiness.CaveatReading": "account_id",
    "readiness.Visit": "user_id",
    "readiness.DigestChoice": "user_id",
    "mfa.Authenticator": "user_id",
    "account.EmailAddress": "user_id",
}
# Columns of rows that others write, too: only whom they are about changes these.
PERSONAL_COLUMNS = {("governance.Notice", "read_at"): "account_id"}
# Anybody who takes part may have a judgement printed; the job writes nothing but the paper.
ASKED_FOR = {"governance.Job"}
# Columns that say who did it.
DOERS = (
    "noted_by_id",
    *("signer_id", "decided_by_id", "ruled_by_id", "approver_id", "withdrawn_by_id"),
    *("answered_by_id", "resolved_by_id", "reporter_id", "tester_id", "written_by_id"),
    *("assigned_by_id", "undone_by_id", "actor_id", "uploaded_by_id", "requested_by_id"),
    *("given_by_id", "ended_by_id", "invited_by_id", "reset_by_id", "changed_by_id"),
    *("appointed_by_id", "adopted_by_id", "asked_by_id", "stopped_by_id"),
    *("replaced_by_id", "noted_by_id", "offered_by_id"),
)
# Tables in which another person than whoever asks is named on purpose.
NAMED_BY_OTHERS = {("readiness.Acceptance", "requester_id")}
# Addresses that answer whoever comes, and why.
PUBLIC = {
    "i18n-set": "a reader chooses a language before signing in",
    "readiness:health-ready": "a load balancer asks",
    "readiness:health-live": "a container engine asks",
    "readiness:demo-show": "404 outside the demo",
    "readiness:demo-enter": "404 outside the demo",
    "readiness:digest-stop": "the signed link in a mail is the right to stop it",
    "readiness:style-show": "shows parts to developers, and nobody's rows",
    "account_login": "the door",
    "account_logout": "the way out",
    "account_signup": "says that accounts are made by invitation",
    "account_inactive": "says that the account is closed",
    "account_email": "404 for everybody",
    "account_email_verification_sent": "a sentence",
    "account_confirm_email": "a link in a mail",
    "account_confirm_login_code": "a step of signing in",
    "account_reset_password": "somebody forgot it",
    "account_reset_password_done": "a sentence",
    "account_reset_password_from_key": "a link in a mail",
    "account_reset_password_from_key_done": "a sentence",
    "mfa_authenticate": "a step of signing in",
    "governance:invitation-accept": "a link in a mail",
}
# Of what a client did and said nothing is taken along by somebody else's people.
CLIENTS_ONLY = {
    *("reports:pack-list", "reports:pack-request", "reports:pack-download"),
    *("reports:checkpoint-download", "api:pack-list", "api:pack-file"),
    *("readiness:scope-show POST", "readiness:document-sign POST", "readiness:process-detail POST"),
    *("readiness:request-detail POST", "readiness:request-decline POST"),
    *("readiness:acceptance-end POST", "governance:delegation-list POST"),
    *("governance:delegation-end", "readiness:request-add POST"),
}
# Whoever works for several clients reads here what they are called.
NAMES_CLIENTS = {"governance:client-choose", "governance:token-list"}
# What describes REST to people: they read it signed in, in the browser.
DESCRIPTIONS = {"api:docs-show", "api:schema-show"}
# The secret in the link is the right itself: whoever holds it is who was written to.
BY_LINK = {
    *("readiness:digest-stop", "account_reset_password_from_key", "account_confirm_email"),
    "governance:invitation-accept",
}
# What takes nothing in this world, and why.
TAKES_NOTHING: dict[str, str] = {
    "readiness:demo-enter": "404 outside the demo",
}
# A mail server sends the form itself (RFC 8058), from no page and so without its token.
SENT_BY_MAIL_SERVERS = {"readiness:digest-stop"}
# What the holder of a link in a mail writes without being signed in: address and table.
AT_THE_DOOR = {
    ("readiness:digest-stop", "readiness.DigestChoice"),
    ("account_reset_password_from_key", "governance.User"),
    ("governance:invitation-accept", "governance.User"),
    ("governance:invitation-accept", "governance.Invitation"),
    ("governance:invitation-accept", "governance.Participation"),
}
