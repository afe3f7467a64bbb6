"""Every noun leads to one screen, and a row that has none leads nowhere."""

from uuid import uuid4

import pytest
from django.urls import get_resolver

from governance.pages.places import PLACES, place_of
from tests.people import make_cast

pytestmark = pytest.mark.django_db


class TestPlaceOf:
    @pytest.mark.parametrize("noun", PLACES)
    def test_is_the_address_of_a_page_that_there_is(self, noun: str) -> None:
        named = "G5/UAT-01" if noun == "criterion" else uuid4()
        href = place_of(make_cast().project, noun=noun, subject_id=named)
        assert get_resolver().resolve(href).url_name

    def test_names_the_project_and_the_row(self) -> None:
        project, row = make_cast().project, uuid4()
        assert place_of(project, noun="decision", subject_id=row) == (
            f"/p/{project.public_id}/decisions/{row}/"
        )

    def test_is_nowhere_for_what_has_no_screen(self) -> None:
        project = make_cast().project
        assert place_of(project, noun="anything", subject_id=uuid4()) == ""
        assert place_of(project, noun="decision") == ""
