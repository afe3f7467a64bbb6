"""Work in the background is refused to whoever may not ask for it any more; nothing is written."""

from collections.abc import Callable

import pytest
from django.db import connection

from governance.choices import ImportState, JobState, Role
from governance.imports.run import run_import
from governance.models import (
    Attachment,
    ImportRun,
    Job,
    Participation,
    Person,
    Project,
    SecurityEvent,
    User,
)
from governance.services.attachments import Place
from governance.services.authority import NOT_ANY_MORE, NOT_ITS_OWN
from governance.services.imports import Wish, job_of, request_import
from governance.services.jobs import JobRefused
from governance.tasks import run_job
from readiness.services.evaluation import evaluate_marked_project
from reports.models import Report
from reports.rendering.paper import edition_of
from reports.services.keeping import request_report
from tests.counting import rows_of
from tests.factories import NOW, join, make_user
from tests.flows.filling import ROSTER
from tests.importing import FIXTURES
from tests.people import Cast, make_shared_partner_cast
from tests.reports.papers import make_judgement

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def cast() -> Cast:
    """Return the cast whose consultant works for both clients."""
    return make_shared_partner_cast()


def roster(cast: Cast, actor: User) -> ImportRun:
    """Ask for a roster to be imported."""
    return request_import(
        actor=actor,
        place=Place(organisation=cast.client, project=cast.project),
        name="roster.csv",
        content=ROSTER,
        wish=Wish(),
    )


def printing(cast: Cast, actor: User) -> Job:
    """Ask for a report."""
    snapshot = make_judgement(cast.project)
    return request_report(snapshot=snapshot, edition=edition_of("en"), requested_by=actor)


def close(user: User) -> None:
    """Close an account."""
    User.objects.filter(pk=user.pk).update(is_active=False)


def take_the_role(user: User) -> None:
    """End every role of an account."""
    Participation.objects.filter(user=user).update(ended_at=NOW)


def done(job: Job) -> Job:
    """Let a worker do a job, and return how it ended."""
    run_job.apply(args=(job.pk,))
    job.refresh_from_db()
    return job


def left() -> dict[str, int]:
    """Return how many rows there are, but for the security log."""
    rows = rows_of("governance", "readiness", "training", "uat", "reports")
    return {name: number for name, number in rows.items() if name != "governance.SecurityEvent"}


@pytest.mark.parametrize("change", [close, take_the_role])
class TestImport:
    def test_is_refused_for_good(self, cast: Cast, change: Callable[[User], None]) -> None:
        run = roster(cast, cast.project_manager)
        before = left()
        change(cast.project_manager)
        job = done(job_of(run))
        run.refresh_from_db()
        assert (job.state, job.error, job.attempts) == (JobState.FAILED, NOT_ANY_MORE, 1)
        assert (run.state, run.message) == (ImportState.REFUSED, NOT_ANY_MORE)
        assert left() == before
        assert not Person.objects.exists()
        event = SecurityEvent.objects.get(kind="REFUSED")
        assert (event.account, event.project) == (cast.project_manager, cast.project)

    def test_of_a_portfolio_is_refused_for_good(
        self, cast: Cast, change: Callable[[User], None]
    ) -> None:
        boss = make_user(organisation=cast.client, is_administrator=True)
        run = request_import(
            actor=boss,
            place=Place(organisation=cast.client),
            name="portfolio.csv",
            content=(FIXTURES / "portfolio_plain.csv").read_bytes(),
            wish=Wish(kind="portfolio"),
        )
        before = left()
        if change is take_the_role:
            User.objects.filter(pk=boss.pk).update(is_administrator=False)
        else:
            change(boss)
        assert done(job_of(run)).error == NOT_ANY_MORE
        assert left() == before


class TestReport:
    @pytest.mark.parametrize("name", ["auditor", "consultant"])
    @pytest.mark.parametrize("change", [close, take_the_role])
    def test_is_refused_for_good(
        self, cast: Cast, change: Callable[[User], None], name: str
    ) -> None:
        actor: User = getattr(cast, name)
        job = printing(cast, actor)
        change(actor)
        assert (done(job).state, job.error) == (JobState.FAILED, NOT_ANY_MORE)
        assert not Report.objects.exists()

    def test_is_refused_to_a_partner_who_works_for_another_client_only(self, cast: Cast) -> None:
        job = printing(cast, cast.consultant)
        held = Participation.objects.filter(user=cast.consultant, project=cast.project)
        held.update(ended_at=NOW)
        assert done(job).error == NOT_ANY_MORE

    def test_is_refused_for_a_judgement_of_another_project(self, cast: Cast) -> None:
        job = printing(cast, cast.sponsor)
        foreign = make_judgement(cast.other_project)
        Job.objects.filter(pk=job.pk).update(
            payload={"snapshot": str(foreign.public_id), "language": "en"}
        )
        assert done(job).error == NOT_ITS_OWN
        assert not Report.objects.exists()


class TestParts:
    """A job, its run and its file are of one place, or nothing is read."""

    def forged(self, cast: Cast, change: Callable[[ImportRun, Job], None]) -> None:
        join(project=cast.other_project, user=cast.other_sponsor, role=Role.PROJECT_MANAGER)
        run = roster(cast, cast.project_manager)
        job = job_of(run)
        change(run, job)
        before = left()
        job.refresh_from_db()
        with pytest.raises(JobRefused, match=NOT_ITS_OWN[:30]):
            run_import(job, moment=NOW)
        assert left() == before

    def test_of_another_project_are_refused(self, cast: Cast) -> None:
        def swap(_: ImportRun, job: Job) -> None:
            Job.objects.filter(pk=job.pk).update(project=cast.other_project)

        self.forged(cast, swap)

    def test_of_another_actor_are_refused(self, cast: Cast) -> None:
        def swap(_: ImportRun, job: Job) -> None:
            Job.objects.filter(pk=job.pk).update(actor=cast.other_sponsor)

        self.forged(cast, swap)

    def test_with_a_file_of_another_project_are_refused(self, cast: Cast) -> None:
        sister = Project.objects.create(organisation=cast.client, name="Sister", slug="sister")

        def swap(run: ImportRun, _: Job) -> None:
            with connection.constraint_checks_disabled():
                Attachment.objects.filter(pk=run.attachment_id or 0).update(project=sister)

        if connection.vendor == "sqlite":
            self.forged(cast, swap)


class TestJudging:
    def test_has_no_actor_and_takes_a_project_and_nothing_else(self, cast: Cast) -> None:
        job = Job.objects.create(kind="evaluate", key="evaluate:1", payload={"project": "x"})
        with pytest.raises(JobRefused, match="names no project"):
            evaluate_marked_project(job, moment=NOW)
