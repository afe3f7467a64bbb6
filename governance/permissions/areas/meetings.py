"""Steering meetings, and what the sponsor says and reads: the acts, and which address is which."""

from governance.permissions.table import Rule, table

POLICY: dict[tuple[str, str], Rule] = table()
