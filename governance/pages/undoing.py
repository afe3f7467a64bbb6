"""Before an import is undone: what would be voided, and what builds on it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.imports.holds import Hold, brought_by, holds_on
from governance.imports.undoing import rows_to_void, undo_obstacle
from governance.models import ImportRun
from governance.pages.trail import Step, import_step, trail_of


@dataclass(frozen=True, slots=True)
class UndoPage:
    """Whether an import can be undone, with the rows that go and the reasons against it."""

    run: ImportRun
    obstacle: str
    holds: list[Hold]
    counts: list[tuple[str, int]]
    answer: str
    trail: list[Step]

    @property
    def may_undo(self) -> bool:
        """Say whether nothing stands against it."""
        return not (self.obstacle or self.holds)


def undo_page(run: ImportRun) -> UndoPage:
    """Return what undoing an import would do."""
    obstacle = undo_obstacle(run)
    brought = {} if obstacle else brought_by(run)
    holds = [] if obstacle else holds_on(run, brought=brought)
    counts = {} if obstacle else rows_to_void(run, brought=brought)
    file = import_step(run)
    here = _("Undo")
    return UndoPage(
        run=run,
        obstacle=obstacle,
        holds=holds,
        counts=list(counts.items()),
        answer=obstacle or _answer(holds, sum(counts.values())),
        trail=trail_of(run.project, file, here) if run.project else [file, Step(here)],
    )


def _answer(holds: list[Hold], rows: int) -> str:
    if holds:
        return ngettext(
            "It cannot be undone yet: %(n)d thing builds on it.",
            "It cannot be undone yet: %(n)d things build on it.",
            len(holds),
        ) % {"n": len(holds)}
    return ngettext(
        "Nothing builds on it. %(n)d row would be voided; nothing is deleted.",
        "Nothing builds on it. %(n)d rows would be voided; nothing is deleted.",
        rows,
    ) % {"n": rows}
