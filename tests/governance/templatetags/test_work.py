"""The links to a project's pages, of which the reader's own is marked, and the way to a page."""

import pytest
from django.template import Context
from django.test import RequestFactory
from django.urls import reverse

from governance.pages.trail import Step
from governance.permissions import Seat, seat_of
from governance.templatetags.work import PROJECT_AREAS, project_links, trail_to
from tests.people import make_cast

pytestmark = pytest.mark.django_db


class TestProjectLinks:
    @pytest.mark.parametrize(
        ("area", "name", "text"),
        [(area, name, text) for area, pages in PROJECT_AREAS for name, text in pages],
    )
    def test_mark_the_area_and_the_page_the_reader_is_on(
        self, rf: RequestFactory, area: str, name: str, text: str
    ) -> None:
        cast = make_cast()
        seat = seat_of(cast.project_manager, project=cast.project)
        here = reverse(name, args=[cast.project.public_id])
        links = project_links(Context({"seat": seat, "request": rf.get(here)}))
        assert [link.text for link in links.areas if link.current] == [area]
        assert [link.text for link in links.pages if link.current] == [text]
        (pages,) = (pages for label, pages in PROJECT_AREAS if str(label) == str(area))
        assert [link.text for link in links.pages] == [label for _name, label in pages]

    def test_lead_nobody_to_a_page_that_refuses(self, rf: RequestFactory) -> None:
        cast = make_cast()
        record = reverse("governance:record-show", args=[cast.project.public_id])
        for name, offered in (("project_manager", True), ("sponsor", False), ("consultant", False)):
            seat = seat_of(getattr(cast, name), project=cast.project)
            links = project_links(Context({"seat": seat, "request": rf.get(record)}))
            assert ("Import" in {link.text for link in links.pages}) == offered

    @pytest.mark.parametrize("below", ["new/", "00000000-0000-0000-0000-000000000000/"])
    def test_mark_a_list_while_the_reader_looks_at_one_of_its_rows(
        self, rf: RequestFactory, below: str
    ) -> None:
        cast = make_cast()
        seat = Seat(cast.sponsor, cast.project, frozenset())
        here = reverse("governance:decision-list", args=[cast.project.public_id]) + below
        links = project_links(Context({"seat": seat, "request": rf.get(here)}))
        assert [link.text for link in links.pages if link.current] == ["Decisions"]

    def test_are_those_of_the_gate_where_no_page_is_marked(self, rf: RequestFactory) -> None:
        cast = make_cast()
        seat = Seat(cast.sponsor, cast.project, frozenset())
        elsewhere = reverse("readiness:gate-show", args=[cast.project.public_id]) + "week/"
        links = project_links(Context({"seat": seat, "request": rf.get(elsewhere)}))
        assert [link.text for link in links.areas if link.current] == ["Gate"]
        assert not [link for link in links.pages if link.current]


class TestTrailTo:
    def test_leads_through_the_project_and_the_list_above(self) -> None:
        cast = make_cast()
        context = Context({"seat": Seat(cast.sponsor, cast.project, frozenset())})
        project = reverse("readiness:gate-show", args=[cast.project.public_id])
        owners = reverse("governance:owner-list", args=[cast.project.public_id])
        way = trail_to(context, "Order to cash", below="governance:owner-list")
        assert way[1:] == [
            Step(cast.project.name, project),
            Step("Owners", owners),
            Step("Order to cash"),
        ]
        assert trail_to(context, "Import a file")[1:] == [way[1], Step("Import a file")]
