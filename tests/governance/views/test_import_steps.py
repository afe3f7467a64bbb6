"""Beside an import: its columns are named, its refusals taken along, itself undone."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from governance.models import ColumnMapping, ImportRun, Person, User
from governance.services.imports import job_of
from governance.tasks import run_job
from tests.factories import make_run
from tests.importing import FIXTURES, import_content, import_path
from tests.people import Cast, make_cast
from uat.models import Scenario

FOREIGN = b"Staff no,Who,Where\n7,Ada Young,Leeds\n8,Ben Ochoa,York\n"
SAID = {"person": "Staff no", "name": "Who", "site": "Where"}
MAP_QUERIES = 5
UNDO_QUERIES = 36


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Any) -> Cast:
    """Return everybody, with a folder of our own for files."""
    settings.MEDIA_ROOT = tmp_path
    return make_cast()


@pytest.fixture
def foreign(cast: Cast) -> ImportRun:
    """Return the import of a file whose columns nobody knows."""
    return import_content(FOREIGN, project=cast.project, name="staff.csv")[0]


def at(name: str, run: ImportRun, asked: str = "") -> str:
    return reverse(f"governance:import-{name}", args=[run.public_id]) + asked


def csv_of(run: ImportRun) -> str:
    return reverse("governance:refusal-download", args=[run.public_id])


def page_of(client: Client, user: User, address: str, *, status: int = 200) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == status, answer.content
    return answer.content.decode()


class TestMapColumns:
    def test_leads_from_an_unknown_file_to_its_columns(
        self, client: Client, cast: Cast, foreign: ImportRun
    ) -> None:
        page = page_of(client, cast.project_manager, at("detail", foreign))
        assert "Say which column is which" in page
        assert "Its columns: Staff no, Who, Where" in page
        assert "Name the columns of staff.csv" in page
        assert "?table=0" in page
        page = page_of(client, cast.project_manager, at("columns", foreign, "?table=0"))
        assert "First say what the file holds." in page
        assert "needs Person ID, Name" in page
        assert "kind=roster" in page

    def test_remembers_what_was_said_and_checks_the_file(
        self, client: Client, cast: Cast, foreign: ImportRun
    ) -> None:
        where = at("columns", foreign, "?table=0&kind=roster")
        client.force_login(cast.project_manager)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(where).content.decode()
        assert len(asked) == MAP_QUERIES, [q["sql"][:110] for q in asked]
        assert "Who (Ada Young · Ben Ochoa)" in page
        answer = client.post(where, SAID)
        again = ImportRun.objects.latest("pk")
        assert answer["Location"] == at("detail", again)
        assert (again.dry_run, again.kind, again.options["map"]) == (True, "roster", SAID)
        run_job.apply(args=(job_of(again).pk,))
        page = page_of(client, cast.project_manager, at("detail", again))
        assert f"Columns as {cast.project_manager.name} named them." in page
        assert "2 rows would be imported" in page
        assert "Change which column is which" in page
        client.post(at("again", again))
        run_job.apply(args=(job_of(ImportRun.objects.latest("pk")).pk,))
        assert Person.objects.filter(project=cast.project).count() == 2

    def test_changes_and_forgets_what_was_said(
        self, client: Client, cast: Cast, foreign: ImportRun
    ) -> None:
        run, _ = import_content(
            FOREIGN, project=cast.project, kind="roster", map=SAID, actor=cast.project_manager
        )
        where = at("columns", run, "?table=0&kind=roster")
        page = page_of(client, cast.project_manager, where)
        assert f"As {cast.project_manager.name} said on" in page
        assert '<option value="Who" selected>' in page
        client.post(where, {"forget": "yes"})
        assert not ColumnMapping.objects.exists()
        assert "map" not in ImportRun.objects.latest("pk").options

    def test_wants_the_columns_that_are_needed(
        self, client: Client, cast: Cast, foreign: ImportRun
    ) -> None:
        client.force_login(cast.project_manager)
        where = at("columns", foreign, "?table=0&kind=roster")
        answer = client.post(where, {"person": "Staff no", "site": "Where"})
        assert answer.status_code == 422
        assert "field-error" in answer.content.decode()
        assert ImportRun.objects.count() == 1

    def test_says_so_when_the_file_is_gone(
        self, client: Client, cast: Cast, foreign: ImportRun
    ) -> None:
        ImportRun.objects.filter(pk=foreign.pk).update(attachment=None)
        client.force_login(cast.project_manager)
        where = at("columns", foreign, "?table=0&kind=roster")
        assert "is gone" in client.post(where, SAID).content.decode()
        answer = client.post(where, {"forget": "yes"}, follow=True)
        assert "is gone" in answer.content.decode()

    @pytest.mark.parametrize("asked", ["?table=1", "?table=-1", "?table=x", "?table=99999999"])
    def test_is_not_there_for_a_table_that_is_not(
        self, client: Client, cast: Cast, foreign: ImportRun, asked: str
    ) -> None:
        page_of(client, cast.project_manager, at("columns", foreign, asked), status=404)

    def test_asks_again_for_a_kind_that_nobody_knows(
        self, client: Client, cast: Cast, foreign: ImportRun
    ) -> None:
        where = at("columns", foreign, "?kind=shoes")
        assert "First say what" in page_of(client, cast.project_manager, where)

    @pytest.mark.parametrize(
        ("who", "status"), [("auditor", 403), ("consultant", 403), ("other_sponsor", 404)]
    )
    def test_is_for_those_who_import(
        self, client: Client, cast: Cast, foreign: ImportRun, who: str, status: int
    ) -> None:
        page_of(client, getattr(cast, who), at("columns", foreign), status=status)
        page_of(client, getattr(cast, who), at("undo", foreign), status=status)


class TestRefusals:
    BROKEN = b"Person ID,Name,Email\n1,,\n2,Ben,=cmd\n3,Cy,c@example.com\n4,,\n"

    def test_are_found_by_words_and_by_column(self, client: Client, cast: Cast) -> None:
        run, _ = import_content(self.BROKEN, project=cast.project)
        page = page_of(client, cast.auditor, at("detail", run))
        assert "3 refused rows." in page
        page = page_of(client, cast.auditor, at("detail", run, "?column=Name"))
        assert "2 of 3 refused rows." in page
        page = page_of(client, cast.auditor, at("detail", run, "?q=address&column="))
        assert "1 of 3 refused rows." in page
        assert "=cmd" in page
        assert "Nothing fits" in page_of(client, cast.auditor, at("detail", run, "?q=zebra"))

    def test_are_taken_along_without_formulas(self, client: Client, cast: Cast) -> None:
        run, _ = import_content(self.BROKEN, project=cast.project)
        client.force_login(cast.auditor)
        answer = client.get(csv_of(run))
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert lines[0] == "file,row,column,value,reason,remedy"
        assert lines[2] == "file.csv,3,Email,'=cmd,is no e-mail address,Correct it."
        assert answer["Content-Disposition"].startswith('attachment; filename="refused-')

    def test_are_not_there_for_strangers(self, client: Client, cast: Cast) -> None:
        run, _ = import_content(self.BROKEN, project=cast.project)
        page_of(client, cast.other_sponsor, csv_of(run), status=404)


class TestUndo:
    def test_says_what_goes_and_undoes_it(self, client: Client, cast: Cast) -> None:
        run, _ = import_path(FIXTURES / "roster.csv", project=cast.project)
        manager = cast.project_manager
        assert "Undo this import" in page_of(client, manager, at("detail", run))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(at("undo", run)).content.decode()
        assert len(asked) == UNDO_QUERIES, [q["sql"][:110] for q in asked]
        assert "Nothing builds on it. 9 rows would be voided; nothing is deleted." in page
        answer = client.post(at("undo", run), {"reason": "Wrong month."}, follow=True)
        page = answer.content.decode()
        assert "is being judged again" in page
        assert f"Undone by {manager.name} on" in page
        assert "Wrong month." in page
        assert "Undo this import" not in page
        assert not Person.objects.filter(project=cast.project).exists()
        client.force_login(manager)
        assert "Undone" in client.get(reverse("governance:import-list")).content.decode()

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
    def test_wants_a_reason(self, client: Client, cast: Cast, reason: str) -> None:
        run, _ = import_path(FIXTURES / "roster.csv", project=cast.project)
        client.force_login(cast.project_manager)
        answer = client.post(at("undo", run), {"reason": reason})
        assert answer.status_code == 422
        assert "field-error" in answer.content.decode()
        assert Person.objects.filter(project=cast.project).exists()

    def test_lists_what_builds_on_it(self, client: Client, cast: Cast) -> None:
        run, _ = import_path(FIXTURES / "runs.csv", project=cast.project, skip_refused=True)
        make_run(scenario=Scenario.objects.get(project=cast.project, code="T-01"))
        page = page_of(client, cast.project_manager, at("undo", run))
        assert "It cannot be undone yet: 1 thing builds on it." in page
        assert "entered elsewhere hangs on a scenario" in page
        answer = client.post(at("undo", run), {"reason": "Wrong."})
        assert answer.status_code == 422
        assert "so it stays" in answer.content.decode()

    def test_says_when_there_is_nothing_to_undo(
        self, client: Client, cast: Cast, foreign: ImportRun
    ) -> None:
        page = page_of(client, cast.project_manager, at("undo", foreign))
        assert "there is nothing to undo" in page
        assert client.post(at("undo", foreign), {"reason": "Wrong."}).status_code == 422
