"""Do one import from beginning to end: read, check, write whole or not at all, report."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from governance.choices import ImportState
from governance.imports.importers import Context, Tally
from governance.imports.kinds import Step, steps_for
from governance.imports.ledger import Ledger
from governance.imports.limits import Unreadable
from governance.imports.mapping import lay_mappings, what_was_recognised
from governance.imports.quiet import without_collection
from governance.imports.sandbox import read_tables
from governance.models import ImportRun, Job, ProjectMark, User
from governance.permissions import may_import_into
from governance.record.witnessing import witness
from governance.services.authority import NOT_ITS_OWN, actor_of, refused
from governance.services.imports import ORGANISATION_KINDS
from governance.services.jobs import MOST_ATTEMPTS, JobRefused, report_progress
from governance.services.marks import mark_projects

MOST_KEPT = 2_000
LONGEST_MESSAGE = 2000
ENDED = (ImportState.DONE, ImportState.CHECKED, ImportState.REFUSED, ImportState.FAILED)


class _Undo(Exception):
    """Leave the transaction without keeping anything."""


def run_import(job: Job, *, moment: datetime) -> None:
    """Do the import run that a job names, unless it has ended already.

    :raises JobRefused: whoever asked may not import there any more, or the parts of the
        wish do not belong together.
    """
    run = ImportRun.objects.select_related("attachment", "actor", "project", "organisation").get(
        pk=job.payload["import_run"]
    )
    if run.state in ENDED:
        return
    try:
        perform_import(run, job=job, moment=moment)
    except JobRefused:
        raise
    except Exception:
        give_up(run, for_good=job.attempts >= MOST_ATTEMPTS, moment=moment)
        raise


def _look_again(job: Job, run: ImportRun) -> None:
    """Ask once more what the door asked, now that the file is going to be read.

    :raises JobRefused: the actor may not import there, or job, run and file are not of one place.
    """
    file = run.attachment
    place = (run.organisation_id, run.project_id)
    is_one = (job.project_id, job.actor_id) == (run.project_id, run.actor_id)
    if not is_one or (file is not None and (file.organisation_id, file.project_id) != place):
        raise refused(job, because=NOT_ITS_OWN)
    actor_of(job, may=lambda actor: _may_import(actor, run))


def _may_import(actor: User, run: ImportRun) -> bool:
    belongs = run.project is not None or actor.organisation_id == run.organisation_id
    return belongs and may_import_into(actor, project=run.project)


def give_up(run: ImportRun, *, for_good: bool, moment: datetime) -> None:
    """Write that an import broke: it waits for another attempt, or is over for good."""
    state = ImportState.FAILED if for_good else ImportState.PENDING
    message = "Stopped by a fault of ours; nothing was written."
    ImportRun.objects.filter(pk=run.pk).exclude(state__in=ENDED).update(
        state=state, message=message, finished_at=moment if for_good else None
    )


def perform_import(run: ImportRun, *, job: Job, moment: datetime) -> Ledger:
    """Read, check and write one file; the run says afterwards what came of it.

    Facts, marks and the run's own end are written in one transaction. A file with a
    refused row writes nothing unless the option `skip_refused` says otherwise; a dry run
    does everything and keeps nothing.

    :raises JobRefused: as for `run_import`; the run then says so, too.
    """
    ledger = Ledger()
    try:
        _look_again(job, run)
    except JobRefused as refusal:
        _end(run, state=ImportState.REFUSED, message=str(refusal), ledger=ledger, moment=moment)
        raise
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.RUNNING)
    context = Context(
        organisation=run.organisation,
        target=run.project,
        run=run,
        moment=moment,
        options=run.options,
    )
    try:
        with without_collection():
            steps = _read(run, job=job, ledger=ledger, moment=moment)
            _refuse_wrong_place(steps, context=context)
            _check_and_write(run, steps=steps, context=context, ledger=ledger)
    except Unreadable as refusal:
        _end(run, state=ImportState.REFUSED, message=str(refusal), ledger=ledger, moment=moment)
    return ledger


def _read(run: ImportRun, *, job: Job, ledger: Ledger, moment: datetime) -> list[Step]:
    """Return the importers to run, each with its tables; the job shows how far it has come.

    :raises Unreadable: the file cannot be read.
    """
    reading = read_tables(
        _path_of(run),
        name=run.attachment.name if run.attachment else "",
        heard=lambda rows: report_progress(job=job, done=0, due=rows),
    )
    lay_mappings(reading, run=run, moment=moment)
    run.recognised = what_was_recognised(reading, kind=run.kind)
    if any(table.encoding == "cp1252" for table in reading.tables):
        ledger.notes.append("Read as Windows-1252, as it is not UTF-8.")
    due = sum(len(table.rows) for table in reading.tables)
    ledger.heard = lambda rows: report_progress(job=job, done=rows, due=due + due // 4)
    steps = steps_for(run.kind, reading, ledger)
    run.kind = steps[0].importer.kind if len(steps) == 1 else run.kind
    return steps


def _path_of(run: ImportRun) -> Path:
    content = run.attachment.content if run.attachment else None
    if content is None or not content.name or not content.storage.exists(content.name):
        raise Unreadable("The file is no longer there. Send it again.")
    return Path(content.path)


def _refuse_wrong_place(steps: list[Step], *, context: Context) -> None:
    """Refuse facts without a project, and a portfolio inside one.

    :raises Unreadable: what was found does not belong where it was handed in.
    """
    kinds = {step.importer.kind for step in steps}
    if context.target is None and not kinds <= set(ORGANISATION_KINDS):
        raise Unreadable("Choose the project that these facts belong to.")
    if context.target is not None and kinds & set(ORGANISATION_KINDS):
        raise Unreadable("A portfolio makes projects: choose an organisation, not a project.")


def _check_and_write(
    run: ImportRun, *, steps: list[Step], context: Context, ledger: Ledger
) -> None:
    """Check the first step outside the transaction, where its progress can be seen."""
    plan = steps[0].importer.check(steps[0].tables, context, ledger)
    tally = Tally()
    try:
        with transaction.atomic():
            _take_turns(context)
            for place, step in enumerate(steps):
                if place:
                    plan = step.importer.check(step.tables, context, ledger)
                if _goes_on(run, ledger, is_last=step is steps[-1]):
                    tally.add(step.importer.write(plan, context))
            _keep_or_undo(run, tally=tally, ledger=ledger, context=context)
    except _Undo:
        state = ImportState.CHECKED if run.dry_run else ImportState.REFUSED
        kept = tally if run.dry_run else Tally()
        _end(run, state=state, tally=kept, ledger=ledger, moment=context.moment)


def _take_turns(context: Context) -> None:
    """Let one writer at a time change a project's facts."""
    if context.target is not None:
        mark = ProjectMark.objects.select_for_update().filter(project=context.target)
        mark.first()


def _goes_on(run: ImportRun, ledger: Ledger, *, is_last: bool) -> bool:
    """Say whether sound rows are written, even if only to be counted or built upon, then undone."""
    return run.dry_run or not is_last or not _is_refused(run, ledger)


def _is_refused(run: ImportRun, ledger: Ledger) -> bool:
    return bool(ledger.refusals) and not run.options.get("skip_refused")


def _keep_or_undo(run: ImportRun, *, tally: Tally, ledger: Ledger, context: Context) -> None:
    """Keep what was written together with the run's end, or leave without a trace.

    :raises _Undo: it is a dry run, or a row was refused.
    """
    if run.dry_run or _is_refused(run, ledger):
        raise _Undo
    if context.target is not None and tally.taken:
        mark_projects(project_ids=[context.target.pk])
    _end(run, state=ImportState.DONE, tally=tally, ledger=ledger, moment=context.moment)
    if context.target is not None:
        witness(run, actor=run.actor)


def _end(
    run: ImportRun,
    *,
    state: ImportState,
    ledger: Ledger,
    moment: datetime,
    message: str = "",
    tally: Tally | None = None,
) -> None:
    tally = tally or Tally()
    run.state = state
    run.taken, run.unchanged = tally.taken, tally.unchanged
    run.refused, run.skipped = len(ledger.refusals), len(ledger.skips)
    run.refusals, run.skips = ledger.as_lists(most=MOST_KEPT)
    run.counts = {**tally.counts, **_reasons(ledger.skipped_because())}
    run.message = " ".join((message or _sentence(run), *ledger.notes))[:LONGEST_MESSAGE]
    run.finished_at = moment
    run.save()


def _reasons(skipped: Mapping[str, int]) -> dict[str, int]:
    return {f"skipped: {reason}": number for reason, number in skipped.items()}


def _sentence(run: ImportRun) -> str:
    refused = f", {run.refused} refused" if run.refused else ""
    rows = f"{run.taken} rows taken, {run.unchanged} there already, {run.skipped} left out{refused}"
    if run.state == ImportState.REFUSED:
        if run.refused == 1:
            return "1 row cannot be taken, so nothing was written. Correct it, or import the rest."
        return (
            f"{run.refused} rows cannot be taken, so nothing was written."
            " Correct them, or import the rest."
        )
    return f"Checked, nothing written: {rows}." if run.dry_run else f"{rows}."
