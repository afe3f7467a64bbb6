"""What became of files that were handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.choices import ImportState
from governance.forms.imports import AgainForm, kind_word
from governance.imports.undoing import undo_obstacle
from governance.models import ImportRun, ImportUndo, Project, User
from governance.pages.looks import Look
from governance.pages.parked import questions_of
from governance.pages.recognised import ReadTable, read_tables_of
from governance.pages.refusals import RefusalList, refusal_list
from governance.pages.remarks import remark
from governance.pages.trail import Step, file_of, trail_of
from governance.permissions import may_import, may_import_into, seats_of
from governance.services.imports import job_of

ROWS_ON_A_PAGE = 50
SKIPS_SHOWN = 200
RUNNING = (ImportState.PENDING, ImportState.RUNNING)


LOOKS: dict[str, Look] = {
    ImportState.PENDING: Look(gettext_lazy("Waiting"), "clock", "quiet"),
    ImportState.RUNNING: Look(gettext_lazy("Running"), "refresh", "quiet"),
    ImportState.CHECKED: Look(gettext_lazy("Checked, nothing written"), "search", "accepted"),
    ImportState.DONE: Look(gettext_lazy("Imported"), "circle-check", "good"),
    ImportState.REFUSED: Look(gettext_lazy("Refused, nothing written"), "circle-x", "bad"),
    ImportState.FAILED: Look(gettext_lazy("Failed, nothing written"), "alert-octagon", "bad"),
}
UNDONE = Look(gettext_lazy("Undone"), "history", "quiet")
# What importers call the rows they write, and why they leave rows out.
NOUNS = {
    "processes": gettext_lazy("Processes"),
    "scenarios": gettext_lazy("Scenarios"),
    "executions": gettext_lazy("Runs"),
    "defects": gettext_lazy("Defects"),
    "events": gettext_lazy("Changes of defects"),
    "people": gettext_lazy("People"),
    "departments": gettext_lazy("Departments"),
    "assignments": gettext_lazy("Assignments"),
    "courses": gettext_lazy("Courses"),
    "job_roles": gettext_lazy("Job roles"),
    "requirements": gettext_lazy("Requirements"),
    "training_records": gettext_lazy("Training records"),
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
    tables: list[ReadTable]
    refusals: RefusalList
    skips: list[dict[str, Any]]
    counts: list[tuple[str, int]]
    may_import_now: bool
    questions: AgainForm | None
    may_undo: bool
    undo: ImportUndo | None
    trail: list[Step]

    @property
    def unread(self) -> list[ReadTable]:
        """Return the tables that nobody recognised and that somebody may map."""
        return [table for table in self.tables if not table.is_known and table.map_href]


def reachable_runs(user: User) -> QuerySet[ImportRun]:
    """Return the imports of projects the account reaches, and of its own portfolio."""
    reach = Q(project__in=Project.objects.visible_to(user).values("pk"))
    if user.administers_projects:
        reach |= Q(project__isnull=True, organisation_id=user.organisation_id)
    return ImportRun.objects.filter(reach).select_related(
        "attachment", "actor", "project__organisation", "organisation", "undo__undone_by"
    )


def import_list(user: User, *, number: str) -> ImportList:
    """Return the imports an account may see, with the projects it may import into."""
    runs = reachable_runs(user).order_by("-created_at", "-pk")
    page = Paginator(runs, ROWS_ON_A_PAGE).get_page(number)
    total = page.paginator.count
    answer = ngettext("%(n)d file handed in so far.", "%(n)d files handed in so far.", total) % {
        "n": total
    }
    return ImportList(
        rows=[_row(run) for run in page],
        page=page,
        projects=_importable(user),
        may_import_portfolio=may_import_into(user, project=None),
        answer=answer if total else _("No file has been handed in yet."),
    )


def import_page(
    run: ImportRun, *, user: User, asked: Mapping[str, Any] | None = None
) -> ImportPage:
    """Return one import as it stands, its refusals as `asked` for."""
    is_running = run.state in RUNNING
    job = job_of(run) if is_running else None
    may = may_import_into(user, project=run.project)
    questions = questions_of(run) if may else None
    above = Step(_("Imports"), reverse("governance:import-list"))
    file = file_of(run)
    return ImportPage(
        run=run,
        file=file,
        kind=kind_word(run.kind),
        look=_look_of(run),
        is_running=is_running,
        done=job.progress_done if job else 0,
        due=job.progress_due if job else 0,
        answer=_answer(run),
        tables=read_tables_of(run, may_map=may and _is_kept(run)),
        refusals=refusal_list(run, asked=asked or {}),
        skips=[{**row, "reason": remark(row["reason"])} for row in run.skips[:SKIPS_SHOWN]],
        counts=[(str(NOUNS[noun]), number) for noun, number in run.counts.items() if noun in NOUNS],
        may_import_now=may and _is_ready(run, is_asked=questions is not None),
        questions=questions,
        may_undo=may and not undo_obstacle(run),
        undo=undo_of(run),
        trail=trail_of(run.project, above, file) if run.project else [above, Step(file)],
    )


def undo_of(run: ImportRun) -> ImportUndo | None:
    """Return how an import was undone, if it was."""
    return getattr(run, "undo", None)


def _is_kept(run: ImportRun) -> bool:
    return run.attachment_id is not None and run.project is not None and run.state not in RUNNING


def _look_of(run: ImportRun) -> Look:
    return LOOKS[run.state] if undo_of(run) is None else UNDONE


def _is_ready(run: ImportRun, *, is_asked: bool) -> bool:
    """Say whether importing the file now could bring anything: it was read, and is kept."""
    waits = is_asked and run.state == ImportState.DONE and undo_of(run) is None
    was_read = run.state == ImportState.CHECKED or (
        run.refused > 0 and (run.state == ImportState.REFUSED or waits)
    )
    return was_read and run.attachment_id is not None


def _importable(user: User) -> list[Project]:
    seats = seats_of(user, projects=Project.objects.visible_to(user).order_by("name"))
    return [seat.project for seat in seats if may_import(seat)]


def _row(run: ImportRun) -> ImportRow:
    return ImportRow(
        run=run,
        href=reverse("governance:import-detail", args=[run.public_id]),
        file=file_of(run),
        kind=kind_word(run.kind),
        look=_look_of(run),
    )


def _answer(run: ImportRun) -> str:
    """Return in one line what came of it."""
    if run.state in RUNNING:
        return _("It is being read. You may leave this page; the import goes on.")
    if undo_of(run) is not None:
        return _("It was undone: nothing that it brought is counted any more.")
    parts = {
        "taken": _rows(run.taken),
        "refused": _rows(run.refused),
        "unchanged": _rows(run.unchanged),
        "skipped": _rows(run.skipped),
    }
    if run.state == ImportState.CHECKED:
        return (
            _(
                "%(taken)s would be imported, %(refused)s refused; %(unchanged)s there already,"
                " %(skipped)s left out on purpose. Nothing was written."
            )
            % parts
        )
    if run.state == ImportState.DONE:
        return (
            _(
                "%(taken)s imported, %(refused)s refused; %(unchanged)s there already,"
                " %(skipped)s left out on purpose."
            )
            % parts
        )
    if run.recognised and not any(table["kind"] for table in run.recognised):
        return _("Its headings are none we know, so nothing was written.")
    return remark(run.message) or _("Nothing was written.")


def _rows(number: int) -> str:
    return ngettext("%(n)d row", "%(n)d rows", number) % {"n": number}
