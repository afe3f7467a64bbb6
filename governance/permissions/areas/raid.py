"""Risks, issues, dependencies and the calendar: the acts, and which address is which."""

from governance.permissions.table import Rule, table

POLICY: dict[tuple[str, str], Rule] = table()
