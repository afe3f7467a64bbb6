"""The rows of the operator's tables, in the policy only while these are switched on."""

from governance.permissions import acts
from governance.permissions.table import Rule, rows, table

TABLES = ("organisation", "participation", "securityevent", "user")
_SHOWN = ("changelist", "change", "history")

POLICY: dict[tuple[str, str], Rule] = table(
    rows(acts.OPERATE, "admin:index", "admin:app_list", "admin:password_change", "admin:jsi18n"),
    rows(acts.OPERATE, "admin:logout", by="GET POST"),
    *(
        rows(acts.OPERATE, *(f"admin:governance_{name}_{shown}" for shown in _SHOWN))
        for name in TABLES
    ),
)
