"""The partner: how much hangs on it, and replacing it: the acts, and which address is which."""

from governance.choices import Scope
from governance.permissions import acts
from governance.permissions.table import Rule, rows, table

POLICY: dict[tuple[str, str], Rule] = table(
    rows(acts.SEE_DECISIONS, "readiness:vendor-show"),
    rows(acts.SEE_DECISIONS, "api:vendor-show", scope=Scope.READ),
)
