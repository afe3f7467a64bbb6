"""A table finds its importer, or hears why it does not."""

from typing import ClassVar

import pytest
from pytest_django import Settings

from governance.imports.importers import Context, Importer
from governance.imports.kinds import steps_for
from governance.imports.ledger import Ledger
from governance.imports.limits import Unreadable
from governance.imports.tables import Reading, Row, Table
from governance.models import Organisation
from tests.factories import NOW


def reading_of(*headings: str) -> Reading:
    return Reading(
        [
            Table(f"{number}.csv", [Row(1, 1, line.split(","))])
            for number, line in enumerate(headings)
        ]
    )


class Greedy(Importer):
    """An importer that wants every table."""

    kind: ClassVar[str] = "greedy"
    wants: ClassVar[str] = "anything"

    def recognises(self, table: Table) -> bool:
        """Want it."""
        return True


class TestStepsFor:
    def test_guesses_the_kind_by_the_heading(self) -> None:
        (step,) = steps_for("auto", reading_of("Person ID,Name"), Ledger())
        assert step.importer.kind == "roster"

    def test_orders_the_tables_of_a_bundle_as_facts_build_up(self) -> None:
        ledger = Ledger()
        reading = reading_of(
            "Defect ID,Title,Severity,Status,Reported Date",
            "Test ID,Status,Tester,Test Date",
            "Colour,Shape",
            "Tester Name,Total Tests Assigned",
        )
        reading.passed_over.append(("read.me", "not a table"))
        steps = steps_for("auto", reading, ledger)
        assert [step.importer.kind for step in steps] == ["testers", "executions", "defects"]
        assert [(skip.file, skip.reason) for skip in ledger.skips] == [
            ("read.me", "not a table"),
            ("2.csv", "no table of facts: its heading is none we know"),
        ]

    def test_lets_companions_in_when_a_kind_is_asked_for(self) -> None:
        reading = reading_of("Course code,Course name", "Person ID,Course code,Result,Date")
        steps = steps_for("training", reading, Ledger())
        assert [step.importer.kind for step in steps] == ["courses", "training"]

    def test_gives_a_table_to_whoever_takes_something_from_it_too(self) -> None:
        reading = reading_of("code_module,code_presentation,id_student,final_result")
        steps = steps_for("training", reading, Ledger())
        assert [step.importer.kind for step in steps] == ["roster", "training"]

    def test_refuses_to_choose_between_two(self, settings: Settings) -> None:
        settings.IMPORT_KINDS = {
            **settings.IMPORT_KINDS,
            "greedy": "tests.governance.imports.test_kinds.Greedy",
        }
        with pytest.raises(Unreadable, match=r"0.csv could be roster or greedy. Say which"):
            steps_for("auto", reading_of("Person ID,Name"), Ledger())
        (step,) = steps_for("greedy", reading_of("Person ID,Name"), Ledger())
        assert step.importer.kind == "greedy"

    @pytest.mark.parametrize(
        ("kind", "why"),
        [
            ("auto", "No heading we know was found .the first row is “Colour”, “Shape”"),
            ("roster", "This is no roster file: it needs Person ID, Name. The first row is"),
        ],
    )
    def test_says_what_it_looked_for(self, kind: str, why: str) -> None:
        with pytest.raises(Unreadable, match=why):
            steps_for(kind, reading_of("Colour,Shape"), Ledger())

    def test_says_that_there_is_no_row(self) -> None:
        for reading in (Reading(), Reading([Table("x", [])])):
            with pytest.raises(Unreadable, match="There is no row in the file"):
                steps_for("auto", reading, Ledger())


class TestImporter:
    def test_leaves_everything_to_the_kinds(self) -> None:
        bare, table = Importer(), Table("x", [])
        context = Context(organisation=Organisation(), moment=NOW)
        assert not bare.also_reads(table)
        assert not bare.recognises(table)
        for call in (
            lambda: bare.check([table], context, Ledger()),
            lambda: bare.write(None, context),
        ):
            with pytest.raises(NotImplementedError):
                call()

    def test_asks_for_the_project_it_needs(self) -> None:
        with pytest.raises(LookupError, match="Choose the project"):
            _ = Context(organisation=Organisation(), moment=NOW).project
