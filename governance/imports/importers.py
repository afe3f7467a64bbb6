"""What an importer is, what it is told and what it leaves."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from governance.imports.columns import Column, lay_over
from governance.imports.ledger import Ledger
from governance.imports.tables import Table
from governance.models import ImportRun, Organisation, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every importer is told: for whom, at which moment, and how.

    `options` are those of `governance.services.imports.KNOWN_OPTIONS`.
    """

    organisation: Organisation
    moment: datetime
    target: Project | None = None
    run: ImportRun | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def project(self) -> Project:
        """Return the project that the facts belong to; asking for it makes it needed."""
        if self.target is None:
            raise LookupError("Choose the project that these facts belong to.")
        return self.target

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the project."""
        return ZoneInfo(self.project.time_zone)

    @property
    def dates(self) -> str:
        """Return how 03/04/2026 is to be read: dmy, mdy, or nothing when nobody said."""
        return str(self.options.get("dates") or "")


@dataclass(slots=True)
class Tally:
    """What writing left: rows of the file taken or there already, and rows of ours by noun."""

    taken: int = 0
    unchanged: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Take over what another step left."""
        self.taken += other.taken
        self.unchanged += other.unchanged
        self.counts += other.counts


class Importer:
    """Read tables of one kind: check every row, then write what is sound.

    `check` reads our tables and writes none; `write` runs in the import's transaction.
    Writing the same plan twice changes nothing the second time. `wants` names the
    headings it needs; `companions` are kinds whose tables may lie in the same bundle when
    this one is asked for by name. `layouts` are the columns of each dialect by its name; the
    first are our own, to which anybody may say which column is which.
    """

    kind: ClassVar[str]
    wants: ClassVar[str]
    companions: ClassVar[tuple[str, ...]] = ()
    layouts: ClassVar[Mapping[str, tuple[Column, ...]]] = {}

    @classmethod
    def own_columns(cls) -> tuple[Column, ...]:
        """Return the columns that a file can be mapped to; none where it cannot."""
        return next(iter(cls.layouts.values()), ())

    def recognises(self, table: Table) -> bool:
        """Say whether a table has the columns of one of the layouts."""
        return any(lay_over(table, columns) is not None for columns in self.layouts.values())

    def also_reads(self, table: Table) -> bool:
        """Say whether this kind takes something from a table that is another one's."""
        return False

    def check(self, tables: Sequence[Table], context: Context, ledger: Ledger) -> Any:
        """Return what is to be written, after noting every refusal and skip."""
        raise NotImplementedError

    def write(self, plan: Any, context: Context) -> Tally:
        """Write a plan and bring what hangs on it up to date."""
        raise NotImplementedError

    def derive_anew(self, project: Project) -> None:
        """Bring what is kept beside the facts up to date after an import was undone."""
