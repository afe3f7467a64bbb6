"""What each job role has to learn."""

from django.db import models
from django.db.models import F, Q

from governance.models import BusinessProcess, Fact, Imported, Person
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import ImportedQuerySet
from training.querysets import CourseQuerySet


class Course(Imported, Fact):
    """A course in its current version; an older version's completion is outdated."""

    process_paths = ("process__accountable",)

    code = models.CharField(max_length=100)
    name = models.CharField(max_length=300)
    process = models.ForeignKey(
        BusinessProcess, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.CharField(max_length=20, default="1")
    version_at = models.DateTimeField(
        null=True, blank=True, help_text="When the current version replaced the one before."
    )
    has_check = models.BooleanField(
        default=True, help_text="Ends in a scenario check that is passed or failed."
    )
    source = models.CharField(max_length=60, blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("course"),
            *of_one_project("course", "process", clients=("import_run",)),
            models.UniqueConstraint(
                fields=["project", "code", "edition"], name="a_project_names_a_course_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class JobRole(Imported, Fact):
    """What somebody does in the business, such as accounts payable clerk."""

    code = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    is_super_user = models.BooleanField(default=False)
    source = models.CharField(max_length=60, blank=True)

    objects = ImportedQuerySet["JobRole"].as_manager()

    class Meta:
        constraints = [
            parent_of("job_role"),
            *of_one_project("job_role", clients=("import_run",)),
            models.UniqueConstraint(
                fields=["project", "code", "edition"], name="a_project_names_a_job_role_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class JobRoleAssignment(Imported, Fact):
    """A person's job role, from a date until a date."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    job_role = models.ForeignKey(JobRole, on_delete=models.PROTECT, related_name="assignments")
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)

    objects = ImportedQuerySet["JobRoleAssignment"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("assignment", "person", "job_role", clients=("import_run",)),
            models.UniqueConstraint(
                fields=["person", "job_role", "edition"], name="a_person_holds_a_job_role_once"
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True)
                | Q(from_date__isnull=True)
                | Q(to_date__gte=F("from_date")),
                name="a_job_role_does_not_end_before_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.job_role_id}"


class Requirement(Imported, Fact):
    """A course that a job role needs."""

    process_paths = ("course__process__accountable",)

    job_role = models.ForeignKey(JobRole, on_delete=models.PROTECT, related_name="requirements")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="requirements")
    is_mandatory = models.BooleanField(default=True)
    due_date = models.DateField(null=True, blank=True)

    objects = ImportedQuerySet["Requirement"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("requirement", "job_role", "course", clients=("import_run",)),
            models.UniqueConstraint(
                fields=["job_role", "course", "edition"], name="a_job_role_needs_a_course_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_role_id} {self.course_id}"
