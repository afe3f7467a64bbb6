"""Accepted risks in a judgement: counted while they last, and printed."""

from collections.abc import Sequence
from typing import Any

import pytest

from readiness.choices import FindingState
from readiness.models import Acceptance, AcceptanceScenario, AcceptanceWithdrawal
from tests.factories import make_process, make_scenario
from tests.people import Cast
from tests.questions import accept
from tests.readiness.services.evaluation.cases import DAY, LATER, NOW, body_of, finding_of, judged
from uat.models import Scenario

pytestmark = pytest.mark.django_db


def accepted(cast: Cast, *, scenarios: Sequence[Scenario] = (), **fields: Any) -> Acceptance:
    """Accept the missing peak test of G2 for a week, past the service."""
    terms: dict[str, Any] = {
        "gate_key": "G2",
        "criterion_key": "UE-06a",
        "reason": "Volumes are low in summer",
        "control": "Watched by hand",
        "recorded_at": NOW - DAY,
    }
    row = accept(cast, at=NOW - DAY, until=NOW + 7 * DAY, **(terms | fields))
    for scenario in scenarios:
        AcceptanceScenario.objects.create(acceptance=row, scenario=scenario)
    return row


class TestAnAcceptance:
    def test_counts_until_it_ends_and_is_printed(self, cast: Cast) -> None:
        row = accepted(cast)
        snapshot = judged(cast.project)
        found = finding_of(snapshot, "UE-06a")
        assert (found.state, found.acceptance_id) == (FindingState.ACCEPTED, row.pk)
        assert snapshot.accepted_risks == 1
        assert snapshot.next_change_at == row.expires_at
        (risk,) = body_of(snapshot)["accepted_risks"]
        assert (risk["id"], risk["approver"], risk["requester"]) == (
            str(row.public_id),
            "Sponsor",
            "Process_Owner",
        )
        assert (risk["reason"], risk["control"], risk["is_needed"]) == (
            "Volumes are low in summer",
            "Watched by hand",
            True,
        )
        over = judged(cast.project, as_of=row.expires_at)
        assert finding_of(over, "UE-06a").state == FindingState.NOT_REPORTED

    def test_counts_no_longer_once_withdrawn(self, cast: Cast) -> None:
        row = accepted(cast)
        AcceptanceWithdrawal.objects.create(
            organisation=cast.client,
            project=cast.project,
            acceptance=row,
            withdrawn_by=cast.sponsor,
            reason="Tested after all",
            withdrawn_at=NOW + DAY,
            recorded_at=NOW + DAY,
        )
        before, after = judged(cast.project), judged(cast.project, as_of=NOW + DAY)
        assert finding_of(before, "UE-06a").state == FindingState.ACCEPTED
        assert finding_of(after, "UE-06a").state == FindingState.NOT_REPORTED

    def test_of_named_scenarios_covers_no_more_than_these(self, cast: Cast) -> None:
        process = make_process(project=cast.project)
        scenarios = [make_scenario(project=cast.project, process=process) for _ in range(3)]
        terms = {"gate_key": "G3", "criterion_key": "UX-01"}
        accepted(cast, scenarios=scenarios[:1], **terms)
        assert finding_of(judged(cast.project), "UX-01").state == FindingState.MISSED
        accepted(cast, scenarios=scenarios, **terms)
        later = judged(cast.project, as_of=LATER)
        assert finding_of(later, "UX-01").state == FindingState.ACCEPTED
