"""Defects and the states they pass through."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.choices import Affiliation
from tests.factories import NOW, RUN_AT, make_defect, make_defect_event, make_process, make_scenario
from tests.people import Cast, make_cast
from uat.choices import DefectState, Severity, Triage
from uat.models import Defect, DefectEvent
from uat.services.defects import (
    DefectDetails,
    DefectRefused,
    change_defect_state,
    raise_defect,
    refresh_defects,
    triage_defect,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DETAILS = DefectDetails(
    code="D-1", title="Total is wrong", severity=Severity.SHOWSTOPPER, raised_at=RUN_AT
)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def defect(cast: Cast) -> Defect:
    return make_defect(project=cast.project)


class TestRaiseDefect:
    def test_writes_the_defect_and_its_first_event(self, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        details = replace(DETAILS, scenario=scenario)
        row = raise_defect(
            project=cast.project, defect=details, actor=cast.business_user, as_of=NOW
        )
        assert (row.state, row.raised_affiliation) == (DefectState.OPEN, Affiliation.CLIENT)
        assert DefectEvent.objects.get(defect=row).happened_at == RUN_AT

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"raised_at": NOW + timedelta(seconds=1)}, "future"),
            ({"severity": "BAD"}, "severity"),
        ],
    )
    def test_refuses_what_cannot_be(self, cast: Cast, change: dict[str, object], says: str) -> None:
        details = replace(DETAILS, **change)  # type: ignore[arg-type]
        with pytest.raises(DefectRefused, match=says):
            raise_defect(project=cast.project, defect=details, actor=cast.business_user, as_of=NOW)

    def test_refuses_another_projects_place(self, cast: Cast) -> None:
        details = replace(DETAILS, process=make_process(project=cast.other_project))
        with pytest.raises(DefectRefused, match="another project"):
            raise_defect(project=cast.project, defect=details, actor=cast.business_user, as_of=NOW)

    def test_refuses_a_code_that_is_taken(self, cast: Cast, defect: Defect) -> None:
        details = replace(DETAILS, code=defect.code)
        with pytest.raises(DefectRefused, match="there already"):
            raise_defect(project=cast.project, defect=details, actor=cast.business_user, as_of=NOW)


class TestChangeDefectState:
    def test_moves_the_defect_and_remembers_that_it_was_opened_again(
        self, cast: Cast, defect: Defect
    ) -> None:
        moments = (RUN_AT + timedelta(days=day) for day in (1, 2, 3))
        for state, at in zip(("FIXED", "REOPENED", "CLOSED"), moments, strict=True):
            change_defect_state(defect=defect, state=state, actor=cast.business_user, as_of=at)
        defect.refresh_from_db()
        assert (defect.state, defect.was_reopened) == (DefectState.CLOSED, True)

    @pytest.mark.parametrize(("state", "says"), [("OPEN", "already"), ("GONE", "not a state")])
    def test_refuses_no_change_and_unknown_words(
        self, cast: Cast, defect: Defect, state: str, says: str
    ) -> None:
        with pytest.raises(DefectRefused, match=says):
            change_defect_state(defect=defect, state=state, actor=cast.business_user, as_of=NOW)

    def test_lets_a_partner_fix_and_not_close(self, cast: Cast, defect: Defect) -> None:
        change_defect_state(defect=defect, state="FIXED", actor=cast.consultant, as_of=NOW)
        with pytest.raises(DefectRefused, match="Only the client"):
            change_defect_state(defect=defect, state="CLOSED", actor=cast.consultant, as_of=NOW)


class TestTriageDefect:
    def test_writes_the_word_and_whose_it_is(self, cast: Cast, defect: Defect) -> None:
        row = triage_defect(defect=defect, triage=Triage.TRAINING, actor=cast.consultant)
        assert (row.triage, row.triaged_affiliation) == ("TRAINING", "PARTNER")

    def test_keeps_the_clients_word_against_a_partners(self, cast: Cast, defect: Defect) -> None:
        triage_defect(defect=defect, triage=Triage.DEFECT, actor=cast.business_user)
        with pytest.raises(DefectRefused, match="only the client"):
            triage_defect(defect=defect, triage=Triage.ENHANCEMENT, actor=cast.consultant)

    def test_refuses_an_unknown_word(self, cast: Cast, defect: Defect) -> None:
        with pytest.raises(DefectRefused, match="not a triage"):
            triage_defect(defect=defect, triage="MAYBE", actor=cast.business_user)


class TestRefreshDefects:
    def test_takes_the_newest_event(self, defect: Defect) -> None:
        make_defect_event(
            defect=defect, state=DefectState.CLOSED, happened_at=RUN_AT + timedelta(days=2)
        )
        make_defect_event(
            defect=defect, state=DefectState.REOPENED, happened_at=RUN_AT + timedelta(days=1)
        )
        assert refresh_defects(project_id=defect.project_id) == 1
        defect.refresh_from_db()
        assert (defect.state, defect.was_reopened) == (DefectState.CLOSED, True)
