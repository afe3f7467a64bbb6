from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from governance.models import Job
from readiness.models import Snapshot
from reports.models import Report
from tests.people import Cast, make_cast
from tests.reports.papers import AS_OF, PDF, kept, make_judgement

LIST_QUERIES = 8
DETAIL_QUERIES = 7


@pytest.fixture
def cast(db: None) -> Cast:
    """Return everybody."""
    return make_cast()


@pytest.fixture
def snapshot(cast: Cast) -> Snapshot:
    """Return a judgement of the cast's project."""
    return make_judgement(cast.project)


def address(name: str, snapshot: Snapshot) -> str:
    names = [snapshot.project.public_id]
    if name == "report-detail":
        names.append(snapshot.public_id)
    if name == "report-download":
        names.append(Report.objects.get(snapshot=snapshot).public_id)
    return reverse(f"reports:{name}", args=names)


PAGES = ["report-list", "report-detail", "report-download"]


class TestReach:
    @pytest.mark.parametrize("name", PAGES)
    @pytest.mark.parametrize("who", ["sponsor", "process_owner", "consultant", "auditor"])
    def test_is_open_to_everybody_in_the_project(
        self, client: Client, cast: Cast, snapshot: Snapshot, name: str, who: str
    ) -> None:
        kept(snapshot)
        client.force_login(getattr(cast, who))
        assert client.get(address(name, snapshot)).status_code == 200

    @pytest.mark.parametrize("name", [*PAGES, "report-request"])
    @pytest.mark.parametrize("who", ["other_sponsor", "stranger"])
    def test_hides_the_project_from_everybody_else(
        self, client: Client, cast: Cast, snapshot: Snapshot, name: str, who: str
    ) -> None:
        kept(snapshot)
        client.force_login(getattr(cast, who))
        method = client.post if name == "report-request" else client.get
        assert method(address(name, snapshot)).status_code == 404

    @pytest.mark.parametrize("name", [*PAGES, "report-request"])
    def test_asks_a_visitor_to_sign_in(self, client: Client, snapshot: Snapshot, name: str) -> None:
        kept(snapshot)
        answer = client.get(address(name, snapshot))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")

    def test_does_not_reach_a_judgement_through_another_project(
        self, client: Client, cast: Cast
    ) -> None:
        foreign = make_judgement(cast.other_project)
        client.force_login(cast.sponsor)
        named = {"report-detail": foreign.public_id, "report-download": kept(foreign).public_id}
        for name, public_id in named.items():
            where = reverse(f"reports:{name}", args=[cast.project.public_id, public_id])
            assert client.get(where).status_code == 404


class TestAskForReport:
    def test_writes_a_job_and_goes_where_its_progress_is_shown(
        self, client: Client, cast: Cast, snapshot: Snapshot
    ) -> None:
        client.force_login(cast.sponsor)
        answer = client.post(address("report-request", snapshot))
        assert answer["Location"] == address("report-detail", snapshot)
        assert Job.objects.get().actor == cast.sponsor

    def test_prints_the_judgement_the_form_names(
        self, client: Client, cast: Cast, snapshot: Snapshot
    ) -> None:
        older = make_judgement(cast.project, as_of=AS_OF - timedelta(days=3))
        client.force_login(cast.sponsor)
        asked = {"snapshot": str(older.public_id)}
        answer = client.post(address("report-request", snapshot), asked)
        assert answer["Location"] == address("report-detail", older)
        assert Job.objects.get().payload["snapshot"] == str(older.public_id)

    @pytest.mark.parametrize("named", ["nonsense", "8a0c6ad8-4f3b-4b4e-9a51-1c6b5b7e2f10"])
    def test_prints_nothing_that_is_not_there(
        self, client: Client, cast: Cast, snapshot: Snapshot, named: str
    ) -> None:
        client.force_login(cast.sponsor)
        answer = client.post(address("report-request", snapshot), {"snapshot": named})
        assert answer.status_code == 404
        foreign = {"snapshot": str(make_judgement(cast.other_project).public_id)}
        assert client.post(address("report-request", snapshot), foreign).status_code == 404
        assert not Job.objects.exists()

    def test_prints_in_the_readers_language(
        self, client: Client, cast: Cast, snapshot: Snapshot
    ) -> None:
        client.force_login(cast.sponsor)
        german = {"Accept-Language": "de"}
        client.post(address("report-request", snapshot), headers=german)
        assert Job.objects.get().payload["language"] == "de"
        page = client.get(address("report-detail", snapshot), headers=german).content.decode()
        assert 'lang="de"' in page
        assert 'hx-trigger="every 2s"' in page

    def test_asks_for_one_job_only(self, client: Client, cast: Cast, snapshot: Snapshot) -> None:
        client.force_login(cast.sponsor)
        for _ in range(2):
            client.post(address("report-request", snapshot))
        assert Job.objects.count() == 1

    def test_says_so_before_the_first_judgement(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.sponsor)
        where = reverse("reports:report-request", args=[cast.project.public_id])
        answer = client.post(where, follow=True)
        assert b"There is no judgement to print yet" in answer.content
        assert not Job.objects.exists()

    def test_takes_no_get(self, client: Client, cast: Cast, snapshot: Snapshot) -> None:
        client.force_login(cast.sponsor)
        assert client.get(address("report-request", snapshot)).status_code == 405


class TestShowReport:
    def test_asks_again_by_itself_while_it_waits(
        self, client: Client, cast: Cast, snapshot: Snapshot
    ) -> None:
        client.force_login(cast.sponsor)
        client.post(address("report-request", snapshot))
        page = client.get(address("report-detail", snapshot)).content.decode()
        assert 'hx-trigger="every 2s"' in page
        assert "Waiting for a worker" in page

    def test_answers_htmx_with_the_moving_part_alone(
        self, client: Client, cast: Cast, snapshot: Snapshot
    ) -> None:
        kept(snapshot)
        client.force_login(cast.sponsor)
        part = client.get(address("report-detail", snapshot), headers={"HX-Request": "true"})
        text = part.content.decode()
        assert "<html" not in text
        assert "Download the PDF" in text
        assert "hx-trigger" not in text

    def test_offers_to_print_what_was_not_printed(
        self, client: Client, cast: Cast, snapshot: Snapshot
    ) -> None:
        client.force_login(cast.sponsor)
        page = client.get(address("report-detail", snapshot)).content.decode()
        assert "This judgement was not printed yet." in page
        assert address("report-request", snapshot) in page


class TestQueries:
    def test_stay_few_however_many_reports_are_kept(
        self,
        client: Client,
        cast: Cast,
        snapshot: Snapshot,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for language in ("en", "de"):
            for version in "1234":
                kept(snapshot, version=version, language=language)
        client.force_login(cast.sponsor)
        client.get(address("report-list", snapshot))
        with django_assert_num_queries(LIST_QUERIES):
            client.get(address("report-list", snapshot))
        with django_assert_num_queries(DETAIL_QUERIES):
            client.get(address("report-detail", snapshot))


class TestListReports:
    def test_offers_each_kept_report(self, client: Client, cast: Cast, snapshot: Snapshot) -> None:
        kept(snapshot)
        client.force_login(cast.sponsor)
        page = client.get(address("report-list", snapshot)).content.decode()
        assert address("report-download", snapshot) in page

    def test_says_what_to_do_first(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.sponsor)
        where = reverse("reports:report-list", args=[cast.project.public_id])
        assert b"Not judged yet" in client.get(where).content
        make_judgement(cast.project)
        assert b"No report yet" in client.get(where).content


class TestDownloadReport:
    def test_gives_out_the_kept_bytes_as_an_attachment(
        self, client: Client, cast: Cast, snapshot: Snapshot
    ) -> None:
        kept(snapshot)
        client.force_login(cast.sponsor)
        answer = client.get(address("report-download", snapshot))
        assert answer.content == PDF
        assert answer["Content-Type"] == "application/pdf"
        name = f"readiness-{cast.project.slug}-2026-06-01.pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_is_not_there_before_it_was_printed(
        self, client: Client, cast: Cast, snapshot: Snapshot
    ) -> None:
        client.force_login(cast.sponsor)
        names = [cast.project.public_id, snapshot.public_id]
        assert client.get(reverse("reports:report-download", args=names)).status_code == 404

    def test_gives_out_each_version_of_the_paper(
        self, client: Client, cast: Cast, snapshot: Snapshot
    ) -> None:
        kept(snapshot)
        newer = kept(snapshot, version="2", pdf=b"newer")
        client.force_login(cast.sponsor)
        names = [cast.project.public_id, newer.public_id]
        answer = client.get(reverse("reports:report-download", args=names))
        assert answer.content == b"newer"

    def test_gives_out_nothing_that_was_changed(
        self, client: Client, cast: Cast, snapshot: Snapshot
    ) -> None:
        report = kept(snapshot)
        Path(report.content.path).write_bytes(b"something else")
        client.force_login(cast.sponsor)
        answer = client.get(address("report-download", snapshot), follow=True)
        assert b"The kept file of this report was changed" in answer.content
        assert answer["Content-Type"].startswith("text/html")
