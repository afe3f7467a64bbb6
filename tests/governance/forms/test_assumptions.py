"""Codes of scenarios as people write them."""

import pytest

from governance.forms.assumptions import RestingForm
from tests.factories import make_project, make_scenario

pytestmark = pytest.mark.django_db


class TestRestingForm:
    @pytest.mark.parametrize("text", ["S-1, S 2", "S-1\nS 2", "S-1;S 2;", "S 2, S-1 S-1"])
    def test_takes_codes_apart_also_where_one_has_a_space(self, text: str) -> None:
        project = make_project()
        for code in ("S-1", "S 2"):
            make_scenario(project=project, code=code)
        form = RestingForm({"scenarios": text}, project=project)
        assert form.is_valid(), form.errors
        assert set(form.cleaned_data["scenarios"]) == {"S-1", "S 2"}

    def test_names_what_the_project_does_not_know(self) -> None:
        form = RestingForm({"scenarios": "S-7"}, project=make_project())
        assert not form.is_valid()
        assert "no scenario S-7" in str(form.errors)
