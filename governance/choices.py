"""Words of the map: closed lists that the database stores in upper case."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """Say on which side of the contract an organisation stands."""

    CLIENT = "CLIENT", "Client"
    PARTNER = "PARTNER", "Partner"


class Role(TextChoices):
    """Name what an account does in a project."""

    SPONSOR = "SPONSOR", "Sponsor"
    STEERING = "STEERING", "Steering member"
    PROJECT_MANAGER = "PROJECT_MANAGER", "Project manager"
    PROCESS_OWNER = "PROCESS_OWNER", "Process owner"
    DEPARTMENT_MANAGER = "DEPARTMENT_MANAGER", "Department manager"
    TEST_LEAD = "TEST_LEAD", "Test lead"
    CHANGE_LEAD = "CHANGE_LEAD", "Change lead"
    DATA_OWNER = "DATA_OWNER", "Data owner"
    IT = "IT", "IT operations"
    FINANCE = "FINANCE", "Finance"
    SECURITY = "SECURITY", "Security"
    BUSINESS_USER = "BUSINESS_USER", "Business user"
    CONSULTANT = "CONSULTANT", "Consultant"
    AUDITOR = "AUDITOR", "Auditor"


EXECUTIVE_ROLES = (Role.SPONSOR, Role.STEERING)
BUSINESS_ROLES = tuple(role for role in Role if role is not Role.CONSULTANT)


class Phase(TextChoices):
    """Name the phase a project is in."""

    DESIGN = "DESIGN", "Design"
    BUILD = "BUILD", "Build"
    UAT = "UAT", "User acceptance testing"
    CUTOVER = "CUTOVER", "Cutover"
    HYPERCARE = "HYPERCARE", "Hypercare"
    CLOSED = "CLOSED", "Closed"


class Criticality(TextChoices):
    """Rank how much the business depends on a process or a scenario."""

    CRITICAL = "CRITICAL", "Critical"
    HIGH = "HIGH", "High"
    MEDIUM = "MEDIUM", "Medium"
    LOW = "LOW", "Low"


class ProcessLevel(TextChoices):
    """Name the level of a node in the process tree."""

    END_TO_END = "END_TO_END", "End-to-end process"
    AREA = "AREA", "Process area"
    PROCESS = "PROCESS", "Process"


class Affiliation(TextChoices):
    """Say for whom somebody acted at the time; only CLIENT is counted."""

    CLIENT = "CLIENT", "Client's business"
    PARTNER = "PARTNER", "Partner"
    UNKNOWN = "UNKNOWN", "Unknown"


class Ruling(TextChoices):
    """Say what a process owner made of a vendor's assumption."""

    RATIFIED = "RATIFIED", "Ratified"
    CORRECTED = "CORRECTED", "Corrected"
    REJECTED = "REJECTED", "Rejected"


class SignoffKind(TextChoices):
    """Name what a signature covers."""

    PROCESS_EVIDENCE = "PROCESS_EVIDENCE", "Process evidence"


class SignoffAct(TextChoices):
    """Say what the signer did."""

    SIGNED = "SIGNED", "Signed"
    REFUSED = "REFUSED", "Refused"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


class JobState(TextChoices):
    """Say how far a background job has come."""

    PENDING = "PENDING", "Waiting"
    RUNNING = "RUNNING", "Running"
    DONE = "DONE", "Done"
    FAILED = "FAILED", "Failed"


class ImportState(TextChoices):
    """Say how an import ended."""

    PENDING = "PENDING", "Waiting"
    RUNNING = "RUNNING", "Running"
    CHECKED = "CHECKED", "Checked, nothing written"
    DONE = "DONE", "Imported"
    REFUSED = "REFUSED", "Refused, nothing written"
    FAILED = "FAILED", "Failed"


class Scope(TextChoices):
    """Name what an API token may do."""

    READ = "READ", "Read"
    PUSH = "PUSH", "Push facts"
