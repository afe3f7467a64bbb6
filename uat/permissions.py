"""Who may do what in testing: the rows of this app in the policy table."""

from governance.choices import Scope
from governance.permissions import acts
from governance.permissions.table import Rule, rows, table

POLICY: dict[tuple[str, str], Rule] = table(
    rows(
        acts.SEE_TESTING,
        "uat:scenario-list",
        "uat:coverage-show",
        "uat:scenario-detail",
        "uat:photo-download",
        "uat:defect-list",
        "uat:tester-list",
    ),
    rows(acts.RECORD_RUNS, "uat:run-add", by="GET POST"),
    rows(
        acts.SEE_TESTING,
        "api:scenario-list",
        "api:coverage-list",
        "api:photo-file",
        "api:execution-list",
        "api:defect-list",
        scope=Scope.READ,
    ),
    rows(
        acts.RECORD_RUNS,
        "api:execution-list",
        "api:defect-list",
        "api:defect-change",
        by="POST",
        scope=Scope.PUSH,
    ),
)
