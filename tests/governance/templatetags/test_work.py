"""The links to a project's pages: the one the reader is on is marked, and only that one."""

import pytest
from django.template import Context
from django.test import RequestFactory
from django.urls import reverse

from governance.permissions import Seat, seat_of
from governance.templatetags.work import PROJECT_PAGES, project_links
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
