"""What each page costs: how often it asks the database, pinned; how long it takes, told."""

import statistics
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.browser.conftest import CLOSELY
from tests.browser.demo import Demo
from tests.browser.tally import Cost, Tally
from tests.browser.walking import Found, walk

# Page -> queries for one more look by the first who reaches it. A number that grows wants a
# reason; one that depends on how much there is wants mending.
QUERIES: dict[str, int] = {
    "api:docs-show": 2,
    "governance:account-show": 7,
    "governance:account-detail": 24,
    "governance:account-list": 9,
    "governance:account-reset": 5,
    "governance:assumption-add": 5,
    "governance:assumption-rest": 5,
    "governance:assumption-detail": 14,
    "governance:assumption-list": 13,
    "governance:charter-show": 11,
    "governance:charter-write": 7,
    "governance:consultant-add": 3,
    "governance:decision-add": 6,
    "governance:decision-detail": 24,
    "governance:decision-list": 13,
    "governance:decision-replace": 15,
    "governance:dependency-add": 5,
    "governance:option-add": 5,
    "readiness:exposure-show": 13,
    "governance:delegation-list": 5,
    "governance:delegation-end": 5,
    "governance:department-change": 6,
    "governance:department-list": 6,
    "governance:escalation-detail": 8,
    "governance:escalation-list": 11,
    "governance:go-live-show": 5,
    "governance:import-add": 4,
    "governance:import-columns": 5,
    "governance:import-detail": 4,
    "governance:import-list": 6,
    "governance:import-portfolio": 3,
    "governance:invitation-add": 3,
    "governance:notice-list": 5,
    "governance:meeting-add": 4,
    "governance:meeting-detail": 16,
    "governance:meeting-list": 21,
    "governance:meeting-minutes": 26,
    "governance:leadership-show": 7,
    "governance:overruling-add": 7,
    "governance:owner-change": 8,
    "governance:owner-list": 5,
    "governance:people-request-add": 6,
    "governance:people-request-choose": 5,
    "governance:people-request-detail": 8,
    "governance:people-request-list": 11,
    "governance:ownership-hand-over": 6,
    "governance:ownership-map": 11,
    "governance:policy-show": 2,
    "governance:calendar-end": 5,
    "governance:calendar-show": 5,
    "governance:raid-add": 5,
    "governance:raid-confirm": 8,
    "governance:raid-detail": 8,
    "governance:raid-list": 9,
    "governance:record-show": 20,
    "governance:right-end": 5,
    "governance:right-give": 6,
    "governance:security-log": 5,
    "governance:statement-show": 9,
    "governance:token-list": 5,
    "readiness:acceptance-end": 13,
    "readiness:caveat-detail": 9,
    "readiness:caveat-list": 9,
    "readiness:caveat-resolve": 5,
    "readiness:criterion-detail": 11,
    "readiness:demo-show": 2,
    "readiness:document-sign": 13,
    "readiness:gate-show": 3,
    "readiness:journey-show": 12,
    "readiness:leader-list": 40,
    "readiness:leader-show": 39,
    "readiness:my-work": 31,
    "readiness:portfolio": 3,
    "readiness:process-detail": 39,
    "readiness:process-list": 18,
    "readiness:reported-detail": 7,
    "readiness:reported-list": 7,
    "readiness:request-add": 9,
    "readiness:request-detail": 9,
    "readiness:review-list": 8,
    "readiness:sponsor-show": 32,
    "readiness:risk-list": 10,
    "readiness:scope-show": 20,
    "readiness:signature-detail": 18,
    "readiness:signature-list": 28,
    "readiness:status-show": 12,
    "readiness:stop-list": 6,
    "readiness:unanswered-list": 23,
    "readiness:vendor-show": 13,
    "readiness:replacement-add": 11,
    "readiness:replacement-detail": 8,
    "readiness:replacement-list": 5,
    "readiness:handover-add": 6,
    "readiness:week-show": 15,
    "reports:pack-list": 5,
    "reports:report-detail": 7,
    "reports:report-list": 8,
    "training:course-people": 13,
    "training:matrix-show": 8,
    "training:person-detail": 10,
    "training:roster-list": 11,
    "training:trainee-list": 14,
    "uat:coverage-show": 10,
    "uat:defect-list": 9,
    "uat:run-add": 12,
    "uat:scenario-detail": 11,
    "uat:scenario-list": 10,
    "uat:tester-list": 8,
}
# With ninety nights there is something to tell that two nights do not have.
WITH_ALL_NIGHTS = {"readiness:journey-show": 13}
# Pages that others brought.
FOREIGN = ("account_", "mfa_")
# Who looks closely takes the time to measure it.
ROUNDS = 5 if CLOSELY else 1


def measured(found: Found) -> Cost:
    """Return what a page costs once it was opened before: queries, and the median time."""
    client = Client()
    if found.user is not None:
        client.force_login(found.user)
    client.get(found.address)
    with CaptureQueriesContext(connection) as asked:
        client.get(found.address)
    return Cost(found.name, len(asked), statistics.median(_times(client, found.address)))


def _times(client: Client, address: str) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - started) * 1000)
    return times


class TestEveryPage:
    @pytest.mark.slow
    def test_asks_the_database_as_often_as_it_is_known_to(self, demo: Demo, tally: Tally) -> None:
        ours = [found for found in walk(demo).values() if not found.name.startswith(FOREIGN)]
        tally.costs += [measured(found) for found in ours]
        asked = {cost.page: cost.queries for cost in tally.costs}
        assert asked == QUERIES | (WITH_ALL_NIGHTS if CLOSELY else {})
