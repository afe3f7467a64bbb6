"""Who owns and who decides what: the acts, and which address is which."""

from governance.permissions.table import Rule, table

POLICY: dict[tuple[str, str], Rule] = table()
