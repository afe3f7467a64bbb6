"""Words of the map: closed lists that the database stores in upper case."""

from functools import cache

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _


@cache
def english(choice: TextChoices) -> str:
    """Return a choice's word as it is stored and sent, whatever language the reader speaks."""
    with override("en"):
        return str(choice.label)


def inside(word: str | Promise) -> str:
    """Return a label as it stands inside a sentence: small, but for what German writes large."""
    text = str(word)
    if (get_language() or "en").startswith("en"):
        return text.lower()
    first = text.partition(" ")[0]
    return text if first[1:] != first[1:].lower() else f"{text[:1].lower()}{text[1:]}"


class OrganisationKind(TextChoices):
    """Say on which side of the contract an organisation stands."""

    CLIENT = "CLIENT", _("Client")
    PARTNER = "PARTNER", _("Partner")


class Role(TextChoices):
    """Name what an account does in a project."""

    SPONSOR = "SPONSOR", _("Sponsor")
    STEERING = "STEERING", _("Steering member")
    PROJECT_MANAGER = "PROJECT_MANAGER", _("Project manager")
    PROCESS_OWNER = "PROCESS_OWNER", _("Process owner")
    DEPARTMENT_MANAGER = "DEPARTMENT_MANAGER", _("Department manager")
    TEST_LEAD = "TEST_LEAD", _("Test lead")
    CHANGE_LEAD = "CHANGE_LEAD", _("Change lead")
    DATA_OWNER = "DATA_OWNER", _("Data owner")
    IT = "IT", _("IT operations")
    FINANCE = "FINANCE", _("Finance")
    SECURITY = "SECURITY", _("Security")
    BUSINESS_USER = "BUSINESS_USER", _("Business user")
    CONSULTANT = "CONSULTANT", _("Consultant")
    AUDITOR = "AUDITOR", _("Auditor")


EXECUTIVE_ROLES = (Role.SPONSOR, Role.STEERING)


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


class Affiliation(TextChoices):
    """Say for whom somebody acted at the time; only CLIENT is counted."""

    CLIENT = "CLIENT", _("Client's business")
    PARTNER = "PARTNER", _("Partner")
    UNKNOWN = "UNKNOWN", _("Unknown")


class Ruling(TextChoices):
    """Say what a process owner made of a vendor's assumption."""

    RATIFIED = "RATIFIED", _("Ratified")
    CORRECTED = "CORRECTED", _("Corrected")
    REJECTED = "REJECTED", _("Rejected")


class SignoffKind(TextChoices):
    """Name what a signature covers."""

    PROCESS_EVIDENCE = "PROCESS_EVIDENCE", _("Process evidence")


class SignoffAct(TextChoices):
    """Say what the signer did."""

    SIGNED = "SIGNED", _("Signed")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class JobState(TextChoices):
    """Say how far a background job has come."""

    PENDING = "PENDING", _("Waiting")
    RUNNING = "RUNNING", _("Running")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Failed")


class ImportState(TextChoices):
    """Say how an import ended."""

    PENDING = "PENDING", _("Waiting")
    RUNNING = "RUNNING", _("Running")
    CHECKED = "CHECKED", _("Checked, nothing written")
    DONE = "DONE", _("Imported")
    REFUSED = "REFUSED", _("Refused, nothing written")
    FAILED = "FAILED", _("Failed")


class Scope(TextChoices):
    """Name what an API token may do."""

    READ = "READ", _("Read")
    PUSH = "PUSH", _("Push facts")
