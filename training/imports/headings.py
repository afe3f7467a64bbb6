"""The columns of rosters, courses and records: our own, and those of learning analytics."""

from django.utils.translation import gettext_noop

from governance.imports.columns import Column, Record, lay_over
from governance.imports.tables import Table
from training.choices import TrainingResult

LONGEST_WORD = 100
PERSON_NAMES = (
    gettext_noop("Person ID"),
    "Employee ID",
    "Personnel number",
    "Employee number",
    "User ID",
    "Learner ID",
)
ROSTER = (
    Column("person", (*PERSON_NAMES, "ID", "External ID"), required=True),
    Column("name", ("Name", "Full name", "Employee", "Employee name"), required=True),
    Column("email", ("Email", "E-mail", "Mail")),
    Column("department", ("Department", "Org unit", "Organisational unit")),
    Column("site", ("Site", "Plant", "Location")),
    Column("title", ("Job title", "Position")),
    Column("roles", ("Job role", "Job roles", "Roles")),
    Column("joined", ("Joined", "Hire date", "Hired", "Start date")),
    Column("left", ("Left", "Leaving date", "Left on", "End date")),
)
COURSES = (
    Column("course", ("Course code", "Course ID"), required=True),
    Column("name", ("Course name", "Course title", "Course", "Title", "Name"), required=True),
    Column("process", ("Process", "Process code")),
    Column("version", ("Version", "Course version")),
    Column("check", ("Has check", "Scenario check", "Check")),
    Column("roles", ("Required for", "Job roles", "Job role", "Roles")),
    Column("mandatory", ("Mandatory",)),
    Column("due", ("Due", "Due date")),
)
RECORDS = (
    Column("person", (*PERSON_NAMES, "Person", "Learner", "Email", "E-mail"), required=True),
    Column("course", ("Course code", "Course ID", "Course", "Course name"), required=True),
    Column("result", ("Result", "Status", "Outcome", "Completion status"), required=True),
    Column(
        "date",
        ("Date", "Completed at", "Completion date", "Completed", "Happened at", "Completed on"),
        required=True,
    ),
    Column("version", ("Version", "Course version")),
    Column("score", ("Score", "Points", "Grade")),
    Column("most", ("Max score", "Maximum", "Out of", "Score max")),
    Column("record", ("Record ID", "Statement ID")),
)
MODULES = (
    Column("module", ("code_module",), required=True),
    Column("presentation", ("code_presentation",), required=True),
    Column("length", ("module_presentation_length",), required=True),
)
ASSESSMENTS = (
    Column("module", ("code_module",), required=True),
    Column("presentation", ("code_presentation",), required=True),
    Column("assessment", ("id_assessment",), required=True),
    Column("type", ("assessment_type",), required=True),
    Column("date", ("date",), required=True),
    Column("weight", ("weight",), required=True),
)
STUDENTS = (
    Column("module", ("code_module",), required=True),
    Column("presentation", ("code_presentation",), required=True),
    Column("student", ("id_student",), required=True),
    Column("final", ("final_result",), required=True),
    Column("region", ("region",)),
)
REGISTRATIONS = (
    Column("module", ("code_module",), required=True),
    Column("presentation", ("code_presentation",), required=True),
    Column("student", ("id_student",), required=True),
    Column("from", ("date_registration",), required=True),
    Column("to", ("date_unregistration",), required=True),
)
MARKS = (
    Column("assessment", ("id_assessment",), required=True),
    Column("student", ("id_student",), required=True),
    Column("date", ("date_submitted",), required=True),
    Column("score", ("score",), required=True),
)
NOT_YET = ""
RESULTS = {
    **dict.fromkeys(("attended", "present", "participated"), TrainingResult.ATTENDED),
    **dict.fromkeys(("completed", "complete", "done", "finished"), TrainingResult.COMPLETED),
    **dict.fromkeys(("passed", "pass", "distinction"), TrainingResult.PASSED),
    **dict.fromkeys(("failed", "fail"), TrainingResult.FAILED),
    **dict.fromkeys(
        ("in progress", "not started", "enrolled", "registered", "incomplete", "withdrawn"), NOT_YET
    ),
}


def is_laid_out(table: Table, *layouts: tuple[Column, ...]) -> bool:
    """Say whether a table has the columns of one of the layouts."""
    return any(lay_over(table, layout) is not None for layout in layouts)


def words_of(record: Record, key: str) -> list[str]:
    """Return the words of a cell that lists several, between semicolons or bars.

    :raises CellRefused: one of them is too long for a name.
    """
    parts = record.text(key).replace("|", ";").replace("\n", ";").split(";")
    words = list(dict.fromkeys(part.strip() for part in parts if part.strip()))
    if any(len(word) > LONGEST_WORD for word in words):
        raise record.refuse(
            key,
            reason=f"lists something of more than {LONGEST_WORD} signs",
            remedy="Put a semicolon between the names.",
        )
    return words
