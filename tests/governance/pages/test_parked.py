"""Rows of files that wait for an answer: shown where they are missed, and answered on one page."""

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import ImportRun, RaidItem
from governance.pages.parked import parked_files, questions_of
from governance.services.imports import job_of
from governance.tasks import run_job
from tests.importing import import_content, text_of
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
SHEET = text_of(
    "ID,Type,Description,Owner,Status",
    "1,Risk,The bank may be late,Process Owner,Open",
    "2,Issue,No test printer,Ghost,Open",
)


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


class TestParkedFiles:
    def test_say_on_the_page_of_risks_what_waits(self, client: Client, cast: Cast) -> None:
        run, _ = import_content(SHEET, project=cast.project, on="2026-03-01", skip_refused=True)
        client.force_login(cast.project_manager)
        answer = client.get(reverse("governance:raid-list", args=[cast.project.public_id]))
        page = answer.content.decode()
        assert "1 row of file.csv waits for an answer" in page
        assert "Ghost: is nobody whom this project knows" in page
        assert reverse("governance:import-detail", args=[run.public_id]) in page

    def test_wait_no_longer_once_answered_or_undone(self, cast: Cast) -> None:
        terms = {"project": cast.project, "on": "2026-03-01", "skip_refused": True}
        import_content(SHEET, **terms)  # type: ignore[arg-type]
        assert len(parked_files(cast.project)) == 1
        import_content(SHEET, **terms, owners={"Ghost": cast.sponsor.email})  # type: ignore[arg-type]
        assert parked_files(cast.project) == []


class TestQuestionsOf:
    def test_ask_for_the_day_alone_where_only_it_is_missing(self, cast: Cast) -> None:
        run, _ = import_content(SHEET, project=cast.project)
        form = questions_of(run)
        assert form is not None
        assert list(form.fields) == ["on"]

    def test_name_each_owner_nobody_knows(self, cast: Cast) -> None:
        run, _ = import_content(SHEET, project=cast.project, on="2026-03-01")
        form = questions_of(run)
        assert form is not None
        assert (list(form.fields), form["owners"].value()) == (["owners"], "Ghost = ")

    def test_ask_nothing_where_nothing_waits(self, cast: Cast) -> None:
        sheet = text_of("ID,Type,Description,Status", "1,Wish,A pony,Open")
        run, ledger = import_content(sheet, project=cast.project, kind="raid")
        assert ledger.refusals
        assert questions_of(run) is None

    def test_bring_the_row_in_on_the_page_of_the_file(self, client: Client, cast: Cast) -> None:
        terms = {"project": cast.project, "on": "2026-03-01", "skip_refused": True}
        run, _ = import_content(SHEET, **terms, actor=cast.project_manager)  # type: ignore[arg-type]
        client.force_login(cast.project_manager)
        again = reverse("governance:import-again", args=[run.public_id])
        shown = client.get(reverse("governance:import-detail", args=[run.public_id]))
        assert "Ghost = " in shown.content.decode()
        refused = client.post(again, {"owners": "Ghost is nobody"}, follow=True)
        assert "is not a name, = and an e-mail" in refused.content.decode()
        client.post(again, {"owners": f"Ghost = {cast.sponsor.email}", "skip_refused": "on"})
        newest = ImportRun.objects.latest("pk")
        assert newest.options["on"] == "2026-03-01"
        run_job.apply(args=(job_of(newest).pk,))
        assert RaidItem.objects.get(code="2").owner == cast.sponsor
