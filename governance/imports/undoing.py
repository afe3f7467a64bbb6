"""Undo a whole import: a voiding row, what it changed set back, the gate judged again."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import ImportState
from governance.imports.holds import Hold, brought_by, by_table, holds_on, value_of
from governance.imports.kinds import load
from governance.models import ImportChange, Imported, ImportRun, ImportUndo, Project, User
from governance.record.witnessing import witness
from governance.services.imports import ORGANISATION_KINDS
from governance.services.marks import mark_projects

BATCH = 500


class UndoRefused(Exception):
    """Say why an import stays as it is, and list what builds on it."""

    def __init__(self, sentence: str, *, field: str = "", holds: tuple[Hold, ...] = ()) -> None:
        """Keep the sentence, the field it is about and the list."""
        super().__init__(sentence)
        self.field, self.holds = field, holds


def undo_obstacle(run: ImportRun) -> str:
    """Return why an import cannot be undone at all, whatever builds on it; or nothing."""
    if run.state != ImportState.DONE:
        return _("This import wrote nothing, so there is nothing to undo.")
    if hasattr(run, "undo"):
        return _("This import is undone already.")
    if run.project is None or run.kind in ORGANISATION_KINDS:
        return _("A portfolio makes projects; a project is closed, not undone.")
    if not run.taken:
        return _("Every row was there already, so there is nothing to undo.")
    return ""


@transaction.atomic
def undo_import(
    *, run: ImportRun, reason: str, undone_by: User | None, undone_at: datetime
) -> ImportUndo:
    """Void every row that an import brought and set back what it changed.

    Nothing is deleted: a question about an earlier moment still sees the rows. The project
    is marked, so its gate is judged again without them.

    :raises UndoRefused: there is no reason, nothing to undo, or something builds on it.
    """
    if not reason.strip():
        raise UndoRefused(_("Say why it is undone."), field="reason")
    obstacle = undo_obstacle(run)
    if obstacle or run.project is None:
        raise UndoRefused(obstacle)
    mark_projects(project_ids=[run.project.pk])
    held = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if ImportUndo.objects.filter(import_run=held).exists():
        raise UndoRefused(_("This import is undone already."))
    brought = brought_by(run)
    holds = tuple(holds_on(run, brought=brought))
    if holds:
        raise UndoRefused(_("Something builds on this import, so it stays."), holds=holds)
    counts = rows_to_void(run, brought=brought)
    if not counts:
        raise UndoRefused(_("This import is from before imports could be undone."))
    _set_back(run)
    undo = ImportUndo.objects.create(
        organisation_id=run.organisation_id,
        project=run.project,
        import_run=run,
        reason=reason.strip(),
        counts=counts,
        undone_by=undone_by,
        undone_at=undone_at,
    )
    _derive_anew(run.project)
    witness(undo, actor=undone_by)
    return undo


def rows_to_void(run: ImportRun, *, brought: Mapping[type[Imported], int]) -> dict[str, int]:
    """Return how many rows an import brought or changed, by what a reader calls them."""
    counts = {str(model._meta.verbose_name): number for model, number in brought.items()}
    changed = ImportChange.objects.filter(import_run=run).count()
    return counts | ({"changed row": changed} if changed else {})


def _set_back(run: ImportRun) -> None:
    """Give changed rows the values they had before."""
    newest_first = ImportChange.objects.filter(import_run=run).order_by("-pk")
    for model, changes in by_table(newest_first).items():
        rows = model._base_manager.in_bulk([change.row_id for change in changes])
        for change in changes:
            for name, value in change.before.items():
                setattr(rows[change.row_id], name, value_of(model, name=name, kept=value))
        touched = sorted({name for change in changes for name in change.before})
        model._base_manager.bulk_update(rows.values(), touched, batch_size=BATCH)


def _derive_anew(project: Project) -> None:
    for kind in settings.IMPORT_KINDS:
        load(kind).derive_anew(project)
