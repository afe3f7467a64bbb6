"""Being told, and what stands on page one: the acts, and which address is which."""

from django.utils.translation import gettext_lazy as _

from governance.choices import Scope
from governance.permissions import acts
from governance.permissions.act import Act, Area, Door
from governance.permissions.seats import WORKING_ROLES
from governance.permissions.table import Rule, rows, table

SEE_NOTICES = Act(
    "see_notices", Area.ACCOUNTS, _("See what one was told, and mark it as read"), Door.SIGNED_IN
)
OPEN_CAVEAT = Act(
    "open_caveat",
    Area.GATE,
    _("Open a caveat, by name"),
    roles=WORKING_ROLES,
    partner=True,
    administrators=True,
    refusal=_("An auditor reads here without being noted."),
)

POLICY: dict[tuple[str, str], Rule] = table(
    rows(SEE_NOTICES, "governance:notice-list"),
    rows(SEE_NOTICES, "governance:notice-read", "governance:notice-seen", by="POST"),
    rows(SEE_NOTICES, "api:notice-list", scope=Scope.READ),
    rows(SEE_NOTICES, "api:notice-read", by="POST", scope=Scope.PUSH),
    rows(acts.SEE_GATE, "readiness:caveat-list", "readiness:caveat-detail"),
    rows(acts.REPORT_STATUS, "readiness:caveat-list", by="POST"),
    rows(OPEN_CAVEAT, "readiness:caveat-open", by="POST"),
)
