"""Who owns and who decides what: the acts, and which address is which."""

from django.utils.translation import gettext_lazy as _

from governance.choices import EXECUTIVE_ROLES, Scope
from governance.permissions.act import Act, Area
from governance.permissions.seats import ALL_ROLES
from governance.permissions.table import Rule, rows, table

SEE_RIGHTS = Act(
    "see_rights",
    Area.DECISIONS,
    _("See who owns and who decides what"),
    roles=ALL_ROLES,
    partner=True,
    administrators=True,
)
GIVE_RIGHT = Act(
    "give_right",
    Area.DECISIONS,
    _("Say who takes which kind of decision, end that, hand everything over"),
    roles=frozenset(EXECUTIVE_ROLES),
    refusal=_("The client's sponsor or steering says who decides what."),
)

_PAGES = (
    rows(SEE_RIGHTS, "governance:ownership-map"),
    rows(
        GIVE_RIGHT,
        "governance:right-give",
        "governance:right-end",
        "governance:ownership-hand-over",
        by="GET POST",
    ),
)
_REST = (rows(SEE_RIGHTS, "api:decision-right-list", scope=Scope.READ),)
POLICY: dict[tuple[str, str], Rule] = table(*_PAGES, *_REST)
