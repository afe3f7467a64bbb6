"""One import from beginning to end: whole or not at all, once, by somebody who may."""

from pathlib import Path

import pytest
from django.db import IntegrityError

from governance.choices import ImportState, JobState, Role
from governance.imports.run import give_up, perform_import, run_import
from governance.models import ImportRun, Job, Person, Project, ProjectMark, User
from governance.services.attachments import Place
from governance.services.authority import NOT_ANY_MORE
from governance.services.imports import Wish, job_of, request_import
from governance.services.jobs import claim_job
from tests.factories import NOW, join, make_organisation, make_project, make_user
from tests.importing import FIXTURES, bundle_of, import_content, import_path, text_of
from training.imports.roster import RosterImport

pytestmark = pytest.mark.django_db
SHEET = text_of("Person ID,Name", "1,Ada", "2,Ben")
BROKEN = text_of("Person ID,Name", "1,Ada", "2,")


@pytest.fixture
def project() -> Project:
    return make_project()


def asked(project: Project, *, content: bytes = SHEET, actor: User | None = None) -> ImportRun:
    return request_import(
        actor=actor,
        place=Place(organisation=project.organisation, project=project),
        name="roster.csv",
        content=content,
        wish=Wish(),
    )


def claimed(run: ImportRun) -> Job:
    job = claim_job(job_id=job_of(run).pk, moment=NOW)
    assert job is not None
    return job


def version(project: Project) -> int:
    return ProjectMark.objects.get(project=project).version


@pytest.mark.both_engines
class TestRunImport:
    def test_writes_facts_mark_and_outcome(self, project: Project) -> None:
        before = version(project)
        run = asked(project)
        run_import(claimed(run), moment=NOW)
        run.refresh_from_db()
        assert (run.state, run.kind, run.taken, run.counts["people"]) == ("DONE", "roster", 2, 2)
        assert run.message == "2 rows taken, 0 there already, 0 left out."
        assert run.finished_at == NOW
        assert version(project) > before

    def test_says_with_which_encoding_a_file_was_read(self, project: Project) -> None:
        run, _ = import_content(
            text_of("Person ID,Name", "1,Zoë", encoding="cp1252"), project=project
        )
        assert run.message.endswith("left out. Read as Windows-1252, as it is not UTF-8.")

    def test_does_an_import_once(self, project: Project) -> None:
        run = asked(project)
        job = claimed(run)
        run_import(job, moment=NOW)
        Person.objects.filter(project=project).delete()
        run_import(job, moment=NOW)
        assert not Person.objects.filter(project=project).exists()

    def test_marks_nothing_when_nothing_changed(self, project: Project) -> None:
        import_content(SHEET, project=project)
        before = version(project)
        run, _ = import_content(SHEET, project=project)
        assert (run.taken, run.unchanged, version(project)) == (0, 2, before)

    def test_lets_a_broken_import_wait_and_then_gives_up(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(self: RosterImport, *_: object) -> None:
            raise IntegrityError("half way")

        monkeypatch.setattr(RosterImport, "write", fail)
        run = asked(project)
        for state in (ImportState.PENDING, ImportState.PENDING, ImportState.FAILED):
            job = claimed(run)
            with pytest.raises(IntegrityError):
                run_import(job, moment=NOW)
            run.refresh_from_db()
            assert run.state == state
            Job.objects.filter(pk=job.pk).update(state=JobState.PENDING)
        assert run.message == "Stopped by a fault of ours; nothing was written."

    def test_leaves_an_ended_run_as_it_is_when_giving_up(self, project: Project) -> None:
        run, _ = import_content(SHEET, project=project)
        give_up(run, for_good=True, moment=NOW)
        run.refresh_from_db()
        assert run.state == ImportState.DONE


@pytest.mark.both_engines
class TestPerformImport:
    def test_writes_nothing_when_a_row_is_refused(self, project: Project) -> None:
        run, ledger = import_content(BROKEN, project=project)
        assert (run.state, run.taken, run.refused) == ("REFUSED", 0, 1)
        assert run.refusals == ledger.as_lists()[0]
        assert run.message.startswith("1 row cannot be taken, so nothing was written.")
        assert not Person.objects.filter(project=project).exists()

    def test_imports_the_rest_when_told(self, project: Project) -> None:
        run, _ = import_content(BROKEN, project=project, skip_refused=True)
        assert (run.state, run.taken, run.refused) == ("DONE", 1, 1)
        assert Person.objects.get(project=project).name == "Ada"

    @pytest.mark.parametrize("content", [SHEET, BROKEN])
    def test_keeps_nothing_of_a_dry_run(self, project: Project, content: bytes) -> None:
        before = version(project)
        run, ledger = import_content(content, project=project, dry_run=True)
        assert (run.state, run.taken) == ("CHECKED", 2 - len(ledger.refusals))
        assert run.message.startswith("Checked, nothing written:")
        assert not Person.objects.filter(project=project).exists()
        assert version(project) == before

    def test_undoes_a_whole_bundle_when_one_table_is_refused(self, project: Project) -> None:
        import_path(FIXTURES / "catalogue_plain.csv", project=project)
        content = bundle_of(
            testers_csv=(FIXTURES / "testers.csv").read_bytes(),
            runs_csv=(FIXTURES / "runs.csv").read_bytes(),
        )
        run, ledger = import_content(content, project=project)
        assert (run.state, run.kind, len(ledger.refusals)) == ("REFUSED", "auto", 1)
        assert not Person.objects.filter(project=project).exists()

    def test_keeps_only_the_first_of_many_refusals(self, project: Project) -> None:
        rows = [f"{number}," for number in range(2_100)]
        run, ledger = import_content(text_of("Person ID,Name", *rows), project=project)
        assert (run.refused, len(run.refusals), len(ledger.refusals)) == (2_100, 2_000, 2_100)

    def test_says_that_the_file_is_gone(self, project: Project) -> None:
        run = asked(project)
        assert run.attachment is not None
        Path(run.attachment.content.path).unlink()
        perform_import(run, job=claimed(run), moment=NOW)
        assert (run.state, run.message) == (
            "REFUSED",
            "The file is no longer there. Send it again.",
        )

    def test_shows_how_far_it_has_come(self, project: Project) -> None:
        rows = [f"{number},Person {number}" for number in range(6_000)]
        run = asked(project, content=text_of("Person ID,Name", *rows))
        job = claimed(run)
        perform_import(run, job=job, moment=NOW)
        job.refresh_from_db()
        assert (job.progress_done, job.progress_due) == (5_000, 7_501)


class TestPlace:
    def test_facts_need_a_project(self) -> None:
        run, _ = import_content(SHEET, organisation=make_organisation())
        assert (run.state, run.message) == (
            "REFUSED",
            "Choose the project that these facts belong to.",
        )

    def test_a_portfolio_needs_none(self, project: Project) -> None:
        run, _ = import_path(FIXTURES / "portfolio_plain.csv", project=project)
        assert (run.state, "choose an organisation" in run.message) == ("REFUSED", True)


class TestWhoMay:
    def test_a_lead_of_the_client(self, project: Project) -> None:
        actor = make_user(organisation=project.organisation)
        join(project=project, user=actor, role=Role.TEST_LEAD)
        run, _ = import_content(SHEET, project=project, actor=actor)
        assert run.state == "DONE"

    def test_an_administrator_of_the_client_for_a_portfolio_only(self, project: Project) -> None:
        actor = make_user(organisation=project.organisation, is_administrator=True)
        run, _ = import_content(SHEET, project=project, actor=actor)
        assert run.state == "REFUSED"
        run, _ = import_path(
            FIXTURES / "portfolio_plain.csv", organisation=project.organisation, actor=actor
        )
        assert run.state == "DONE"

    @pytest.mark.parametrize("case", ["stranger", "foreign administrator", "inactive", "reader"])
    def test_nobody_else_even_when_the_role_ended_meanwhile(
        self, project: Project, case: str
    ) -> None:
        actor = make_user(
            organisation=make_organisation() if "foreign" in case else project.organisation,
            is_administrator="administrator" in case,
            is_active=case != "inactive",
        )
        if case in ("inactive", "reader"):
            role = Role.TEST_LEAD if case == "inactive" else Role.AUDITOR
            join(project=project, user=actor, role=role)
        run, _ = import_content(SHEET, project=project, actor=actor)
        assert (run.state, run.message) == (
            "REFUSED",
            NOT_ANY_MORE,
        )
        assert not Person.objects.filter(project=project).exists()

    def test_a_lead_of_one_project_makes_no_portfolio(self, project: Project) -> None:
        actor = make_user(organisation=project.organisation)
        join(project=project, user=actor, role=Role.PROJECT_MANAGER)
        run, _ = import_path(
            FIXTURES / "portfolio_plain.csv", organisation=project.organisation, actor=actor
        )
        assert run.state == "REFUSED"
