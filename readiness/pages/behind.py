"""Where exactly the rows behind a metric's number are."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Project

Shown = tuple[str, dict[str, str], Promise]
SCENARIOS, DEFECTS = "uat:scenario-list", "uat:defect-list"
TRAINEES = "training:trainee-list"
NOT_COMPLETED = (
    TRAINEES,
    {"need": "mandatory", "state": "not-completed"},
    gettext_lazy("Required courses not completed, by person"),
)
TO_RUN = gettext_lazy("Scenarios the business has to run")
BY_CLASS = (
    "uat:coverage-show",
    dict[str, str](),
    gettext_lazy("Scenarios by process and class"),
)
SHOWN_BY_METRIC: dict[str, Shown] = {
    "uat.exec_pct": (SCENARIOS, {"state": "open"}, TO_RUN),
    "uat.unsigned_untested": (SCENARIOS, {"state": "open"}, TO_RUN),
    "uat.pass_pct": (SCENARIOS, {"state": "unpassed"}, gettext_lazy("Scenarios not passed")),
    "uat.stale_pass_pct": (
        SCENARIOS,
        {"state": "old_pass"},
        gettext_lazy("Passes older than the last change"),
    ),
    "uat.first_fail_pct": (
        SCENARIOS,
        {"state": "first_failed"},
        gettext_lazy("Scenarios that failed at their first run"),
    ),
    "uat.case_complete_pct": (
        SCENARIOS,
        {"state": "incomplete"},
        gettext_lazy("Scenarios whose description is incomplete"),
    ),
    "uat.design_cov_pct": BY_CLASS,
    "uat.class_min": BY_CLASS,
    "uat.class_exec_pct": BY_CLASS,
    "def.open_s1s2": (
        DEFECTS,
        {"severity": "serious"},
        gettext_lazy("Open defects, showstopper or high"),
    ),
    "def.open_p2": (DEFECTS, {"severity": "HIGH"}, gettext_lazy("Open defects, high")),
    "def.open_ml_pct": (
        DEFECTS,
        {"severity": "minor"},
        gettext_lazy("Open defects, medium or low"),
    ),
    "def.owned_pct": (
        DEFECTS,
        {"care": "none"},
        gettext_lazy("Open defects without an owner or a date"),
    ),
    "def.reopen_pct": (
        DEFECTS,
        {"state": "reopened"},
        gettext_lazy("Defects that were opened again"),
    ),
    "def.training_share": (
        DEFECTS,
        {"show": "all", "triage": "TRAINING"},
        gettext_lazy("Issues that turned out to be questions of training"),
    ),
    "eng.dept_min": (
        "uat:tester-list",
        {},
        gettext_lazy("Planned testers, by department"),
    ),
    "dec.blocking_open": (
        "governance:decision-list",
        {"process": "go-live"},
        gettext_lazy("Open decisions that block go-live"),
    ),
    "asm.unratified": (
        "governance:assumption-list",
        {"only": "overdue"},
        gettext_lazy("Assumptions that wait too long for a word"),
    ),
    "gov.read_pct": (
        "readiness:review-list",
        {},
        gettext_lazy("Who opened the judgement and each caveat"),
    ),
    "spn.meetings_chaired": (
        "governance:meeting-list",
        {},
        gettext_lazy("Steering meetings and who chaired them"),
    ),
    "esc.overdue": (
        "governance:escalation-list",
        {"only": "late"},
        gettext_lazy("Escalations beyond their time"),
    ),
    "gov.charter_signed": (
        "governance:charter-show",
        {},
        gettext_lazy("The charter of the project manager"),
    ),
    "gov.raci_pct": (
        "governance:ownership-map",
        {},
        gettext_lazy("Who decides what in which process"),
    ),
    "trn.complete_pct": NOT_COMPLETED,
    "trn.dept_min_pct": NOT_COMPLETED,
    "trn.tester_trained_pct": NOT_COMPLETED,
    "trn.prof_pct": (
        TRAINEES,
        {"check": "with", "need": "mandatory", "state": "open"},
        gettext_lazy("Required courses not passed, by person"),
    ),
    "trn.outdated_pct": (
        TRAINEES,
        {"need": "mandatory", "state": "outdated"},
        gettext_lazy("Courses completed in an older version, by person"),
    ),
}
DOCUMENTS = {
    "uat.closure_signed": ("closure", gettext_lazy("The closure of acceptance testing")),
    "sign.handover": ("handover", gettext_lazy("The handover to operations")),
}
SHOWN_BY_KIND: dict[str, Shown] = {
    "uat": (SCENARIOS, {}, gettext_lazy("Scenarios in scope")),
    "eng": (SCENARIOS, {}, gettext_lazy("Scenarios with their last runs")),
    "def": (DEFECTS, {}, gettext_lazy("Defects, the worst first")),
    "trn": (TRAINEES, {"need": "mandatory"}, gettext_lazy("People and their training")),
    "own": ("governance:owner-list", {}, gettext_lazy("Processes and their owners")),
    "scope": ("readiness:process-list", {}, gettext_lazy("Processes and their sign-off")),
    "sign": ("readiness:process-list", {}, gettext_lazy("Processes and their sign-off")),
    "dec": ("governance:decision-list", {}, gettext_lazy("Decisions")),
    "cal": ("governance:calendar-show", {}, gettext_lazy("Days of the business calendar")),
    "dep": (
        "governance:raid-list",
        {"kind": "DEPENDENCY"},
        gettext_lazy("What the project needs from outside"),
    ),
    "esc": ("governance:escalation-list", {}, gettext_lazy("Escalations")),
    "asm": ("governance:assumption-list", {}, gettext_lazy("Assumptions of the partner")),
    "wvr": ("readiness:risk-list", {}, gettext_lazy("Accepted risks")),
    "rep": ("readiness:status-show", {}, gettext_lazy("Reported beside computed status")),
    "gate": ("readiness:gate-show", {}, gettext_lazy("The gates before this one")),
}
"""Address, what is asked there, title: of one metric, else of everything of its kind."""

TABLE_PART = ".table-box"
REPORTED_PART = "[aria-labelledby=m-history] .plain-list, [aria-labelledby=m-history] > .soft"
WITHOUT_A_TABLE = ("governance:charter-show", "readiness:gate-show", "readiness:risk-list")


@dataclass(frozen=True, slots=True)
class Behind:
    """Where the rows behind a number are; `part` selects them there, empty: only a link."""

    title: str
    href: str
    part: str = ""


def behind(project: Project, metric: str, *, is_reported: bool = False) -> Behind:
    """Return where the rows behind a metric are; of what people report, what they reported."""
    found = SHOWN_BY_METRIC.get(metric) or SHOWN_BY_KIND.get(metric.partition(".")[0])
    if found is None or is_reported:
        address = reverse("readiness:reported-detail", args=[project.public_id, metric])
        return Behind(_("Everything reported for this figure"), address, REPORTED_PART)
    if metric in DOCUMENTS:
        kind, words = DOCUMENTS[metric]
        address = reverse("readiness:document-sign", args=[project.public_id, kind])
        return Behind(str(words), address)
    name, asked, title = found
    address = reverse(name, args=[project.public_id])
    part = "" if name in WITHOUT_A_TABLE else TABLE_PART
    return Behind(str(title), f"{address}?{urlencode(asked)}" if asked else address, part)
