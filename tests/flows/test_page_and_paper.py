"""The page and the paper print one recorded judgement: the same figures, to the digit."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from reports.rendering.building import paper_of
from reports.services.gathering import gather_evidence
from tests.factories import make_process
from tests.people import make_cast
from tests.reports.papers import AS_OF, make_judgement

pytestmark = pytest.mark.django_db


class TestOneJudgement:
    def test_shows_the_same_figures_on_page_and_paper(self, client: Client) -> None:
        cast = make_cast()
        snapshot = make_judgement(cast.project)
        paper = paper_of(gather_evidence(snapshot=snapshot), template_version="1")
        client.force_login(cast.sponsor)
        page = client.get(reverse("readiness:gate-show", args=[cast.project.public_id]))
        shown = {row.key: row for section in page.context["gate"].sections for row in section.rows}
        printed = {line.key: line for gate in paper.gates for line in gate.criteria}
        assert shown.keys() == printed.keys()
        assert len(shown) == 97
        for key, line in printed.items():
            row = shown[key]
            assert (row.measured, row.of) == (line.measured, line.taken_over)
            assert (row.due_today, row.target) == (line.due_today, line.target)
            assert (row.state, row.hard, row.accountable) == (
                line.state,
                line.hard,
                line.accountable,
            )

    def test_shows_the_same_verdict_trend_and_heat_map(self, client: Client) -> None:
        cast = make_cast()
        make_process(project=cast.project, name="Order to cash")
        make_judgement(cast.project, as_of=AS_OF - timedelta(days=1))
        snapshot = make_judgement(cast.project)
        paper = paper_of(gather_evidence(snapshot=snapshot), template_version="1")
        client.force_login(cast.sponsor)
        page = client.get(reverse("readiness:gate-show", args=[cast.project.public_id]))
        text = page.content.decode()
        assert paper.answer.sentence in text
        assert paper.trend.drawing in text
        (row,) = page.context["gate"].heat_rows
        (printed,) = paper.heat_rows
        assert [(cell.state, cell.text) for cell in row.cells] == [
            (cell.state, cell.text) for cell in printed.cells
        ]
