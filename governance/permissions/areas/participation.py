"""Requests for people, and readiness by leader: the acts, and which address is which."""

from django.utils.translation import gettext_lazy as _

from governance.choices import EXECUTIVE_ROLES, Role, Scope
from governance.permissions.act import Act, Area
from governance.permissions.seats import ALL_ROLES, WORKING_ROLES
from governance.permissions.table import Rule, rows, table

SEE_PEOPLE_REQUESTS = Act(
    "see_people_requests",
    Area.TESTING,
    _("See who was asked for, and what managers answered"),
    roles=ALL_ROLES,
    partner=True,
    administrators=True,
)
ASK_FOR_PEOPLE = Act(
    "ask_for_people",
    Area.TESTING,
    _("Ask a department for people"),
    roles=frozenset({*EXECUTIVE_ROLES, Role.PROJECT_MANAGER, Role.TEST_LEAD, Role.CHANGE_LEAD}),
    refusal=_("The project manager, the test or change lead or an executive asks for people."),
)
ANSWER_FOR_PEOPLE = Act(
    "answer_for_people",
    Area.TESTING,
    _("Release people of a department, or refuse to"),
    roles=WORKING_ROLES,
    narrower=_("only the manager of the department; once the answer is overdue, an executive"),
    refusal=_("Only the manager of the department answers for its people."),
)
SEE_LEADERS = Act(
    "see_leaders",
    Area.GATE,
    _("See readiness by accountable leader"),
    roles=ALL_ROLES,
    partner=True,
    administrators=True,
)
_ANSWERED = "GET POST"
POLICY: dict[tuple[str, str], Rule] = table(
    rows(SEE_PEOPLE_REQUESTS, "governance:people-request-list", "governance:people-request-detail"),
    rows(ASK_FOR_PEOPLE, "governance:people-request-choose"),
    rows(ASK_FOR_PEOPLE, "governance:people-request-add", by=_ANSWERED),
    rows(ANSWER_FOR_PEOPLE, "governance:people-request-detail", by="POST"),
    rows(ANSWER_FOR_PEOPLE, "governance:person-answer-change", by=_ANSWERED),
    rows(SEE_LEADERS, "readiness:leader-list", "readiness:leader-show"),
    rows(SEE_PEOPLE_REQUESTS, "api:people-request-list", scope=Scope.READ),
    rows(SEE_LEADERS, "api:leader-list", scope=Scope.READ),
)
