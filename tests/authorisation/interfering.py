"""The world next door: the same but for the other client's rows, so the same answers."""

import pickle
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from governance.record.guards import bring_back, lay_aside
from tests.authorisation import marks
from tests.authorisation.asking import Answer, Desk
from tests.authorisation.comparing import difference
from tests.authorisation.judging import Cell, Leak
from tests.authorisation.world import World, settle, use

ABSENT, EMPTY = "absent", "empty"
# Who is asked again in which world: a shared consultant still works for the emptied client.
WITNESSES = {
    **dict.fromkeys(
        (
            *("project_manager", "sponsor", "process_owner", "auditor", "administrator"),
            *("stranger", "other_lead", "anonymous", "consultant@a"),
            *("project_manager token(read+push)", "administrator token(read+push)"),
            *("stranger token(read+push)", "consultant token(read+push)@a"),
        ),
        ABSENT,
    ),
    **dict.fromkeys(("shared@a", "shared token(read+push)@a"), EMPTY),
}
# What the emptied client keeps: itself, its people and their seats, its project by name.
KEPT = {
    *("governance.Organisation", "governance.User", "governance.Participation"),
    *("governance.Project", "governance.Project_partners", "governance.ApiToken"),
    *("governance.SignedInSession", "readiness.Gate", "governance.ProjectMark"),
}
OTHERS = {"b", "b1"}


@dataclass(frozen=True, slots=True)
class Heard:
    """A question and its answer, kept small until it is asked again next door."""

    cell: Cell
    told: bytes

    @property
    def answer(self) -> tuple[Any, ...]:
        """Return the answer as it was."""
        held: tuple[Any, ...] = pickle.loads(zlib.decompress(self.told))  # noqa: S301 - our own
        return held


def heard(cell: Cell, answer: Answer, known: frozenset[bytes]) -> Heard:
    """Keep an answer without what is new in every one."""
    return Heard(cell, zlib.compress(pickle.dumps(answer.alike(cell.ask, unknown=known)), 1))


def build_others(world: World) -> None:
    """Write the files of the other worlds: without the other client, and without its facts."""
    for name, kept in ((ABSENT, frozenset[str]()), (EMPTY, frozenset(KEPT))):
        file = world.folder / f"{name}.sqlite3"
        shutil.copyfile(world.file, file)
        use(file)
        _take_away(world.owners, kept)
        settle()
        world.others[name] = file
    use(world.file)


def _take_away(owners: marks.Owners, kept: frozenset[str]) -> None:
    tables = {model: dict(owners.of_table(model)) for model in marks.all_models()}
    laid_aside = lay_aside(connection)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        for model, held in tables.items():
            gone = [pk for pk, owner in held.items() if owner in OTHERS]
            if model._meta.label not in kept and gone:
                key, marks_of = str(model._meta.pk.column), ", ".join(["%s"] * len(gone))
                cursor.execute(
                    f'DELETE FROM "{model._meta.db_table}" WHERE "{key}" IN ({marks_of})',  # noqa: S608
                    gone,
                )
    bring_back(connection, laid_aside)


def again(desk: Desk, questions: list[Heard], known: frozenset[bytes]) -> Iterator[Leak]:
    """Ask again in another world, and yield where the answer is another one."""
    for question in questions:
        cell, before = question.cell, question.answer
        after = desk.ask(cell.ask).alike(cell.ask, unknown=known)
        if after != before:
            yield Leak(
                str(cell), "non-interference", f"another answer: {difference(before, after)}"
            )
