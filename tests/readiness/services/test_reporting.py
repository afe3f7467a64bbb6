"""Figures and colours reported by hand are checked before they are written."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from governance.models import Caveat, ProjectMark
from readiness.choices import MetricOrigin
from readiness.models import ReportedReading, ReportedStatus
from readiness.services.reporting import (
    ColourReport,
    Report,
    ReportRefused,
    report_metric,
    report_status,
)
from tests.factories import NOW, make_policy, make_process
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
SHARE = Report(metric="sit.pass_pct", done=38, due=40, source_system="Test tool", reported_at=NOW)
COLOUR = ColourReport(colour="GREEN", reported_at=NOW)


def _reported(metric: str, kind: str) -> dict[str, Any]:
    return {"metric": metric, "kind": kind, "origin": MetricOrigin.REPORTED, "ttl_days": 14}


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    make_policy(
        project=cast.project,
        criteria=[
            {},
            _reported("sit.pass_pct", "SHARE"),
            _reported("rel.freeze", "YES_NO"),
            _reported("sbr.critical_open", "COUNT"),
            _reported("data.fin_diff", "MONEY"),
            _reported("trn.confidence_mean", "SCORE"),
        ],
    )
    return cast


def _report(cast: Cast, report: Report) -> ReportedReading:
    return report_metric(
        project=cast.project, report=report, reporter=cast.project_manager, now=NOW
    )


class TestReportMetric:
    def test_writes_a_share_for_as_long_as_the_policy_lets_it_count(self, cast: Cast) -> None:
        before = ProjectMark.objects.get(project=cast.project).version
        row = _report(cast, SHARE)
        assert (row.done, row.due, row.ttl_days, str(row)) == (38, 40, 14, "sit.pass_pct")
        assert ProjectMark.objects.get(project=cast.project).version == before + 1

    def test_writes_other_kinds_as_one_value(self, cast: Cast) -> None:
        for metric, value in (("rel.freeze", 1), ("sbr.critical_open", 2), ("data.fin_diff", -9)):
            report = Report(metric=metric, value=Decimal(value), source_system="x", reported_at=NOW)
            assert _report(cast, report).value == value

    @pytest.mark.parametrize(
        ("report", "field"),
        [
            (replace(SHARE, metric="no.such"), "metric"),
            (replace(SHARE, metric="uat.exec_pct"), "metric"),
            (replace(SHARE, done=56), "done"),
            (replace(SHARE, done=-1), "done"),
            (replace(SHARE, done=None), "done"),
            (replace(SHARE, due=0, done=0), "due"),
            (replace(SHARE, value=Decimal(140)), "done"),
            (replace(SHARE, reported_at=NOW + timedelta(seconds=1)), "reported_at"),
            (replace(SHARE, source_system=" "), "source_system"),
            (replace(SHARE, ttl_days=15), "ttl_days"),
            (replace(SHARE, ttl_days=-1), "ttl_days"),
            (replace(SHARE, metric="rel.freeze"), "value"),
            *(
                (replace(SHARE, metric=metric, done=None, due=None, value=Decimal(value)), "value")
                for metric, value in (
                    ("sbr.critical_open", "NaN"),
                    ("data.fin_diff", "Infinity"),
                    ("data.fin_diff", "-1e12"),
                    ("trn.confidence_mean", "140"),
                    ("trn.confidence_mean", "0.9"),
                )
            ),
            (
                replace(SHARE, metric="rel.freeze", done=None, due=None, value=Decimal(2)),
                "value",
            ),
            (
                replace(
                    SHARE, metric="sbr.critical_open", done=None, due=None, value=Decimal("1.5")
                ),
                "value",
            ),
        ],
    )
    def test_is_refused_naming_the_field(self, cast: Cast, report: Report, field: str) -> None:
        with pytest.raises(ReportRefused) as refused:
            _report(cast, report)
        assert refused.value.field == field
        assert str(refused.value).endswith(".")
        assert not ReportedReading.objects.exists()

    def test_is_refused_for_a_process_of_another_project(self, cast: Cast) -> None:
        foreign = make_process(project=cast.other_project)
        with pytest.raises(ReportRefused, match="another project"):
            _report(cast, replace(SHARE, process=foreign))

    def test_is_refused_by_the_database_without_a_figure(self, cast: Cast) -> None:
        with (
            pytest.raises(IntegrityError, match="a_report_has_a_value_or_done_of_due"),
            transaction.atomic(),
        ):
            ReportedReading.objects.create(
                organisation=cast.client,
                project=cast.project,
                metric="x",
                done=2,
                due=1,
                source_system="x",
                reporter=cast.project_manager,
                reported_at=NOW,
                ttl_days=1,
            )


class TestReportStatus:
    def _report(self, cast: Cast, report: ColourReport) -> ReportedStatus:
        return report_status(
            project=cast.project, report=report, reporter=cast.project_manager, now=NOW
        )

    def test_writes_the_colour_and_lifts_the_caveat(self, cast: Cast) -> None:
        row = self._report(cast, replace(COLOUR, caveat="Porto has no room"))
        assert (str(row), row.reporter_name) == ("GREEN", cast.project_manager.name)
        assert str(Caveat.objects.get()) == "Porto has no room"

    def test_takes_the_same_report_twice_and_writes_it_once(self, cast: Cast) -> None:
        report = replace(COLOUR, gate_key="G3", caveat="Once")
        assert self._report(cast, report) == self._report(cast, report)
        assert Caveat.objects.count() == 1

    @pytest.mark.parametrize(
        ("report", "field"),
        [
            (replace(COLOUR, colour="BLUE"), "colour"),
            (replace(COLOUR, gate_key="G9"), "gate_key"),
            (replace(COLOUR, reported_at=NOW + timedelta(days=1)), "reported_at"),
        ],
    )
    def test_is_refused_naming_the_field(
        self, cast: Cast, report: ColourReport, field: str
    ) -> None:
        with pytest.raises(ReportRefused) as refused:
            self._report(cast, report)
        assert refused.value.field == field

    def test_is_refused_when_the_moment_has_another_colour(self, cast: Cast) -> None:
        self._report(cast, COLOUR)
        with pytest.raises(ReportRefused, match="Another colour"):
            self._report(cast, replace(COLOUR, colour="RED"))
