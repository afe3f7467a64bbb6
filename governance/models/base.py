"""What tables have in common: tenant, public identifier, moment of recording."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class ProjectScoped(models.Model):
    """A row that belongs to one project of one client organisation."""

    organisation = models.ForeignKey(
        "governance.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    project = models.ForeignKey("governance.Project", on_delete=models.PROTECT, related_name="+")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Fact(ProjectScoped):
    """A row about something that happened outside; `recorded_at` is the database's clock."""

    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


class Imported(models.Model):
    """A row that a file may have brought; once that import is undone, it is seen no more.

    `edition` counts up when a file brings again what an undone import had brought.
    `process_paths` lead to the processes whose evidence the row is part of.
    """

    process_paths: ClassVar[tuple[str, ...]] = ()

    import_run = models.ForeignKey(
        "governance.ImportRun",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        editable=False,
    )
    edition = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        abstract = True


class Kept(models.Model):
    """A row that stays for good: triggers refuse DELETE, and a change of `fixed_fields`."""

    fixed_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


class AppendOnly(models.Model):
    """A row that is written once: triggers refuse UPDATE, DELETE, TRUNCATE and REPLACE.

    `business_actor_fields` names the account columns that only an account of the
    row's own client organisation may fill; the insert trigger refuses any other.
    """

    business_actor_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True
