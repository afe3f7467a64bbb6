"""The links to a project's pages, of which the reader's own is marked, and the way to a page."""

import pytest
from django.template import Context
from django.test import RequestFactory
from django.urls import reverse

from governance.pages.trail import Step
from governance.permissions import Seat, seat_of
from governance.templatetags.work import PROJECT_PAGES, project_links, trail_to
from tests.people import make_cast

pytestmark = pytest.mark.django_db


class TestProjectLinks:
    @pytest.mark.parametrize(("name", "text"), PROJECT_PAGES)
    def test_mark_the_page_the_reader_is_on(self, rf: RequestFactory, name: str, text: str) -> None:
        cast = make_cast()
        seat = Seat(cast.sponsor, cast.project, frozenset())
        here = reverse(name, args=[cast.project.public_id])
        links = project_links(Context({"seat": seat, "request": rf.get(here)}))
        assert [link.text for link in links if link.current] == [text]
        assert len(links) == len(PROJECT_PAGES)

    def test_lead_nobody_to_a_page_that_refuses(self, rf: RequestFactory) -> None:
        cast = make_cast()
        for name, offered in (("project_manager", True), ("sponsor", False), ("consultant", False)):
            seat = seat_of(getattr(cast, name), project=cast.project)
            links = project_links(Context({"seat": seat, "request": rf.get("/")}))
            assert ("Import" in {link.text for link in links}) == offered

    def test_mark_a_list_while_the_reader_looks_at_one_of_its_rows(
        self, rf: RequestFactory
    ) -> None:
        cast = make_cast()
        seat = Seat(cast.sponsor, cast.project, frozenset())
        here = reverse("governance:decision-list", args=[cast.project.public_id]) + "new/"
        links = project_links(Context({"seat": seat, "request": rf.get(here)}))
        assert [link.text for link in links if link.current] == ["Decisions"]


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
