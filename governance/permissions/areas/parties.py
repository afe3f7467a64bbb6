"""The partner: how much hangs on it, and replacing it: the acts, and which address is which."""

from django.utils.translation import gettext_lazy as _

from governance.choices import EXECUTIVE_ROLES, Scope
from governance.permissions import acts
from governance.permissions.act import Act, Area
from governance.permissions.seats import WORKING_ROLES
from governance.permissions.table import Rule, rows, table

REPLACE = Act(
    "replace",
    Area.DECISIONS,
    _("Replace a partner or a consultant"),
    roles=frozenset(EXECUTIVE_ROLES),
    refusal=_("Only the client's sponsor or a steering member replaces a partner."),
)
HAND_OVER = Act(
    "hand_over",
    Area.DECISIONS,
    _("Take over what a replaced party held"),
    roles=WORKING_ROLES,
    narrower=_("for oneself; for somebody else the project manager or an executive"),
    refusal=_("Only the client's own people note who takes something over."),
)

POLICY: dict[tuple[str, str], Rule] = table(
    rows(
        acts.SEE_DECISIONS,
        "readiness:vendor-show",
        "readiness:replacement-list",
        "readiness:replacement-detail",
    ),
    rows(acts.RAISE, "governance:assumption-rest", by="GET POST"),
    rows(REPLACE, "readiness:replacement-add", by="GET POST"),
    rows(HAND_OVER, "readiness:handover-add", by="GET POST"),
    rows(acts.SEE_DECISIONS, "api:vendor-show", "api:replacement-list", scope=Scope.READ),
)
