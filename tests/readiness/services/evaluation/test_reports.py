"""What people report and write down, as a judgement counts and prints it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from governance.models import Caveat
from readiness.choices import FindingState
from readiness.models import Exemption
from readiness.services.reporting import ColourReport, Report, report_metric, report_status
from tests.people import Cast
from tests.readiness.services.evaluation.cases import DAY, NOW, body_of, finding_of, judged

pytestmark = pytest.mark.django_db


class TestWhatPeopleReport:
    def test_counts_for_its_time_to_live(self, cast: Cast) -> None:
        report = Report(
            metric="sit.peak_done",
            value=Decimal(1),
            reported_at=NOW - DAY,
            source_system="Load test of May",
            ttl_days=2,
        )
        report_metric(project=cast.project, report=report, reporter=cast.project_manager, now=NOW)
        snapshot = judged(cast.project)
        assert finding_of(snapshot, "UE-06a").state == FindingState.MET
        found = next(
            each
            for gate in body_of(snapshot)["gates"]
            for each in gate["findings"]
            if each["criterion"] == "UE-06a"
        )
        assert found["report"]["source"] == "Load test of May"
        assert snapshot.next_change_at == NOW + DAY + timedelta(microseconds=1)
        stale = judged(cast.project, as_of=snapshot.next_change_at)
        assert finding_of(stale, "UE-06a").state == FindingState.STALE

    def test_greener_than_the_figures_is_counted_and_shown(self, cast: Cast) -> None:
        report_status(
            project=cast.project,
            report=ColourReport(colour="GREEN", reported_at=NOW - DAY, caveat="Mind the tax"),
            reporter=cast.project_manager,
            now=NOW,
        )
        snapshot = judged(cast.project)
        assert finding_of(snapshot, "GO-07").value == 1
        body = body_of(snapshot)
        assert [(each["item"], each["is_false_green"]) for each in body["reported"]] == [
            ("PROJECT", True)
        ]
        assert body["reported"][0]["by"] == "Project_Manager"
        assert [(each["text"], each["by"]) for each in body["caveats"]] == [
            ("Mind the tax", "Project_Manager")
        ]

    def test_is_left_out_when_it_does_not_apply(self, cast: Cast) -> None:
        Exemption.objects.create(
            organisation=cast.client,
            project=cast.project,
            criterion_key="UE-06a",
            reason="No interface in scope",
            approver=cast.sponsor,
            approved_at=NOW - DAY,
        )
        snapshot = judged(cast.project)
        assert finding_of(snapshot, "UE-06a").state == FindingState.NOT_APPLICABLE
        (exempted,) = body_of(snapshot)["exempted"]
        assert (exempted["reason"], exempted["approver"]) == ("No interface in scope", "Sponsor")

    def test_keeps_only_the_newest_caveats(self, cast: Cast) -> None:
        for number in range(25):
            Caveat.objects.create(
                organisation=cast.client,
                project=cast.project,
                text=f"Caveat {number}",
                written_by=cast.sponsor,
                written_at=NOW - DAY + timedelta(minutes=number),
            )
        caveats = body_of(judged(cast.project))["caveats"]
        assert [caveats[0]["text"], len(caveats)] == ["Caveat 24", 20]
