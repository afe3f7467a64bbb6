"""The roster of a project: departments and persons."""

from django.db import models
from django.db.models import F, Q

from governance.models.accounts import User
from governance.models.base import Fact, Imported, ProjectScoped
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import ImportedQuerySet


class Department(Imported, ProjectScoped):
    """A department of the client, with the manager who releases people's time."""

    name = models.CharField(max_length=200)
    manager = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ImportedQuerySet["Department"].as_manager()

    class Meta:
        constraints = [
            parent_of("department"),
            *of_one_project(
                "department",
                clients=(
                    "manager",
                    "import_run",
                ),
            ),
            models.UniqueConstraint(
                fields=["project", "name", "edition"], name="a_project_names_a_department_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Person(Imported, Fact):
    """A roster entry: somebody of the client's business, with an account or without."""

    external_id = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    site = models.CharField(max_length=100, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    joined_date = models.DateField(null=True, blank=True)
    left_date = models.DateField(null=True, blank=True)
    account = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=60, blank=True)

    objects = ImportedQuerySet["Person"].as_manager()

    class Meta:
        constraints = [
            parent_of("person"),
            *of_one_project(
                "person",
                "department",
                clients=(
                    "account",
                    "import_run",
                ),
            ),
            models.UniqueConstraint(
                fields=["project", "external_id", "edition"], name="a_roster_names_a_person_once"
            ),
            models.CheckConstraint(
                condition=Q(left_date__isnull=True)
                | Q(joined_date__isnull=True)
                | Q(left_date__gte=F("joined_date")),
                name="nobody_left_before_joining",
            ),
        ]

    def __str__(self) -> str:
        return self.name
