"""Every colour that was given, beside what was computed then."""

from datetime import timedelta

import pytest

from readiness.choices import ReportedColour, Verdict
from readiness.models import ReportedStatus
from readiness.pages.statuses import status_page
from tests.factories import NOW
from tests.people import make_cast
from tests.wire import make_snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DAY = timedelta(days=1)


class TestStatusPage:
    def test_says_beside_a_colour_of_the_project_what_was_computed_then(self) -> None:
        cast = make_cast()
        make_snapshot(project=cast.project, as_of=NOW - 2 * DAY, verdict=Verdict.GO)
        make_snapshot(project=cast.project, as_of=NOW, verdict=Verdict.NO_GO)
        for gate_key, days in (("", 0), ("", 1), ("G3", 1), ("", 3)):
            ReportedStatus.objects.create(
                organisation=cast.client,
                project=cast.project,
                gate_key=gate_key,
                colour=ReportedColour.AMBER,
                reporter_name="Somebody",
                reported_at=NOW - days * DAY,
                source="status form",
            )
        assert [(row.item, row.verdict) for row in status_page(cast.project).history] == [
            ("The whole project", Verdict.NO_GO),
            ("G3", ""),
            ("The whole project", Verdict.GO),
            ("The whole project", ""),
        ]
