"""Who may do what with reports: the rows of this app in the policy table."""

from governance.choices import Scope
from governance.permissions import acts
from governance.permissions.table import Rule, rows, table

POLICY: dict[tuple[str, str], Rule] = table(
    rows(
        acts.SEE_REPORTS, "reports:report-list", "reports:report-detail", "reports:report-download"
    ),
    rows(acts.PRINT_REPORT, "reports:report-request", "reports:certificate-print", by="POST"),
    rows(
        acts.EXPORT_RECORD,
        "reports:pack-list",
        "reports:pack-download",
        "reports:checkpoint-download",
    ),
    rows(acts.EXPORT_RECORD, "reports:pack-request", by="POST"),
    rows(acts.EXPORT_RECORD, "api:pack-list", "api:pack-file", scope=Scope.READ),
    rows(acts.EXPORT_RECORD, "api:pack-list", by="POST", scope=Scope.READ),
    rows(acts.SEE_REPORTS, "api:report-list", "api:report-file", scope=Scope.READ),
    rows(acts.PRINT_REPORT, "api:report-list", by="POST", scope=Scope.READ),
)
