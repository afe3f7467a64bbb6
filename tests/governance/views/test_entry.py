"""The way in: who reaches a project's pages, in whose clock time, and how a refusal looks."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from governance.models import Project, User
from governance.permissions import Seat
from governance.views.entry import carried_out, in_project, refuse_unless, uuid_or_404
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db


class Refused(Exception):
    """A refusal that names a field."""

    field = "reason"


class Form(forms.Form):
    """A form with one field."""

    reason = forms.CharField()


@pytest.fixture
def cast_of_people() -> Cast:
    """Return everybody."""
    return make_cast()


@in_project
def show_seat(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Say who is in, and the hour of the project's clock."""
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    return HttpResponse(f"{sorted(seat.roles)} {timezone.localtime(noon):%H}")


def look(rf: RequestFactory, user: User, project: Project) -> HttpResponse:
    """Ask for a page of a project."""
    request = rf.get("/")
    request.user = user
    request.resolver_match = resolve(reverse("uat:scenario-list", args=[project.public_id]))
    return show_seat(request, project=project.public_id)


class TestInProject:
    def test_hands_over_the_seat_in_the_projects_own_time(
        self, rf: RequestFactory, cast_of_people: Cast
    ) -> None:
        Project.objects.filter(pk=cast_of_people.project.pk).update(time_zone="Asia/Tokyo")
        answer = look(rf, cast_of_people.sponsor, cast_of_people.project)
        assert answer.content.decode() == "['SPONSOR'] 21"
        assert timezone.get_current_timezone_name() == "UTC"

    def test_knows_no_project_of_others(self, rf: RequestFactory, cast_of_people: Cast) -> None:
        for user in (cast_of_people.stranger, cast_of_people.other_sponsor):
            with pytest.raises(Http404):
                look(rf, user, cast_of_people.project)

    def test_lets_an_administrator_in_without_a_role(
        self, rf: RequestFactory, cast_of_people: Cast
    ) -> None:
        cast_of_people.stranger.is_administrator = True
        answer = look(rf, cast_of_people.stranger, cast_of_people.project)
        assert answer.content.decode().startswith("[]")


class TestRefuseUnless:
    def test_says_why(self) -> None:
        refuse_unless(True, "No.")
        with pytest.raises(PermissionDenied, match="Only owners"):
            refuse_unless(False, "Only owners.")


class TestCarriedOut:
    @pytest.mark.parametrize(("known", "place"), [("reason", "reason"), ("other", "__all__")])
    def test_puts_a_refusal_where_it_belongs(self, known: str, place: str) -> None:
        form = Form({"reason": "x"})
        assert form.is_valid()

        def refuse() -> None:
            refusal: Any = Refused("Not so.")
            refusal.field = known
            raise refusal

        assert not carried_out(form, refuse, refusals=(Refused,))
        assert form.errors[place] == ["Not so."]

    def test_says_that_it_was_done(self) -> None:
        assert carried_out(Form(), lambda: None, refusals=(Refused,))


class TestUuidOr404:
    def test_takes_an_identifier_and_nothing_else(self) -> None:
        text = "46a65800-4b65-4512-bb9c-85002fb2f805"
        assert str(uuid_or_404(text)) == text
        with pytest.raises(Http404):
            uuid_or_404("1 OR 1=1")
