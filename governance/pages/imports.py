"""What became of files that were handed in."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse

from governance.choices import ImportState, OrganisationKind
from governance.forms.imports import kind_word
from governance.models import ImportRun, Project, User
from governance.pages.trail import Step, trail_of
from governance.permissions import may_import, seat_of, seats_of
from governance.services.imports import job_of

ROWS_ON_A_PAGE = 50
REFUSALS_SHOWN = 200
RUNNING = (ImportState.PENDING, ImportState.RUNNING)


@dataclass(frozen=True, slots=True)
class Look:
    """How the end of an import looks: the tone is never the only sign."""

    word: str
    shape: str
    tone: str


LOOKS: dict[str, Look] = {
    ImportState.PENDING: Look("Waiting", "clock", "quiet"),
    ImportState.RUNNING: Look("Running", "refresh", "quiet"),
    ImportState.CHECKED: Look("Checked, nothing written", "search", "accepted"),
    ImportState.DONE: Look("Imported", "circle-check", "good"),
    ImportState.REFUSED: Look("Refused, nothing written", "circle-x", "bad"),
    ImportState.FAILED: Look("Failed, nothing written", "alert-octagon", "bad"),
}


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import of the list."""

    run: ImportRun
    href: str
    file: str
    kind: str
    look: Look


@dataclass(frozen=True, slots=True)
class ImportList:
    """One page of imports, newest first, and where to hand in another file."""

    rows: list[ImportRow]
    page: "Page[ImportRun]"
    projects: list[Project]
    may_import_portfolio: bool
    answer: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One import: its end, its counts, and every row that was refused or left out."""

    run: ImportRun
    file: str
    kind: str
    look: Look
    is_running: bool
    done: int
    due: int
    answer: str
    refusals: list[dict[str, Any]]
    more_refusals: int
    skips: list[dict[str, Any]]
    counts: list[tuple[str, int]]
    may_import_now: bool
    trail: list[Step]


def reachable_runs(user: User) -> QuerySet[ImportRun]:
    """Return the imports of projects the account reaches, and of its own portfolio."""
    reach = Q(project__in=Project.objects.visible_to(user).values("pk"))
    if user.is_administrator:
        reach |= Q(project__isnull=True, organisation_id=user.organisation_id)
    return ImportRun.objects.filter(reach).select_related(
        "attachment", "actor", "project", "organisation"
    )


def may_import_portfolio(user: User) -> bool:
    """Say whether the account may make projects out of a portfolio report."""
    return user.is_administrator and user.kind == OrganisationKind.CLIENT


def import_list(user: User, *, number: str) -> ImportList:
    """Return the imports an account may see, with the projects it may import into."""
    runs = reachable_runs(user).order_by("-created_at", "-pk")
    page = Paginator(runs, ROWS_ON_A_PAGE).get_page(number)
    total = page.paginator.count
    answer = f"{total:,} file{'' if total == 1 else 's'} handed in so far."
    return ImportList(
        rows=[_row(run) for run in page],
        page=page,
        projects=_importable(user),
        may_import_portfolio=may_import_portfolio(user),
        answer=answer if total else "No file has been handed in yet.",
    )


def import_page(run: ImportRun, *, user: User) -> ImportPage:
    """Return one import as it stands."""
    is_running = run.state in RUNNING
    job = job_of(run) if is_running else None
    above = Step("Imports", reverse("governance:import-list"))
    file = _file_of(run)
    trail = trail_of(run.project, above, file) if run.project else [above, Step(file)]
    return ImportPage(
        run=run,
        file=file,
        kind=kind_word(run.kind),
        look=LOOKS[run.state],
        is_running=is_running,
        done=job.progress_done if job else 0,
        due=job.progress_due if job else 0,
        answer=_answer(run),
        refusals=run.refusals[:REFUSALS_SHOWN],
        more_refusals=max(run.refused - REFUSALS_SHOWN, 0),
        skips=run.skips[:REFUSALS_SHOWN],
        counts=[(noun.replace("_", " "), number) for noun, number in sorted(run.counts.items())],
        may_import_now=_is_ready(run) and may_act(user, run=run),
        trail=trail,
    )


def _is_ready(run: ImportRun) -> bool:
    """Say whether importing the file now could bring anything: it was read, and is kept."""
    was_read = run.state == ImportState.CHECKED or (
        run.state == ImportState.REFUSED and run.refused > 0
    )
    return was_read and run.attachment_id is not None


def may_act(user: User, *, run: ImportRun) -> bool:
    """Say whether the account may import the file of a run."""
    if run.project is None:
        return may_import_portfolio(user)
    return may_import(seat_of(user, project=run.project))


def _importable(user: User) -> list[Project]:
    seats = seats_of(user, projects=Project.objects.visible_to(user).order_by("name"))
    return [seat.project for seat in seats if may_import(seat)]


def _row(run: ImportRun) -> ImportRow:
    return ImportRow(
        run=run,
        href=reverse("governance:import-detail", args=[run.public_id]),
        file=_file_of(run),
        kind=kind_word(run.kind),
        look=LOOKS[run.state],
    )


def _file_of(run: ImportRun) -> str:
    return run.attachment.name if run.attachment else "A file that is gone"


def _answer(run: ImportRun) -> str:
    """Return in one line what came of it."""
    if run.state in RUNNING:
        return "It is being read. You may leave this page; the import goes on."
    left = f"{_rows(run.unchanged)} there already, {_rows(run.skipped)} left out on purpose"
    if run.state == ImportState.CHECKED:
        would = f"{_rows(run.taken)} would be imported, {_rows(run.refused)} refused"
        return f"{would}; {left}. Nothing was written."
    if run.state == ImportState.DONE:
        return f"{_rows(run.taken)} imported, {_rows(run.refused)} refused; {left}."
    return run.message or "Nothing was written."


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"
