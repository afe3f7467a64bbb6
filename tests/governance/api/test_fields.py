"""Values that callers send."""

import pytest
from rest_framework import serializers

from governance.api.fields import MomentField, row_named
from governance.api.problems import Refused
from governance.models import BusinessProcess
from tests.factories import make_process, make_project


class TestMomentField:
    def test_takes_a_moment_with_its_offset(self) -> None:
        moment = MomentField().run_validation("2026-06-01T09:00:00+02:00")
        assert moment.isoformat() == "2026-06-01T07:00:00+00:00"

    @pytest.mark.parametrize(
        "value", ["2026-06-01T09:00:00", "2026-02-30T09:00:00Z", "yesterday", "", None, 5]
    )
    def test_refuses_everything_else(self, value: object) -> None:
        with pytest.raises(serializers.ValidationError):
            MomentField().run_validation(value)


@pytest.mark.django_db
class TestRowNamed:
    def test_finds_only_among_the_rows_it_is_given(self) -> None:
        row = make_process(project=make_project(), code="10")
        rows = BusinessProcess.objects.filter(project=row.project_id)
        assert row_named(rows, field="process", noun="process", code="10") == row
        other = BusinessProcess.objects.filter(project=make_project())
        with pytest.raises(Refused, match="no process “10”") as caught:
            row_named(other, field="process", noun="process", code="10")
        assert caught.value.field == "process"
