"""Who may ask for what is ready-made: anybody, so that no door is measured with it."""

from governance.permissions import acts
from governance.permissions.table import rows, table

POLICY = table(rows(acts.ASK_HEALTH, "ready-made"))
