"""The project manager's powers: the acts, and which address is which."""

from django.utils.translation import gettext_lazy as _

from governance.choices import EXECUTIVE_ROLES, Role, Scope
from governance.permissions.act import Act, Area
from governance.permissions.seats import ALL_ROLES, APPOINTING_ROLES, STATUS_ROLES
from governance.permissions.table import Rule, rows, table

SEE_CHARTER = Act(
    "see_charter",
    Area.DECISIONS,
    _("See the charter, stopped gates and overrulings"),
    roles=ALL_ROLES,
    partner=True,
    administrators=True,
)
WRITE_CHARTER = Act(
    "write_charter",
    Area.DECISIONS,
    _("Write the charter; the sponsor signs it"),
    roles=frozenset(APPOINTING_ROLES),
    refusal=_("The sponsor, the steering or the project manager writes the charter."),
)
OVERRULE = Act(
    "overrule",
    Area.DECISIONS,
    _("Write down that the project manager was overruled"),
    roles=frozenset(STATUS_ROLES),
    refusal=_("The project manager or an executive writes down an overruling."),
)
STOP_GATE = Act(
    "stop_gate",
    Area.GATE,
    _("Stop a gate"),
    roles=frozenset({Role.PROJECT_MANAGER}),
    narrower=_("only with a signed charter that grants it"),
    refusal=_("Only a project manager whose signed charter grants it stops a gate."),
)
END_STOP = Act(
    "end_stop",
    Area.GATE,
    _("End the stop of a gate"),
    roles=frozenset({*EXECUTIVE_ROLES, Role.PROJECT_MANAGER}),
    narrower=_("one's own; an executive overrules by ending another's"),
    refusal=_("Whoever stopped the gate ends that, or an executive, who overrules by it."),
)
ASSESS = Act(
    "assess_leadership",
    Area.DECISIONS,
    _("Answer how the project is led, and compare the two answers"),
    roles=frozenset({Role.PROJECT_MANAGER, Role.SPONSOR}),
    narrower=_("each sees the other's answers after both have answered"),
    refusal=_("The project manager and the sponsor answer this, nobody else."),
)

_PAGES = (
    rows(SEE_CHARTER, "governance:charter-show", "readiness:stop-list"),
    rows(WRITE_CHARTER, "governance:charter-write", by="GET POST"),
    rows(OVERRULE, "governance:overruling-add", by="GET POST"),
    rows(ASSESS, "governance:leadership-show", by="GET POST"),
    rows(STOP_GATE, "readiness:stop-list", by="POST"),
    rows(END_STOP, "readiness:stop-end", by="GET POST"),
)
_REST = (
    rows(
        SEE_CHARTER,
        "api:charter-list",
        "api:gate-stop-list",
        "api:overruling-list",
        scope=Scope.READ,
    ),
)
POLICY: dict[tuple[str, str], Rule] = table(*_PAGES, *_REST)
