"""Defects over REST."""

from typing import Any

import pytest

from governance.choices import Affiliation
from tests.factories import make_defect, make_process, make_scenario
from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of
from uat.choices import DefectState, Triage
from uat.models import Defect

pytestmark = pytest.mark.django_db
DEFECT = {
    "code": "D-7",
    "title": "Totals differ",
    "severity": "HIGH",
    "raised_at": "2026-06-01T08:00:00Z",
}


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    process = make_process(project=found.project, code="65.10")
    make_scenario(project=found.project, code="FIN-001", process=process)
    return found


def push(caller: Caller, cast: Cast, body: Any) -> Any:
    return caller.push(f"projects/{cast.project.public_id}/defects/", body)


class TestDefectList:
    def test_raises_a_defect_in_the_callers_name(self, cast: Cast) -> None:
        caller = Caller.of(cast.consultant)
        answer = push(caller, cast, DEFECT | {"scenario": "FIN-001", "process": "65.10"})
        assert answer.status_code == 201, answer.content
        row = Defect.objects.get()
        assert (row.raised_by, row.raised_affiliation) == ("Consultant", Affiliation.PARTNER)
        assert (answer.json()["state"], answer.json()["process"]) == (DefectState.OPEN, "65.10")
        listed = caller.get(f"projects/{cast.project.public_id}/defects/?state=OPEN").json()
        assert listed["results"] == [answer.json()]

    def test_refuses_who_only_reads(self, cast: Cast) -> None:
        assert push(Caller.of(cast.auditor), cast, DEFECT).status_code == 403

    @pytest.mark.parametrize(
        ("changed", "pointer"),
        [
            ({"scenario": "FIN-009"}, "#/scenario"),
            ({"process": "99"}, "#/process"),
            ({"severity": "AWFUL"}, "#/severity"),
            ({"fix_due_date": "2026-02-30"}, "#/fix_due_date"),
        ],
    )
    def test_points_at_what_is_wrong(
        self, cast: Cast, changed: dict[str, Any], pointer: str
    ) -> None:
        answer = push(Caller.of(cast.business_user), cast, DEFECT | changed)
        assert answer.status_code == 422
        assert [each["pointer"] for each in problem_of(answer)["errors"]] == [pointer]

    def test_says_that_a_code_is_taken(self, cast: Cast) -> None:
        caller = Caller.of(cast.business_user)
        assert push(caller, cast, DEFECT).status_code == 201
        answer = push(caller, cast, DEFECT)
        assert answer.status_code == 422
        assert "there already" in problem_of(answer)["detail"]


class TestDefectChange:
    def change(self, caller: Caller, cast: Cast, defect: Defect, body: Any) -> Any:
        address = f"projects/{cast.project.public_id}/defects/{defect.public_id}/changes/"
        return caller.push(address, body)

    def test_moves_and_triages(self, cast: Cast) -> None:
        defect = make_defect(project=cast.project)
        body = {"state": "CLOSED", "triage": "DATA", "note": "Fixed in the source"}
        answer = self.change(Caller.of(cast.business_user), cast, defect, body)
        assert answer.status_code == 201, answer.content
        assert (answer.json()["state"], answer.json()["triage"]) == ("CLOSED", "DATA")
        assert defect.events.latest("pk").note == "Fixed in the source"

    def test_triages_and_leaves_the_state(self, cast: Cast) -> None:
        defect = make_defect(project=cast.project)
        answer = self.change(Caller.of(cast.consultant), cast, defect, {"triage": "TRAINING"})
        assert (answer.json()["state"], answer.json()["triage"]) == ("OPEN", "TRAINING")

    def test_writes_both_or_nothing(self, cast: Cast) -> None:
        defect = make_defect(project=cast.project)
        body = {"state": "CLOSED", "triage": "DATA"}
        answer = self.change(Caller.of(cast.consultant), cast, defect, body)
        assert answer.status_code == 422
        assert "Only the client" in problem_of(answer)["detail"]
        defect.refresh_from_db()
        assert (defect.triage, defect.state) == (Triage.UNTRIAGED, DefectState.OPEN)
        assert not defect.events.filter(state=DefectState.CLOSED).exists()

    def test_wants_something_to_change(self, cast: Cast) -> None:
        defect = make_defect(project=cast.project)
        answer = self.change(Caller.of(cast.business_user), cast, defect, {"note": "Hm"})
        assert answer.status_code == 422

    def test_refuses_who_only_reads(self, cast: Cast) -> None:
        defect = make_defect(project=cast.project)
        body = {"triage": "DATA"}
        assert self.change(Caller.of(cast.auditor), cast, defect, body).status_code == 403

    def test_finds_no_defect_of_another_project(self, cast: Cast) -> None:
        defect = make_defect(project=cast.other_project)
        body = {"triage": "DATA"}
        answer = self.change(Caller.of(cast.business_user), cast, defect, body)
        assert answer.status_code == 404
