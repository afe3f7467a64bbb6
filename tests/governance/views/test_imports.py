"""Files in the browser: hand one in, follow it, see what is wrong, import after a check."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from governance.choices import ImportState, JobState
from governance.models import ImportRun, Job, User
from governance.services.imports import job_of
from governance.tasks import run_job
from tests.factories import make_user
from tests.people import Cast, make_cast

LIST_QUERIES = 6
ROSTER = (
    "Person ID,Name,Department,Site,Job role,Joined,Left\n"
    "X1,Ada Test,Finance,Oslo,Buyer,2026-01-01,\n"
    "X2,Bo Test,Finance,Oslo,Buyer,2026-05-01,2026-02-01\n"
)


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Any) -> Cast:
    """Return everybody, with a folder of our own for files."""
    settings.MEDIA_ROOT = tmp_path
    return make_cast()


def hand_in(client: Client, user: User, where: str, **fields: Any) -> Any:
    """Hand a roster in, or what is asked for."""
    client.force_login(user)
    file = SimpleUploadedFile("roster.csv", fields.pop("content", ROSTER).encode())
    return client.post(where, {"file": file, "kind": "roster"} | fields)


def add_address(cast: Cast) -> str:
    """Return where files of the first project are handed in."""
    return reverse("governance:import-add", args=[cast.project.public_id])


def run_of(cast: Cast, **fields: Any) -> ImportRun:
    """Return a run of the first project."""
    terms: dict[str, Any] = {
        "organisation": cast.client,
        "project": cast.project,
        "kind": "roster",
        "state": ImportState.DONE,
    }
    return ImportRun.objects.create(**(terms | fields))


def page_of(client: Client, user: User, run: ImportRun) -> str:
    """Return the page of a run as somebody sees it."""
    client.force_login(user)
    answer = client.get(reverse("governance:import-detail", args=[run.public_id]))
    assert answer.status_code == 200
    return answer.content.decode()


class TestAddImport:
    def test_checks_a_file_and_imports_it_afterwards(self, client: Client, cast: Cast) -> None:
        manager = cast.project_manager
        answer = hand_in(client, manager, add_address(cast), dry_run="on", dates="dmy")
        checked = ImportRun.objects.get()
        assert answer["Location"] == reverse("governance:import-detail", args=[checked.public_id])
        assert (checked.dry_run, checked.options) == (True, {"dates": "dmy"})
        assert "You may leave this page" in page_of(client, manager, checked)
        run_job.apply(args=(job_of(checked).pk,))
        page = page_of(client, manager, ImportRun.objects.get())
        assert "1 row would be imported, 1 row refused" in page
        assert "means leaving on 2026-02-01 before joining on 2026-05-01" in page
        assert "Correct one of the two dates." in page
        again = reverse("governance:import-again", args=[checked.public_id])
        answer = client.post(again, {"skip_refused": "on"})
        real = ImportRun.objects.exclude(pk=checked.pk).get()
        assert (real.dry_run, real.options["skip_refused"]) == (False, True)
        run_job.apply(args=(job_of(real).pk,))
        real.refresh_from_db()
        assert "1 row imported, 1 row refused" in page_of(client, manager, real)

    def test_takes_start_dates_by_line(self, client: Client, cast: Cast) -> None:
        hand_in(
            client,
            cast.project_manager,
            add_address(cast),
            starts="2013J = 2013-10-01\n\n2014B=2014-02-03",
            affiliation="PARTNER",
        )
        assert ImportRun.objects.get().options == {
            "starts": {"2013J": "2013-10-01", "2014B": "2014-02-03"},
            "affiliation": "PARTNER",
        }

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"content": ""}, "The submitted file is empty."),
            ({"content": "%PDF-1.7"}, "This is a PDF."),
            ({"kind": "portfolio"}, "Select a valid choice"),
            ({"kind": ""}, "This field is required."),
            ({"starts": "2013J = soon"}, "is not a name, = and a date"),
        ],
    )
    def test_says_why_a_file_is_not_even_looked_at(
        self, client: Client, cast: Cast, fields: dict[str, Any], sentence: str
    ) -> None:
        answer = hand_in(client, cast.project_manager, add_address(cast), **fields)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not ImportRun.objects.exists()

    def test_needs_a_file(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.project_manager)
        assert client.post(add_address(cast), {"kind": "auto"}).status_code == 422
        assert "Tell from the file" in client.get(add_address(cast)).content.decode()

    @pytest.mark.parametrize("name", ["consultant", "process_owner", "auditor"])
    def test_is_refused_to_whoever_does_not_import(
        self, client: Client, cast: Cast, name: str
    ) -> None:
        answer = hand_in(client, getattr(cast, name), add_address(cast))
        assert answer.status_code == 403
        assert not ImportRun.objects.exists()

    def test_is_not_there_for_strangers(self, client: Client, cast: Cast) -> None:
        assert hand_in(client, cast.other_sponsor, add_address(cast)).status_code == 404


class TestAddPortfolio:
    def test_takes_a_report_from_an_administrator_of_a_client(
        self, client: Client, cast: Cast
    ) -> None:
        administrator = make_user(organisation=cast.client, is_administrator=True)
        where = reverse("governance:import-portfolio")
        client.force_login(administrator)
        assert client.get(where).status_code == 200
        answer = hand_in(client, administrator, where, kind="portfolio")
        run = ImportRun.objects.get()
        assert (run.project, run.organisation) == (None, cast.client)
        assert client.get(answer["Location"]).status_code == 200
        assert (
            "A portfolio of projects"
            in client.get(reverse("governance:import-list")).content.decode()
        )
        again = reverse("governance:import-again", args=[run.public_id])
        assert client.post(again).status_code == 302

    def test_is_refused_to_everybody_else(self, client: Client, cast: Cast) -> None:
        partner = make_user(organisation=cast.partner, is_administrator=True)
        for user in (cast.sponsor, cast.project_manager, partner):
            where = reverse("governance:import-portfolio")
            assert hand_in(client, user, where, kind="portfolio").status_code == 403

    def test_shows_its_runs_to_no_other_client(self, client: Client, cast: Cast) -> None:
        run = run_of(cast, project=None)
        for user in (
            cast.sponsor,
            make_user(organisation=cast.other_client, is_administrator=True),
        ):
            client.force_login(user)
            where = reverse("governance:import-detail", args=[run.public_id])
            assert client.get(where).status_code == 404


class TestShowImport:
    def test_shows_every_refusal_with_its_remedy(self, client: Client, cast: Cast) -> None:
        refusals = [
            {
                "file": "f.csv",
                "row": number,
                "column": "Joined",
                "value": "<script>",
                "reason": "is no date",
                "remedy": "Write 2026-03-31.",
            }
            for number in range(201)
        ]
        run = run_of(
            cast,
            state=ImportState.REFUSED,
            refused=201,
            refusals=refusals,
            skips=[{"file": "f.csv", "row": 9, "reason": "a total"}],
            counts={"job_roles": 2},
            message="201 rows cannot be taken.",
        )
        page = page_of(client, cast.auditor, run)
        assert "201 rows cannot be taken." in page
        assert "&lt;script&gt;" in page
        assert "<script>" not in page.replace("<script src", "")
        assert "201 refused rows." in page
        assert "of 201" in page
        assert "Row 9: a total" in page
        assert "Job roles" in page
        assert "Import it" not in page

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [
            (ImportState.FAILED, "Nothing was written."),
            (ImportState.DONE, "0 rows imported"),
            (ImportState.CHECKED, "Nothing was written."),
        ],
    )
    def test_says_in_one_line_how_it_ended(
        self, client: Client, cast: Cast, state: str, sentence: str
    ) -> None:
        assert sentence in page_of(client, cast.auditor, run_of(cast, state=state))

    @pytest.mark.parametrize("name", ["stranger", "other_sponsor"])
    def test_is_not_there_for_strangers(self, client: Client, cast: Cast, name: str) -> None:
        run = run_of(cast)
        client.force_login(getattr(cast, name))
        for page in ("import-detail", "import-progress"):
            where = reverse(f"governance:{page}", args=[run.public_id])
            assert client.get(where).status_code == 404


class TestShowProgress:
    def test_follows_and_has_the_page_read_anew_at_the_end(
        self, client: Client, cast: Cast
    ) -> None:
        hand_in(client, cast.project_manager, add_address(cast))
        run = ImportRun.objects.get()
        Job.objects.update(state=JobState.RUNNING, progress_done=410, progress_due=6000)
        where = reverse("governance:import-progress", args=[run.public_id])
        answer = client.get(where)
        assert "410 of 6000" in answer.content.decode()
        assert 'hx-trigger="every 1s"' in answer.content.decode()
        assert "HX-Refresh" not in answer
        ImportRun.objects.update(state=ImportState.DONE)
        answer = client.get(where)
        assert answer["HX-Refresh"] == "true"
        assert "hx-trigger" not in answer.content.decode()


class TestImportAgain:
    def test_is_refused_to_whoever_does_not_import(self, client: Client, cast: Cast) -> None:
        run = run_of(cast, state=ImportState.CHECKED)
        where = reverse("governance:import-again", args=[run.public_id])
        for user, status in ((cast.consultant, 403), (cast.other_sponsor, 404)):
            client.force_login(user)
            assert client.post(where).status_code == status
        assert client.get(where).status_code == 405

    def test_says_so_when_the_file_is_gone(self, client: Client, cast: Cast) -> None:
        run = run_of(cast, state=ImportState.CHECKED)
        client.force_login(cast.project_manager)
        answer = client.post(reverse("governance:import-again", args=[run.public_id]), follow=True)
        assert "The file of that import is gone." in answer.content.decode()


class TestListImports:
    def test_shows_where_to_hand_in_and_what_became_of_each(
        self, client: Client, cast: Cast
    ) -> None:
        client.force_login(cast.project_manager)
        where = reverse("governance:import-list")
        assert "No file has been handed in yet." in client.get(where).content.decode()
        run_of(cast, taken=7, refused=2)
        run_of(cast, project=cast.other_project, organisation=cast.other_client, kind="defects")
        page = client.get(where).content.decode()
        assert "1 file handed in so far." in page
        assert add_address(cast) in page
        assert "2 refused" in page
        assert "Defects" not in page
        client.force_login(cast.consultant)
        assert "Hand a file in" not in client.get(where).content.decode()

    def test_asks_as_much_of_the_database_for_many_as_for_one(
        self, client: Client, cast: Cast
    ) -> None:
        client.force_login(cast.project_manager)
        for number in (1, 5):
            for _ in range(number):
                run_of(cast, actor=cast.project_manager)
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("governance:import-list"))
            assert len(asked) == LIST_QUERIES
