"""The page and the paper print one recorded judgement: the same figures, to the digit."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from reports.rendering.paper import edition_of
from reports.rendering.press import press_pdf
from reports.rendering.run import identifier_of, render_html
from reports.services.gathering import gather_evidence
from tests.factories import make_process
from tests.people import make_cast
from tests.reports.looking import PageReader
from tests.reports.papers import AS_OF, make_judgement
from tests.reports.reading import rows_of, text_of

pytestmark = pytest.mark.django_db
EDITION = edition_of("en")
COLUMNS, HEAT_COLUMNS = 7, 10


def word(cell: str) -> str:
    """Return the word of a state without the shape before it."""
    return cell.partition(" ")[2]


class TestOneJudgement:
    def test_reads_the_same_on_the_page_and_in_the_pdf(self, client: Client) -> None:
        cast = make_cast()
        for number, name in enumerate(("Order to cash", "Procure to pay")):
            make_process(project=cast.project, code=f"{number + 10}", name=name)
        make_judgement(cast.project, as_of=AS_OF - timedelta(days=7), progress=0.4)
        snapshot = make_judgement(cast.project)
        client.force_login(cast.sponsor)
        address = reverse("readiness:gate-show", args=[cast.project.public_id])
        page = PageReader(client.get(address).content.decode())
        html = render_html(gather_evidence(snapshot=snapshot), edition=EDITION)
        pdf = press_pdf(html, identifier=identifier_of(snapshot, edition=EDITION)).pdf
        rows = rows_of(pdf)
        printed = {
            key: row
            for row in rows
            if len(row) == COLUMNS
            for key in page.criteria
            if f" {key} · " in row[1]
        }
        assert len(page.criteria) == 97
        assert printed.keys() == page.criteria.keys()
        for key, row in printed.items():
            state, title, measured, due, target, who, source = page.criteria[key]
            assert word(row[0]) == state
            assert row[1].startswith(title)
            assert source in row[1]
            assert (row[2], row[3], row[4], row[6]) == (measured, due, target, who)
        heat = {row[0]: row[1:] for row in rows if len(row) == HEAT_COLUMNS}
        assert len(heat) == len(page.heat) == 3
        assert heat.pop("Process") == page.heat.pop("Process")
        assert {name: [word(cell) for cell in row] for name, row in heat.items()} == page.heat

    def test_answers_alike(self, client: Client) -> None:
        cast = make_cast()
        make_judgement(cast.project, as_of=AS_OF - timedelta(days=1))
        snapshot = make_judgement(cast.project)
        client.force_login(cast.sponsor)
        address = reverse("readiness:gate-show", args=[cast.project.public_id])
        page = client.get(address)
        html = render_html(gather_evidence(snapshot=snapshot), edition=EDITION)
        one = text_of(press_pdf(html, identifier="0" * 32).pdf, page=1)
        head = page.context["gate"].story.head
        assert head.untested
        for said in (*head.sentence.partition(" (")[:1], head.untested, head.t_minus, head.gap):
            assert said in one
        for action in page.context["gate"].story.agenda.first:
            assert action.text in one
            assert action.who in one
