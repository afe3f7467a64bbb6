"""Job roles against courses: how many people are through, of how many who have to be."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Project
from governance.pages.amounts import amount_text
from governance.pages.trail import Step, trail_of
from training.models import Course, JobRole
from training.querysets.matrix import MatrixCell, course_tallies, matrix_cells

FEW_PERCENT = 70


@dataclass(frozen=True, slots=True)
class Share:
    """Done of due, with a tone that says how far that is; nothing due has none."""

    done: int
    due: int

    @property
    def percent(self) -> int | None:
        """Return whole percent, rounded down, so that 100 means all."""
        return self.done * 100 // self.due if self.due else None

    @property
    def tone(self) -> str:
        """Return the tone; only everybody is green."""
        percent = self.percent
        if percent is None:
            return "quiet"
        if self.done == self.due:
            return "good"
        return "warn" if percent >= FEW_PERCENT else "bad"

    @property
    def passed_word(self) -> str:
        """Return how many of the people passed, in a word."""
        if self.done == self.due:
            return _("All passed")
        if not self.done:
            return _("Nobody passed")
        return _("Most passed") if self.tone == "warn" else _("Some passed")

    @property
    def shape(self) -> str:
        """Return the icon that goes with the tone."""
        shapes = {"good": "circle-check", "warn": "alert-triangle", "bad": "circle-x"}
        return shapes.get(self.tone, "minus")


@dataclass(frozen=True, slots=True)
class Cell:
    """One job role in one course: passed of due, completed where there is no check.

    No share where the role does not need it.
    """

    share: Share | None
    column: str
    text: str
    word: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One job role with its cells, in the order of the courses."""

    role: JobRole
    people: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class CourseColumn:
    """One course with everybody who needs it."""

    course: Course
    href: str
    completed: Share
    passed: Share | None
    outdated: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Roles against courses, with the line that answers first and where its people are."""

    columns: list[CourseColumn]
    rows: list[RoleRow]
    answer: str
    open_href: str
    trail: list[Step]


def training_matrix(project: Project, *, today: date) -> Matrix:
    """Return who has to learn what, and how far they are."""
    courses = list(Course.objects.filter(project=project).order_by("code"))
    roles = list(JobRole.objects.filter(project=project).order_by("name", "code"))
    cells = {
        (cell.job_role_id, cell.course_id): cell
        for cell in matrix_cells(project_id=project.pk, today=today)
    }
    columns = _columns(project, courses, today)
    return Matrix(
        columns=columns,
        rows=[_row(project, role, [column.course for column in columns], cells) for role in roles],
        answer=_answer(columns),
        open_href=reverse("training:trainee-list", args=[project.public_id]),
        trail=trail_of(project, _("Training")),
    )


def matrix_rows(project: Project, *, today: date) -> list[dict[str, object]]:
    """Return every job role with every course it needs, by their codes."""
    courses = Course.objects.filter(project=project).in_bulk()
    roles = JobRole.objects.filter(project=project).in_bulk()
    rows: list[dict[str, object]] = [
        {
            "job_role": roles[cell.job_role_id].code,
            "course": courses[cell.course_id].code,
            "is_mandatory": cell.is_mandatory,
            "due": cell.due,
            "completed": cell.completed,
            "passed": _share(cell, courses[cell.course_id]).done,
            "outdated": cell.outdated,
        }
        for cell in matrix_cells(project_id=project.pk, today=today)
    ]
    return sorted(rows, key=lambda row: (str(row["job_role"]), str(row["course"])))


def _columns(project: Project, courses: list[Course], today: date) -> list[CourseColumn]:
    tallies = {
        tally.course_id: tally for tally in course_tallies(project_id=project.pk, today=today)
    }
    return [
        CourseColumn(
            course=course,
            href=_people_address(project, course),
            completed=Share(tally.completed, tally.due),
            passed=Share(tally.passed, tally.due) if course.has_check else None,
            outdated=tally.outdated,
        )
        for course in courses
        if (tally := tallies.get(course.pk))
    ]


def _row(
    project: Project,
    role: JobRole,
    courses: list[Course],
    cells: dict[tuple[int, int], MatrixCell],
) -> RoleRow:
    found = [cells.get((role.pk, course.pk)) for course in courses]
    return RoleRow(
        role=role,
        people=max((cell.due for cell in found if cell), default=0),
        cells=[
            _cell(project, role, course, cell) for course, cell in zip(courses, found, strict=True)
        ],
    )


def _cell(project: Project, role: JobRole, course: Course, cell: MatrixCell | None) -> Cell:
    if cell is None:
        return Cell(None, "", "", "", "", "")
    share = _share(cell, course)
    text = _("%(done)s of %(due)s") % {"done": share.done, "due": share.due}
    word = share.passed_word
    if not cell.is_mandatory:
        word = _("%(word)s (optional)") % {"word": word}
    label = _("%(cell)s: %(text)s, %(word)s") % {
        "cell": f"{role.name}, {course.name}",
        "text": text,
        "word": word,
    }
    href = f"{_people_address(project, course)}?role={role.public_id}"
    return Cell(share, course.name, text, word, label, href)


def _people_address(project: Project, course: Course) -> str:
    return reverse("training:course-people", args=[project.public_id, course.public_id])


def _share(cell: MatrixCell, course: Course) -> Share:
    return Share(cell.passed if course.has_check else cell.completed, cell.due)


def _answer(columns: list[CourseColumn]) -> str:
    due = sum(column.completed.due for column in columns)
    done = sum(column.completed.done for column in columns)
    through = sum((column.passed or column.completed).done for column in columns)
    if not due:
        return _(
            "Nobody has to learn anything yet: import the roster, the courses and who needs what."
        )
    return _(
        "%(done)s of %(due)s required courses are completed (%(percent)s %%),"
        " %(through)s are passed."
    ) % {
        "done": amount_text(done),
        "due": amount_text(due),
        "percent": done * 100 // due,
        "through": amount_text(through),
    }
