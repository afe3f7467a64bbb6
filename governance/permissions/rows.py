"""The rows of the governance app, and of what stands in its name: sign-in and languages."""

from governance.choices import Scope
from governance.permissions import acts
from governance.permissions.table import Rule, rows, table

_ANSWERED = "GET POST"
_ANYTHING = "GET POST PUT PATCH DELETE"

_PAGES = (
    rows(acts.SEE_DECISIONS, "governance:decision-list", "governance:assumption-list"),
    rows(acts.RAISE, "governance:decision-add", "governance:assumption-add", by=_ANSWERED),
    rows(acts.SEE_DECISIONS, "governance:decision-detail", "governance:assumption-detail"),
    rows(acts.DECIDE, "governance:decision-detail", by="POST"),
    rows(acts.RULE, "governance:assumption-detail", by="POST"),
    rows(acts.SEE_PROCESSES, "governance:owner-list"),
    rows(acts.APPOINT, "governance:owner-change", by=_ANSWERED),
    rows(acts.SEE_GO_LIVE, "governance:go-live-show"),
    rows(acts.MOVE_DATE, "governance:go-live-show", by="POST"),
    rows(
        acts.SEE_IMPORTS,
        "governance:import-list",
        "governance:import-detail",
        "governance:import-progress",
        "governance:refusal-download",
    ),
    rows(
        acts.IMPORT_FILES,
        "governance:import-add",
        "governance:import-columns",
        "governance:import-undo",
        by=_ANSWERED,
    ),
    rows(acts.IMPORT_FILES, "governance:import-again", by="POST"),
    rows(acts.IMPORT_PORTFOLIO, "governance:import-portfolio", by=_ANSWERED),
    rows(acts.CHOOSE_CLIENT, "governance:client-choose", by=_ANSWERED),
    rows(acts.READ_SECURITY_LOG, "governance:security-log", "governance:security-log-download"),
    rows(acts.KEEP_ACCOUNT, "governance:account-show"),
    rows(acts.KEEP_ACCOUNT, "governance:session-end", "governance:session-end-others", by="POST"),
    rows(acts.KEEP_TOKENS, "governance:token-list", by=_ANSWERED),
    rows(acts.KEEP_TOKENS, "governance:token-revoke", by="POST"),
)
_REST = (
    rows(acts.SEE_OWN_WORK, "api:caller-show", scope=Scope.READ),
    rows(
        acts.SEE_IMPORTS,
        "api:import-list",
        "api:import-show",
        "api:column-mapping-list",
        scope=Scope.READ,
    ),
    rows(acts.IMPORT_FILES, "api:import-list", "api:import-undo", by="POST", scope=Scope.PUSH),
    rows(acts.SEE_REPORTS, "api:job-show", scope=Scope.READ),
    rows(acts.SEE_DECISIONS, "api:decision-list", "api:assumption-list", scope=Scope.READ),
    rows(acts.SEE_PROCESSES, "api:signoff-list", scope=Scope.READ),
    rows(acts.READ_SECURITY_LOG, "api:security-event-list", scope=Scope.READ),
    rows(acts.READ_DESCRIPTION, "api:unknown", by=_ANYTHING),
)
_ACCOUNTS = (
    rows(acts.LOOK_AROUND, "i18n-set", by="POST"),
    rows(acts.SIGN_IN, "governance:sign-on-begin", by="POST"),
    rows(acts.SIGN_IN, "governance:sign-on-finish"),
    rows(acts.KEEP_ACCOUNT, "governance:identity-list"),
    rows(acts.KEEP_ACCOUNT, "governance:identity-link", "governance:identity-unlink", by="POST"),
    rows(
        acts.SIGN_IN,
        "account_login",
        "account_logout",
        "account_signup",
        "account_reset_password",
        "account_reset_password_from_key",
        "account_confirm_login_code",
        "account_confirm_email",
        "account_email",
        "mfa_authenticate",
        "mfa_login_webauthn",
        by=_ANSWERED,
    ),
    rows(
        acts.SIGN_IN,
        "account_inactive",
        "account_email_verification_sent",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    ),
    rows(
        acts.KEEP_ACCOUNT,
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_replace_totp",
        "mfa_generate_recovery_codes",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_reauthenticate_webauthn",
        by=_ANSWERED,
    ),
    rows(
        acts.KEEP_ACCOUNT,
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    ),
)
POLICY: dict[tuple[str, str], Rule] = table(*_PAGES, *_REST, *_ACCOUNTS)
