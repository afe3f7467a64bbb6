"""Columns that nobody knows are mapped once and remembered for the same headings."""

import pytest

from governance.choices import Role
from governance.imports.columns import heading_of
from governance.imports.limits import Unreadable
from governance.imports.mapping import fields_of, guess_fields, headings_key
from governance.imports.tables import Row, Table
from governance.models import ColumnMapping, Person, Project
from governance.services.imports import ImportRefused, forget_mapping
from tests.factories import join, make_project, make_user
from tests.importing import bundle_of, import_content, text_of
from training.imports.headings import ROSTER
from training.imports.records import RecordsImport
from training.imports.roster import RosterImport

pytestmark = pytest.mark.django_db
FOREIGN = text_of("Staff no;Who;Where", "7;Ada Young;Leeds", "8;Ben Ochoa;York")
MAP = {"person": "Staff no", "name": "Who", "site": "Where"}


@pytest.fixture
def project() -> Project:
    return make_project()


class TestLayMappings:
    def test_reads_a_foreign_file_once_its_columns_are_named(self, project: Project) -> None:
        run, _ = import_content(FOREIGN, project=project)
        assert run.state == "REFUSED"
        assert run.recognised[0]["kind"] == ""
        assert [each["title"] for each in run.recognised[0]["headings"]] == [
            "Staff no",
            "Who",
            "Where",
        ]
        assert run.recognised[0]["headings"][1]["samples"] == ["Ada Young", "Ben Ochoa"]
        run, _ = import_content(FOREIGN, project=project, kind="roster", map=MAP)
        assert (run.state, run.taken) == ("DONE", 2)
        assert sorted(Person.objects.filter(project=project).values_list("name", "site")) == [
            ("Ada Young", "Leeds"),
            ("Ben Ochoa", "York"),
        ]

    def test_remembers_it_for_the_same_headings_in_any_order(self, project: Project) -> None:
        actor = make_user(organisation=project.organisation)
        join(project=project, user=actor, role=Role.DATA_OWNER)
        import_content(FOREIGN, project=project, kind="roster", map=MAP, dry_run=True, actor=actor)
        mapping = ColumnMapping.objects.get(project=project)
        assert (mapping.kind, mapping.fields, mapping.changed_by) == ("roster", MAP, actor)
        turned = text_of("WHO,Where?,Staff-No", "Cy Dent,Hull,9")
        run, _ = import_content(turned, project=project)
        assert (run.state, run.kind, run.taken) == ("DONE", "roster", 1)
        assert run.recognised[0]["mapped"]
        assert Person.objects.get(project=project, external_id="9").site == "Hull"

    def test_changes_what_was_said_before(self, project: Project) -> None:
        for said in (MAP, {"person": "Staff no", "name": "Where"}):
            import_content(FOREIGN, project=project, kind="roster", map=said, dry_run=True)
        assert ColumnMapping.objects.get(project=project).fields["name"] == "Where"

    def test_names_the_sender_s_own_column_in_a_refusal(self, project: Project) -> None:
        broken = FOREIGN + b"9;;Hull\n"
        _, ledger = import_content(broken, project=project, kind="roster", map=MAP)
        assert (ledger.refusals[0].row, ledger.refusals[0].column) == (4, "Who")

    def test_wins_over_headings_that_speak_for_themselves(self, project: Project) -> None:
        known = text_of("Person ID,Name,Email", "7,Ada Young,ada@example.com")
        said = {"person": "Email", "name": "Name"}
        import_content(known, project=project, kind="roster", map=said)
        assert Person.objects.get(project=project).external_id == "ada@example.com"
        forget_mapping(mapping=ColumnMapping.objects.get(project=project))
        run, _ = import_content(known, project=project)
        assert not run.recognised[0]["mapped"]
        assert Person.objects.filter(project=project, external_id="7").exists()

    def test_maps_the_one_table_of_a_bundle_that_has_the_columns(self, project: Project) -> None:
        other = text_of("Course code,Course name", "C-1,Selling")
        run, _ = import_content(
            bundle_of(staff_csv=FOREIGN, courses_csv=other),
            project=project,
            kind="roster",
            map=MAP,
            name="all.zip",
        )
        assert (run.state, run.taken) == ("DONE", 2)

    def test_belongs_to_one_project(self, project: Project) -> None:
        import_content(FOREIGN, project=project, kind="roster", map=MAP)
        run, _ = import_content(FOREIGN, project=make_project())
        assert run.state == "REFUSED"

    def test_belongs_to_one_kind(self, project: Project) -> None:
        import_content(FOREIGN, project=project, kind="roster", map=MAP, dry_run=True)
        run, _ = import_content(FOREIGN, project=project, kind="courses")
        assert (run.state, run.recognised[0]["mapped"]) == ("REFUSED", False)

    def test_leaves_other_layouts_of_the_kind_out(self, project: Project) -> None:
        marks = text_of("id_assessment,id_student,date_submitted,score", "1,2,3,4")
        said = {
            "person": "id_student",
            "course": "id_assessment",
            "result": "score",
            "date": "date_submitted",
        }
        run, _ = import_content(marks, project=project, kind="training", map=said, dry_run=True)
        assert run.recognised[0]["dialect"] == next(iter(RecordsImport.layouts))

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"person": "Staff no", "name": "Nobody"}, "No table has the columns"),
            ({"person": "Staff no"}, "Say which column is Name"),
            ({**MAP, "shoe": "Where"}, "“shoe” is no field of roster"),
        ],
    )
    def test_says_what_is_wrong_with_a_mapping(
        self, project: Project, said: dict[str, str], sentence: str
    ) -> None:
        run, _ = import_content(FOREIGN, project=project, kind="roster", map=said)
        assert run.state == "REFUSED"
        assert sentence in run.message

    @pytest.mark.parametrize(
        ("kind", "said"),
        [
            ("auto", MAP),
            ("roster", {}),
            ("roster", ["person"]),
            ("roster", {"person": ""}),
            ("roster", {"person": 3}),
            ("roster", {str(number): "a" for number in range(61)}),
        ],
    )
    def test_refuses_what_is_no_mapping(self, project: Project, kind: str, said: object) -> None:
        with pytest.raises(ImportRefused):
            import_content(FOREIGN, project=project, kind=kind, map=said)


class TestFieldsOf:
    def test_takes_a_field_by_its_key_or_by_its_heading(self) -> None:
        fields = fields_of({"Person ID": " A ", "name": "B"}, importer=RosterImport())
        assert fields == {"person": "A", "name": "B"}

    def test_wants_every_field_that_is_needed(self) -> None:
        with pytest.raises(Unreadable, match="Person ID, Name"):
            fields_of({"site": "A"}, importer=RosterImport())


class TestGuessFields:
    def test_proposes_the_same_and_then_the_similar(self) -> None:
        guessed = guess_fields(ROSTER, ["Full Name", "Personnel number (SAP)", "Xyz"])
        assert guessed == {"name": "Full Name", "person": "Personnel number (SAP)"}


class TestHeadingOf:
    def test_passes_over_titles_and_finds_no_heading_in_numbers(self) -> None:
        rows = [
            Row(1, 1, ["Report", "", ""]),
            Row(2, 2, ["Staff no", "Who", "Where"]),
            Row(3, 3, ["1", "Ada", "Leeds"]),
        ]
        found = heading_of(Table("a.csv", rows))
        assert found is not None
        assert found.number == 2
        assert heading_of(Table("b.csv", [Row(1, 1, ["1", "2"])])) is None


class TestHeadingsKey:
    def test_minds_neither_order_nor_case_nor_signs(self) -> None:
        assert headings_key(["Staff no", "Who?"]) == headings_key(["WHO", "staff-no", ""])
