"""Rows of training records, read one by one."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from governance.imports.cells import choice_of, decimal_of, moment_of, short_of
from governance.imports.columns import Record, plain_heading
from governance.imports.importers import Context
from governance.imports.ledger import RowSkipped
from governance.models import Person
from training.imports.headings import NOT_YET, RESULTS
from training.models import Course, TrainingRecord

SOURCE = "training-file"
HUNDRED = Decimal(100)
LARGEST_SCORE = Decimal(99_999)
CENT = Decimal("0.01")
LONGEST_ID = 200


class Line(NamedTuple):
    """One record, its columns in the order in which they are written.

    `counts` is False for what a second importer reads from another's table.
    """

    person_id: int
    course_id: int
    course_version: str
    result: str
    score: Decimal | None
    score_max: Decimal | None
    happened_at: datetime
    external_id: str
    counts: bool = True

    @property
    def content(self) -> tuple[object, ...]:
        """Return what may never change under one external id."""
        return self[:7]


class RecordReader:
    """Read rows with what is known about the project."""

    def __init__(self, context: Context) -> None:
        """Ask once for what every row needs."""
        self.context, self.zone = context, context.zone
        self.people = _people(context)
        self.courses = _courses(context)
        self.seen: Counter[str] = Counter()
        self.rows: dict[tuple[object, ...], int] = {}
        self.told: Mapping[str, tuple[object, ...]] = {
            row[-1]: row[:-1]
            for row in TrainingRecord.objects.filter(
                project=context.project, source=SOURCE
            ).values_list(
                "person_id",
                "course_id",
                "course_version",
                "result",
                "score",
                "score_max",
                "happened_at",
                "external_id",
            )
        }

    def read_record(self, record: Record) -> Line:
        """Return a record in our own columns.

        :raises CellRefused: something in it cannot be.
        :raises RowSkipped: it says that nothing is finished yet, or repeats an earlier row.
        """
        first = self.rows.setdefault(tuple(record.row.cells), record.row.number)
        if first != record.row.number:
            raise RowSkipped("the same as an earlier row")
        result = choice_of(record, "result", RESULTS)
        if result == NOT_YET:
            raise RowSkipped("not finished yet")
        person = self.person_of(record, "person")
        course, version = self.course_of(record, record.text("course"), key="course")
        happened_at = moment_of(record, "date", zone=self.zone, order=self.context.dates)
        if happened_at is None:
            raise record.refuse("date", reason="is empty", remedy="Say when it was.")
        self.refuse_future(record, happened_at)
        score, most = score_of(record)
        said = short_of(record, "version", most=20) or version
        return Line(
            person,
            course,
            said,
            result,
            score,
            most,
            happened_at,
            self.external_id_of(
                record,
                record.text("record") or f"{person}|{course}|{result}|{happened_at.isoformat()}",
            ),
        )

    def person_of(self, record: Record, key: str) -> int:
        """Return the id of the person whom a cell names by number or e-mail.

        :raises CellRefused: nobody on the roster goes by it.
        """
        word = record.text(key)
        person = self.people.get(word) or self.people.get(word.casefold())
        if not person:
            raise record.refuse(
                key,
                reason="is nobody on the roster" if word else "is empty",
                remedy="Import the roster first, or correct the ID.",
            )
        return person

    def course_of(self, record: Record, code: str, *, key: str) -> tuple[int, str]:
        """Return id and version of a course by code, or by a name that only one has.

        :raises CellRefused: no course goes by it.
        """
        course = self.courses.get(code) or self.courses.get(f"name:{plain_heading(code)}")
        if not course:
            raise record.refuse(
                key,
                reason="is no course of this project" if code else "is empty",
                remedy="Import the courses first, or correct the code.",
            )
        return course

    def refuse_future(self, record: Record, happened_at: datetime) -> None:
        """Refuse what has not happened yet.

        :raises CellRefused: it lies after the moment of the import.
        """
        if happened_at > self.context.moment:
            raise record.refuse("date", reason="lies in the future", remedy="Correct the date.")

    def external_id_of(self, record: Record, made: str) -> str:
        """Return the id of a record, counted where its content alone makes it.

        :raises CellRefused: it is the record's own and in the file twice.
        """
        key = made[:LONGEST_ID]
        self.seen[key] += 1
        if self.seen[key] == 1:
            return key
        if record.text("record"):
            raise record.refuse(
                "record", reason="is in the file twice", remedy="Give each record an ID of its own."
            )
        return f"{key[: LONGEST_ID - 10]}#{self.seen[key]}"


def score_of(record: Record) -> tuple[Decimal | None, Decimal | None]:
    """Return (score, maximum); a score without a maximum is one of 100.

    :raises CellRefused: it is below 0 or above its maximum.
    """
    score, most = decimal_of(record, "score"), decimal_of(record, "most")
    if score is None:
        return None, None
    most = HUNDRED if most is None else most
    if not 0 < most <= LARGEST_SCORE:
        raise record.refuse("most", reason="is no maximum", remedy="Write a number above 0.")
    if not 0 <= score <= most:
        raise record.refuse(
            "score", reason=f"does not lie between 0 and {most}", remedy="Correct score or maximum."
        )
    return score.quantize(CENT), most.quantize(CENT)


def _people(context: Context) -> dict[str, int]:
    """Return ids of people by number and, where only one has it, by e-mail in lower case."""
    rows = Person.objects.filter(project=context.project).values_list("pk", "external_id", "email")
    mails = Counter(email.casefold() for _, _, email in rows)
    by_word = {email.casefold(): pk for pk, _, email in rows if mails[email.casefold()] == 1}
    by_word.pop("", None)
    return by_word | {external_id: pk for pk, external_id, _ in rows}


def _courses(context: Context) -> dict[str, tuple[int, str]]:
    """Return (id, version) of courses by code, and by name where only one has it."""
    rows = Course.objects.filter(project=context.project).values_list(
        "pk", "code", "name", "version"
    )
    names = Counter(plain_heading(name) for _, _, name, _ in rows)
    found = {
        f"name:{plain_heading(name)}": (pk, version)
        for pk, _, name, version in rows
        if names[plain_heading(name)] == 1
    }
    return found | {code: (pk, version) for pk, code, _, version in rows}
