"""Bad, huge and hostile files: a clear message each, nothing half-written, no fault of ours."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from governance.models import BusinessProcess, ImportRun, Organisation, Person, Project
from governance.services.imports import ImportRefused
from readiness.models import ReportedStatus
from tests.factories import make_project
from tests.importing import (
    FIXTURES,
    bundle_of,
    import_content,
    import_path,
    text_of,
    workbook_of,
)
from training.models import TrainingRecord
from uat.models import Defect, Execution, Scenario

pytestmark = pytest.mark.django_db
FACTS = (BusinessProcess, Person, Scenario, Execution, Defect, TrainingRecord, ReportedStatus)
ROUNDS = 120
WORDS = ("=1+1", "\0", '"', ",,,,", "\r", "99999999999999999999", "-1", "2026-02-30", "é" * 50, "")


@pytest.fixture
def project() -> Project:
    return make_project()


def facts() -> int:
    return sum(model._default_manager.count() for model in FACTS)


def entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a10;</x>'.encode()


def sheet_bomb() -> bytes:
    """Return a workbook whose one sheet unpacks to 60 MB of zeros."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_of(["a"]))) as source,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(
                entry.filename, content + b" " * 60_000_000 * ("sheet1" in entry.filename)
            )
    return output.getvalue()


def far_cell() -> bytes:
    """Return a workbook whose only cells lie at the two far ends of a sheet."""
    book = workbook_of(["a"])
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as source,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if "sheet1" in entry.filename:
                content = content.replace(
                    b"</sheetData>",
                    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
                )
            target.writestr(entry.filename, content)
    return output.getvalue()


class TestFilesThatCannotBeRead:
    @pytest.mark.parametrize(
        ("make", "why"),
        [
            (entity_bomb, "document type or entities"),
            (lambda: b"<a>" * 200_000, "nested more than 64 levels"),
            (lambda: b"<a>" + b"<b/>" * 200_001 + b"</a>", "more than 200000 elements"),
            (lambda: b"<a><b></a>", "The XML is broken"),
            (sheet_bomb, "unpacks to more than 150 times its size"),
            (far_cell, "too much memory"),
            (lambda: bundle_of(a_csv=b"\0" * 30_000_000), "unpacks to more than 150 times"),
            (lambda: bundle_of(a_csv=bundle_of(b_csv=b"x")), "zip file inside a zip file"),
            (lambda: bundle_of(a_csv=b"a,b\n")[:-20], "damaged"),
            (lambda: workbook_of(["a", "b"], ["1", "2"])[:-200], "damaged"),
            (lambda: b"Person ID,Name\n1,A\x00da\n", "There is a NUL byte in line 2"),
            (lambda: "Person ID,Name\n1,山田太郎の、表\n".encode("shift_jis") * 9, "encoding"),
            (lambda: b'Person ID,Name\n1,"Ada\n2,Ben\n', "a quote is opened and never closed"),
            (lambda: b"a" * 200_000, "more than 100000 signs"),
            (lambda: b"\n" * 100, "There is no row in the file"),
            (lambda: text_of("Colour,Shape", "red,round"), "No heading we know was found"),
            (lambda: text_of(",".join(["a"] * 2_001)), "no table"),
        ],
    )
    def test_are_refused_in_one_sentence(
        self, make: Callable[[], bytes], why: str, project: Project
    ) -> None:
        run, ledger = import_content(make(), project=project)
        assert (run.state, why in run.message) == ("REFUSED", True), run.message
        assert ledger.refusals == []
        assert facts() == 0

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "empty"),
            (b"%PDF-1.7", "This is a PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"\x89PNG\r\n\x1a\n", "picture"),
            (bytes(range(32)) * 10, "neither text nor a workbook"),
        ],
    )
    def test_are_not_even_kept(self, content: bytes, why: str, project: Project) -> None:
        with pytest.raises(ImportRefused, match=why):
            import_content(content, project=project)
        assert not ImportRun.objects.exists()

    def test_are_named_on_the_command_line(self, project: Project, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes(b"")
        with pytest.raises(CommandError, match="The file is empty"):
            call_command("import_facts", "auto", str(path), "--project", project.slug)


class TestCellsThatLookHarmful:
    def test_formulas_stay_text(self, project: Project) -> None:
        formula = '=HYPERLINK("http://x";"y")'
        sheet = text_of(
            "Person ID,Name", f'1,"{formula.replace(chr(34), chr(34) * 2)}"', "2,@SUM(A1)"
        )
        run, _ = import_content(sheet, project=project)
        assert run.state == "DONE"
        assert set(Person.objects.values_list("name", flat=True)) == {formula, "@SUM(A1)"}

    def test_formulas_of_a_workbook_are_not_computed(self, project: Project) -> None:
        book = workbook_of(["Person ID", "Name"], ["1", "=1+1"])
        run, ledger = import_content(book, project=project, name="a.xlsx")
        assert (run.state, ledger.refusals[0].reason) == ("REFUSED", "is empty")

    def test_markup_stays_text(self, project: Project) -> None:
        word = "<script>alert(1)</script>"
        import_content(text_of("Person ID,Name", f"1,{word}"), project=project)
        assert Person.objects.get().name == word

    def test_text_in_wide_encodings_is_read(self, project: Project) -> None:
        for number, encoding in enumerate(("utf-16", "utf-16-be", "utf-8-sig", "cp1252", "utf-32")):
            sheet = text_of("Person ID,Name", f"{number},Zoë Größe", encoding=encoding)
            run, _ = import_content(sheet, project=project)
            assert (run.state, run.taken) == ("DONE", 1), encoding
        assert set(Person.objects.values_list("name", flat=True)) == {"Zoë Größe"}

    def test_xml_is_read_like_a_table(self, project: Project) -> None:
        content = (
            b"<people><p><Person_ID>1</Person_ID><Name>Ada &amp; Co</Name></p>"
            b'<p Person_ID="2" Name="Ben"/></people>'
        )
        run, _ = import_content(content, project=project, name="people.xml")
        assert (run.state, run.taken) == ("DONE", 2)
        assert set(Person.objects.values_list("name", flat=True)) == {"Ada & Co", "Ben"}


def mutate(content: bytes, chance: random.Random) -> bytes:
    """Return the content with some bytes changed, cut, doubled or put in."""
    mutated = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(mutated) or 1)
        match chance.randrange(5):
            case 0:
                mutated[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del mutated[place : place + chance.randint(1, 40)]
            case 2:
                mutated[place:place] = chance.choice(WORDS).encode()
            case 3:
                mutated[place:place] = mutated[place : place + chance.randint(1, 60)]
            case _:
                mutated = mutated[: max(place, 1)]
    return bytes(mutated)


@pytest.mark.both_engines
class TestMutatedFiles:
    """Every mutated file ends in a state, whole or not at all."""

    @pytest.mark.parametrize(
        "name",
        [
            "catalogue_full.xlsx",
            "catalogue_plain.csv",
            "runs.csv",
            "defects.csv",
            "testers.csv",
            "roster.csv",
            "courses.csv",
            "records.csv",
            "portfolio_rows.csv",
            "portfolio_columns.csv",
        ],
    )
    def test_never_break_us(self, name: str, project: Project) -> None:
        whole = (FIXTURES / name).read_bytes()
        for other in ("courses.csv", "roster.csv"):
            import_path(FIXTURES / other, project=project)
        chance = random.Random(f"{name} 1")  # noqa: S311 - a seed to repeat, not a secret
        place = (
            {"organisation": project.organisation} if "portfolio" in name else {"project": project}
        )
        for number in range(ROUNDS // 10):
            before = facts()
            content = mutate(whole, chance)
            skip = bool(number % 2)
            try:
                run, ledger = import_content(content, name=name, skip_refused=skip, **place)
            except ImportRefused:
                continue
            assert run.state in ("DONE", "REFUSED"), run.message
            assert run.message
            if run.state == "REFUSED":
                assert facts() == before
                assert ledger.refusals or run.message
            else:
                again, _ = import_content(content, name=name, skip_refused=skip, **place)
                assert (again.state, again.taken) == ("DONE", 0)


def test_nobody_elses_project_is_touched(project: Project) -> None:
    other = make_project()
    import_path(FIXTURES / "roster.csv", project=project)
    assert not Person.objects.filter(project=other).exists()
    assert Organisation.objects.count() == 2
