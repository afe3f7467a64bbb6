"""Steering meetings, and what the sponsor says and reads: the acts, and which address is which."""

from django.utils.translation import gettext_lazy as _

from governance.choices import Role, Scope
from governance.permissions.act import Act, Area
from governance.permissions.acts import NOTE_VISIT
from governance.permissions.seats import ALL_ROLES, STATUS_ROLES, WORKING_ROLES
from governance.permissions.table import Rule, rows, table

SEE_MEETINGS = Act(
    "see_meetings",
    Area.DECISIONS,
    _("See steering meetings, the sponsor's page and who read what"),
    roles=ALL_ROLES,
    partner=True,
    administrators=True,
)
CALL_MEETING = Act(
    "call_meeting",
    Area.DECISIONS,
    _("Call a steering meeting, write its minutes"),
    roles=frozenset(STATUS_ROLES),
    refusal=_("The project manager, the sponsor or the steering calls meetings."),
)
WRITE_STATEMENT = Act(
    "write_statement",
    Area.DECISIONS,
    _("Write what the sponsor expects"),
    roles=frozenset({Role.SPONSOR}),
    refusal=_("Only the client's sponsor writes this."),
)
ACKNOWLEDGE = Act(
    "acknowledge",
    Area.DECISIONS,
    _("Acknowledge the sponsor's statement"),
    roles=WORKING_ROLES,
    partner=True,
    refusal=_("Only those who work in the project acknowledge what the sponsor wrote."),
)

POLICY: dict[tuple[str, str], Rule] = table(
    rows(
        SEE_MEETINGS,
        "governance:meeting-list",
        "governance:meeting-detail",
        "governance:statement-show",
        "readiness:sponsor-show",
        "readiness:review-list",
    ),
    rows(CALL_MEETING, "governance:meeting-add", "governance:meeting-minutes", by="GET POST"),
    rows(WRITE_STATEMENT, "governance:statement-show", by="POST"),
    rows(NOTE_VISIT, "readiness:review-note", by="POST"),
    rows(ACKNOWLEDGE, "governance:statement-acknowledge", by="POST"),
    rows(
        SEE_MEETINGS,
        "api:meeting-list",
        "api:sponsor-statement-list",
        "api:sponsor-show",
        "api:review-list",
        scope=Scope.READ,
    ),
)
