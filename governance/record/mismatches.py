"""What there is to say where a row and the record do not agree."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class MismatchKind(StrEnum):
    """Name how a row and the record differ."""

    NO_ENTRY = "NO_ENTRY"
    NO_ROW = "NO_ROW"
    SEVERAL_ENTRIES = "SEVERAL_ENTRIES"
    OTHER_TERMS = "OTHER_TERMS"
    OTHER_TEXT = "OTHER_TEXT"
    OTHER_SIGNATURE = "OTHER_SIGNATURE"
    OTHER_STANDING = "OTHER_STANDING"
    LATE_CARRY = "LATE_CARRY"


_SENTENCES = {
    MismatchKind.NO_ENTRY: "{row} is not in the record",
    MismatchKind.NO_ROW: "{row} is in the record{place}, and no longer in its table",
    MismatchKind.SEVERAL_ENTRIES: "{row} is in the record more than once{place}",
    MismatchKind.OTHER_TERMS: "{row} says something else than the record{place}: {names}",
    MismatchKind.OTHER_TEXT: "{row} has other words than the record{place}: {names}",
    MismatchKind.OTHER_SIGNATURE: "{row} is not what was signed{place}: {names}",
    MismatchKind.OTHER_STANDING: "{row} stands otherwise than was decided: {names}",
    MismatchKind.LATE_CARRY: "{row} was taken over after the record had begun{place}",
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A row and the record that do not agree; `names` are the terms, texts or columns."""

    why: MismatchKind
    noun: str
    subject_id: UUID | None
    seq: int | None = None
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say it in one English sentence, without the dot."""
        return _SENTENCES[self.why].format(
            row=f"{self.noun} {self.subject_id}" if self.subject_id else self.noun,
            place="" if self.seq is None else f" (entry {self.seq})",
            names=", ".join(self.names),
        )
