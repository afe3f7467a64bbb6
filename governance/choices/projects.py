"""Words of a project and its processes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Phase(TextChoices):
    """Name the phase a project is in."""

    DESIGN = "DESIGN", _("Design")
    BUILD = "BUILD", _("Build")
    UAT = "UAT", _("User acceptance testing")
    CUTOVER = "CUTOVER", _("Cutover")
    HYPERCARE = "HYPERCARE", _("Hypercare")
    CLOSED = "CLOSED", _("Closed")


class Criticality(TextChoices):
    """Rank how much the business depends on a process or a scenario."""

    CRITICAL = "CRITICAL", _("Critical")
    HIGH = "HIGH", _("High")
    MEDIUM = "MEDIUM", _("Medium")
    LOW = "LOW", _("Low")


class ProcessLevel(TextChoices):
    """Name the level of a node in the process tree."""

    END_TO_END = "END_TO_END", _("End-to-end process")
    AREA = "AREA", _("Process area")
    PROCESS = "PROCESS", _("Process")


class ImportState(TextChoices):
    """Say how an import ended."""

    PENDING = "PENDING", _("Waiting")
    RUNNING = "RUNNING", _("Running")
    CHECKED = "CHECKED", _("Checked, nothing written")
    DONE = "DONE", _("Imported")
    REFUSED = "REFUSED", _("Refused, nothing written")
    FAILED = "FAILED", _("Failed")


class JobState(TextChoices):
    """Say how far a background job has come."""

    PENDING = "PENDING", _("Waiting")
    RUNNING = "RUNNING", _("Running")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Failed")


class Scope(TextChoices):
    """Name what an API token may do."""

    READ = "READ", _("Read")
    PUSH = "PUSH", _("Push facts")
