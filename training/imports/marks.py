"""Marks and final results of learning analytics, with days counted from a start."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from governance.imports.cells import choice_of, short_of, whole_of
from governance.imports.columns import Record
from governance.imports.dates import start_of
from governance.imports.importers import Context
from governance.imports.limits import Unreadable
from training.choices import TrainingResult
from training.imports.courses import assessment_code
from training.imports.headings import NOT_YET, RESULTS
from training.imports.presentations import LONGEST, Starts, code_of_presentation, starts_of
from training.imports.record_rows import Line, RecordReader, score_of
from training.models import Requirement

PASS_MARK = 40


class MarkReader:
    """Read marks and final results with what the curriculum of the project says."""

    def __init__(self, reader: RecordReader, *, context: Context) -> None:
        """Ask once for what every row needs."""
        self.reader = reader
        self.starts: Starts = starts_of(context)
        self.pass_mark = _pass_mark(context)
        needs = Requirement.objects.filter(project=context.project)
        self.presentations: dict[str, str] = {}
        self.ends: dict[str, date | None] = {}
        for course, role, due in needs.values_list("course__code", "job_role__code", "due_date"):
            self.presentations[course] = role
            if course == role:
                self.ends[course] = due

    def read_mark(self, record: Record) -> Line:
        """Return the mark of an assessment; handed in and not marked is attended."""
        person = self.reader.person_of(record, "student")
        number = record.needed("assessment")
        code = assessment_code(number)
        course, version = self.reader.course_of(record, code, key="assessment")
        happened_at = start_of(self._day(record, code=code), zone=self.reader.zone)
        self.reader.refuse_future(record, happened_at)
        score, most = score_of(record)
        result = TrainingResult.ATTENDED
        if score is not None:
            passed = score >= self.pass_mark
            result = TrainingResult.PASSED if passed else TrainingResult.FAILED
        key = self.reader.external_id_of(record, f"{number}/{record.text('student')}")
        return Line(person, course, version, result.value, score, most, happened_at, key)

    def read_final(self, record: Record) -> Line | None:
        """Return the end of a presentation: passed or failed on its last day."""
        result = choice_of(record, "final", RESULTS)
        if result == NOT_YET:
            return None
        person = self.reader.person_of(record, "student")
        code = code_of_presentation(record)
        course, version = self.reader.course_of(record, code, key="module")
        end = self.ends.get(code)
        if end is None:
            raise record.refuse(
                "presentation",
                reason="has no last day",
                remedy="Import the courses first, with the option starts.",
            )
        happened_at = start_of(end, zone=self.reader.zone)
        self.reader.refuse_future(record, happened_at)
        student = short_of(record, "student", most=100)
        key = self.reader.external_id_of(record, f"{code}/{student}")
        return Line(person, course, version, result, None, None, happened_at, key, counts=False)

    def _day(self, record: Record, *, code: str) -> date:
        """Return the date of a day count that belongs to an assessment's presentation."""
        days = whole_of(record, "date", least=-LONGEST, most=LONGEST)
        if days is None:
            raise record.refuse("date", reason="is empty", remedy="Say on which day it was.")
        first = self.starts.first_day(self.presentations.get(code, ""))
        if first is None:
            presentation = self.presentations.get(code, "?").rpartition(" ")[2]
            raise Unreadable(
                f"Days are counted from the start of {presentation}, and nobody said when that"
                f" was. Give the option starts, as in {presentation}=2013-10-01."
            )
        return first + timedelta(days=days)


def _pass_mark(context: Context) -> Decimal:
    try:
        mark = Decimal(str(context.options.get("pass_mark") or PASS_MARK))
    except InvalidOperation as error:
        raise Unreadable("The option pass_mark is no number. Write it in percent.") from error
    if not 0 <= mark <= 100:  # noqa: PLR2004 - percent
        raise Unreadable("The option pass_mark lies between 0 and 100.")
    return mark
