"""What builds on an import keeps it: signatures, later rows, decisions, later imports."""

from datetime import UTC, datetime, timedelta

import pytest

from governance.imports.holds import Hold, holds_on
from governance.imports.undoing import UndoRefused, undo_import
from governance.models import BusinessProcess, Decision, ImportRun, Person, Project, Signoff
from tests.factories import make_defect, make_project, make_run
from tests.importing import FIXTURES, import_content, import_path, text_of
from tests.people import Cast, make_cast
from uat.models import Scenario

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
ROSTER = "Person ID,Name,Department"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return cast.project


def brought(name: str, project: Project) -> ImportRun:
    path = FIXTURES / f"{name}.csv"
    run, _ = import_path(path, project=project, skip_refused=True, moment=datetime.now(tz=UTC))
    return run


def reasons(run: ImportRun) -> list[str]:
    return [hold.reason for hold in holds_on(run)]


def only(run: ImportRun) -> Hold:
    (hold,) = holds_on(run)
    return hold


def signed(cast: Cast, process: BusinessProcess, *, act: str = "SIGNED", days: int = 1) -> None:
    Signoff.objects.create(
        organisation=cast.client,
        project=cast.project,
        process=process,
        act=act,
        meaning="I have read it.",
        evidence="{}",
        evidence_hash="0" * 64,
        signer=cast.process_owner,
        signer_kind="CLIENT",
        signer_name="Marta",
        signer_organisation_name="Client",
        authority="OWNER",
        authentication="PASSWORD",
        signed_at=datetime.now(tz=UTC) + timedelta(days=days),
    )


class TestHoldsOn:
    def test_is_empty_while_nothing_builds_on_it(self, project: Project) -> None:
        assert holds_on(brought("runs", project)) == []

    def test_names_a_signature_given_on_the_evidence(self, cast: Cast, project: Project) -> None:
        brought("catalogue_plain", project)
        process = BusinessProcess.objects.get(project=project, code="10")
        runs = text_of("Test ID,Status,Tester,Test Date", "10.10.010.100,Pass,Ada,2026-05-04")
        run, _ = import_content(runs, project=project, moment=datetime.now(tz=UTC))
        signed(cast, process)
        hold = only(run)
        assert hold.reason.startswith("A signature was given on evidence")
        assert hold.rows[0].startswith("10 Order to cash: Marta, ")

    def test_lets_go_once_the_signature_is_withdrawn(self, cast: Cast, project: Project) -> None:
        brought("catalogue_plain", project)
        process = BusinessProcess.objects.get(project=project, code="10")
        runs = text_of("Test ID,Status,Tester,Test Date", "10.10.010.100,Pass,Ada,2026-05-04")
        run, _ = import_content(runs, project=project, moment=datetime.now(tz=UTC))
        signed(cast, process)
        signed(cast, process, act="WITHDRAWN", days=2)
        assert holds_on(run) == []

    def test_names_rows_that_hang_on_it(self, cast: Cast, project: Project) -> None:
        run = brought("runs", project)
        scenario = Scenario.objects.get(project=project, code="T-01")
        make_run(scenario=scenario)
        for number in range(6):
            make_defect(project=project, scenario=scenario, code=f"D-{number}", title="Tax")
        found = {hold.reason: hold.rows for hold in holds_on(run)}
        assert found == {
            "6 rows (defect) entered elsewhere hang on a scenario of it.": (
                *(f"D-{number} Tax" for number in range(5)),
                "…",
            ),
            "1 row (execution) entered elsewhere hangs on a scenario of it.": (
                f"{scenario.pk} PASSED",
            ),
        }

    def test_names_a_decision_that_blocks_a_process_of_it(
        self, cast: Cast, project: Project
    ) -> None:
        run = brought("catalogue_plain", project)
        decision = Decision.objects.create(
            organisation=cast.client,
            project=project,
            code="DEC-1",
            title="Which rate?",
            raised_at=datetime.now(tz=UTC),
        )
        decision.blocked_processes.add(BusinessProcess.objects.get(project=project, code="10.10"))
        assert reasons(run) == [
            "1 row (decision) entered elsewhere hangs on a business process of it."
        ]

    def test_names_a_later_import_that_found_rows_there_already(self, project: Project) -> None:
        first = brought("roster", project)
        more = text_of(ROSTER, "007,Ada Young,Sales", "009,Cy Dent,Sales")
        second, _ = import_content(more, project=project)
        assert reasons(first)[0].startswith("A later import of the same kind")
        assert holds_on(second) == []

    def test_lets_the_same_file_handed_in_twice_be_undone(self, project: Project) -> None:
        first, second = brought("roster", project), brought("roster", project)
        assert (first.taken > 0, second.taken, second.unchanged) == (True, 0, first.taken)
        assert holds_on(first) == []

    def test_names_rows_that_a_later_import_changed(self, project: Project) -> None:
        first = brought("roster", project)
        import_content(text_of(ROSTER, "007,Ada Older,Sales"), project=project)
        assert "Rows of this import were changed since." in reasons(first)

    def test_names_rows_that_do_not_look_as_it_left_them(self, project: Project) -> None:
        brought("roster", project)
        run, _ = import_content(text_of(ROSTER, "007,Ada Older,Sales"), project=project)
        assert holds_on(run) == []
        Person.objects.filter(project=project, external_id="007").update(name="Ada Corrected")
        assert only(run).rows == ("Ada Corrected",)

    def test_is_what_the_refusal_lists(self, project: Project) -> None:
        run = brought("runs", project)
        make_run(scenario=Scenario.objects.get(project=project, code="T-01"))
        with pytest.raises(UndoRefused, match="so it stays") as refused:
            undo_import(run=run, reason="Wrong.", undone_by=None, undone_at=datetime.now(tz=UTC))
        assert [hold.remedy[:10] for hold in refused.value.holds] == ["Take these"]

    def test_minds_no_other_project(self, project: Project) -> None:
        run = brought("roster", project)
        other = make_project()
        brought("roster", other)
        assert holds_on(run) == []
