"""Being told: the acts, and which address is which."""

from django.utils.translation import gettext_lazy as _

from governance.permissions.act import Act, Area, Door
from governance.permissions.table import Rule, rows, table

SEE_NOTICES = Act(
    "see_notices", Area.ACCOUNTS, _("See what one was told, and mark it as read"), Door.SIGNED_IN
)

POLICY: dict[tuple[str, str], Rule] = table(
    rows(SEE_NOTICES, "governance:notice-list"),
    rows(SEE_NOTICES, "governance:notice-read", "governance:notice-seen", by="POST"),
)
