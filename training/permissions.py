"""Who may do what in training: the rows of this app in the policy table."""

from governance.choices import Scope
from governance.permissions import acts
from governance.permissions.table import Rule, rows, table

POLICY: dict[tuple[str, str], Rule] = table(
    rows(
        acts.SEE_TRAINING,
        "training:matrix-show",
        "training:trainee-list",
        "training:course-people",
        "training:roster-list",
        "training:person-detail",
    ),
    rows(
        acts.SEE_TRAINING,
        "api:training-matrix",
        "api:training-need-list",
        "api:training-record-list",
        scope=Scope.READ,
    ),
    rows(acts.PUSH_TRAINING, "api:training-record-list", by="POST", scope=Scope.PUSH),
)
