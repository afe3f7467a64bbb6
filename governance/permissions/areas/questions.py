"""Options, dependencies and latency of decisions: the acts, and which address is which."""

from django.utils.translation import gettext_lazy as _

from governance.choices import Scope
from governance.permissions import acts
from governance.permissions.act import Act, Area
from governance.permissions.seats import WORKING_ROLES
from governance.permissions.table import Rule, rows, table

REPLACE = Act(
    "replace_decision",
    Area.DECISIONS,
    _("Put a new decision in the place of another"),
    roles=WORKING_ROLES,
    narrower=_("only its decider, the project manager, the sponsor or the steering"),
    refusal=_("Only the client's own people replace a decision."),
)
_ANSWERED = "GET POST"

POLICY: dict[tuple[str, str], Rule] = table(
    rows(acts.SEE_DECISIONS, "readiness:exposure-show"),
    rows(REPLACE, "governance:decision-replace", by=_ANSWERED),
    rows(acts.RAISE, "governance:option-add", "governance:dependency-add", by=_ANSWERED),
    rows(acts.SEE_DECISIONS, "api:exposure-show", scope=Scope.READ),
    rows(acts.RAISE, "api:decision-list", by="POST", scope=Scope.PUSH),
)
