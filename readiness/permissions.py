"""Who may do what at the gate: the rows of this app in the policy table."""

from governance.choices import Scope
from governance.permissions import acts
from governance.permissions.table import Rule, rows, table

_PAGES = (
    rows(acts.SEE_OWN_WORK, "readiness:portfolio", "readiness:portfolio-version"),
    rows(acts.SEE_OWN_WORK, "readiness:my-work"),
    rows(acts.SEE_OWN_WORK, "readiness:digest-set", by="POST"),
    rows(acts.STOP_MAIL, "readiness:digest-stop", by="GET POST"),
    rows(
        acts.SEE_GATE,
        "readiness:gate-show",
        "readiness:gate-version",
        "readiness:journey-show",
        "readiness:criterion-detail",
        "readiness:reported-list",
        "readiness:reported-detail",
        "readiness:status-show",
        "readiness:unanswered-list",
        "readiness:week-show",
        "readiness:risk-list",
        "readiness:request-detail",
    ),
    rows(acts.NOTE_VISIT, "readiness:visit-note", by="POST"),
    rows(acts.SEE_PROCESSES, "readiness:process-list", "readiness:process-detail"),
    rows(acts.SEE_PROCESSES, "readiness:signature-list", "readiness:signature-detail"),
    rows(acts.SIGN, "readiness:process-detail", by="POST"),
    rows(acts.REPORT_METRIC, "readiness:reported-detail", by="POST"),
    rows(acts.REPORT_STATUS, "readiness:status-show", by="POST"),
    rows(acts.REPORT_STATUS, "readiness:caveat-resolve", by="GET POST"),
    rows(acts.ASK_FOR_ACCEPTANCE, "readiness:request-add", by="GET POST"),
    rows(acts.ACCEPT_RISK, "readiness:request-detail", "readiness:request-decline", by="POST"),
    rows(acts.END_ACCEPTANCE, "readiness:acceptance-end", by="GET POST"),
    rows(acts.ASK_HEALTH, "readiness:health-ready", "readiness:health-live"),
    rows(acts.LOOK_AROUND, "readiness:demo-show", "readiness:style-show"),
    rows(acts.LOOK_AROUND, "readiness:demo-enter", by="POST"),
)
_REST = (
    rows(acts.READ_DESCRIPTION, "api:docs-show", "api:schema-show"),
    rows(acts.SEE_OWN_WORK, "api:work-show", "api:project-list", scope=Scope.READ),
    rows(
        acts.SEE_GATE,
        "api:project-show",
        "api:gate-list",
        "api:status-change-list",
        "api:criterion-list",
        "api:snapshot-list",
        "api:snapshot-latest",
        "api:snapshot-show",
        "api:finding-list",
        "api:metric-list",
        "api:reported-metric-list",
        "api:reported-status-list",
        "api:unanswered-list",
        "api:week-show",
        "api:caveat-list",
        "api:acceptance-request-list",
        "api:acceptance-list",
        scope=Scope.READ,
    ),
    rows(acts.SEE_PROCESSES, "api:process-list", "api:process-show", scope=Scope.READ),
    rows(acts.REPORT_METRIC, "api:reported-metric-list", by="POST", scope=Scope.PUSH),
    rows(
        acts.REPORT_STATUS,
        "api:reported-status-list",
        "api:caveat-list",
        "api:caveat-resolve",
        by="POST",
        scope=Scope.PUSH,
    ),
)
POLICY: dict[tuple[str, str], Rule] = table(*_PAGES, *_REST)
