"""Open defects by age, and those nobody cares for."""

from datetime import timedelta

import pytest

from tests.factories import NOW, make_defect, make_process, make_project, make_scenario
from uat.choices import DefectState, Severity
from uat.forms.defects import AGES
from uat.models import Defect

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


class TestOpenAges:
    def test_counts_by_days_since_raised_and_severity(self) -> None:
        project = make_project()
        for days, severity in (
            (-1, Severity.HIGH),
            (6, Severity.HIGH),
            (7, Severity.HIGH),
            (13, Severity.LOW),
            (14, Severity.LOW),
            (30, Severity.LOW),
            (300, Severity.LOW),
        ):
            make_defect(project=project, severity=severity, raised_at=NOW - timedelta(days=days))
        make_defect(project=project, state=DefectState.CLOSED, raised_at=NOW)
        found = {
            (row.age, row.severity): row.number
            for row in Defect.objects.filter(project=project).open_ages(ages=AGES, now=NOW)
        }
        assert found == {
            ("week", "HIGH"): 2,
            ("fortnight", "HIGH"): 1,
            ("fortnight", "LOW"): 1,
            ("month", "LOW"): 1,
            ("older", "LOW"): 2,
        }


class TestOfNoProcess:
    def test_keeps_what_neither_the_defect_nor_its_scenario_gives_a_process(self) -> None:
        project = make_project()
        process = make_process(project=project)
        lonely = make_process(project=project)
        lonely.accountable = None
        lonely.save()
        scenario = make_scenario(project=project, process=process)
        plain = make_defect(project=project)
        adrift = make_defect(project=project, process=lonely)
        make_defect(project=project, process=process)
        make_defect(project=project, scenario=scenario)
        found = Defect.objects.filter(project=project).of_no_process()
        assert set(found) == {plain, adrift}
        owned = Defect.objects.filter(project=project).of_owned_process(str(process.public_id))
        assert owned.count() == 2


class TestNotCaredFor:
    def test_keeps_open_ones_without_an_owner_or_a_date(self) -> None:
        project = make_project()
        both = {"owner_name": "Somebody", "fix_due_date": NOW.date()}
        make_defect(project=project, **both)
        make_defect(project=project, state=DefectState.CLOSED)
        ownerless = make_defect(project=project, **{**both, "owner_name": ""})
        dateless = make_defect(project=project, **{**both, "fix_due_date": None})
        found = Defect.objects.filter(project=project).not_cared_for()
        assert set(found) == {ownerless, dateless}
