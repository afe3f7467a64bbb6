"""The partner: how much hangs on it, and replacing it: the acts, and which address is which."""

from governance.permissions.table import Rule, table

POLICY: dict[tuple[str, str], Rule] = table()
