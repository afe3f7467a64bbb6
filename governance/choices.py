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


class AccountState(TextChoices):
    """Name what an administrator looks for among accounts."""

    ACTIVE = "ACTIVE", _("Open")
    CLOSED = "CLOSED", _("Closed")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrators")
    NO_FACTOR = "NO_FACTOR", _("Without a second factor")
    NEVER_SEEN = "NEVER_SEEN", _("Never signed in")


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
    SCOPE = "SCOPE", _("Scope of a process")
    CHARTER = "CHARTER", _("Charter")
    ACCEPTANCE = "ACCEPTANCE", _("Acceptance of a risk")
    POLICY_CHANGE = "POLICY_CHANGE", _("Change of policy")
    CLOSURE = "CLOSURE", _("Closure of testing")
    GO_NO_GO = "GO_NO_GO", _("Go or no-go")
    HANDOVER = "HANDOVER", _("Handover to operations")


class SignoffAct(TextChoices):
    """Say what the signer did."""

    SIGNED = "SIGNED", _("Signed")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class AuthenticationMethod(TextChoices):
    """Say by which two components somebody proved at a signing who it is."""

    PASSWORD_TOTP = "PASSWORD_TOTP", _("password and authenticator app")
    PASSKEY = "PASSKEY", _("passkey")
    SINGLE_SIGN_ON = "SINGLE_SIGN_ON", _("fresh single sign-on")


class AnchorKind(TextChoices):
    """Say where a checkpoint was put outside."""

    MAIL = "MAIL", _("mailed to the client")
    RECEIPT = "RECEIPT", _("receipt mailed to a signer")
    TIMESTAMP = "TIMESTAMP", _("time stamp of an authority")


class RecordKind(TextChoices):
    """Name what an entry of a project's record is about."""

    LOG_STARTED = "LOG_STARTED", _("Record started")
    KEY_ROTATED = "KEY_ROTATED", _("Key of the record changed")
    CARRIED_OVER = "CARRIED_OVER", _("Taken over from before the record")
    SIGNED = "SIGNED", _("Signed")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    AGREED = "AGREED", _("Agreed that the signature binds")
    DELEGATED = "DELEGATED", _("Signing delegated")
    DELEGATION_ENDED = "DELEGATION_ENDED", _("Delegation ended")
    OWNER_NAMED = "OWNER_NAMED", _("Owner named")
    ROLE_GIVEN = "ROLE_GIVEN", _("Role given")
    ROLE_ENDED = "ROLE_ENDED", _("Role ended")
    AUTHENTICATOR_CHANGED = "AUTHENTICATOR_CHANGED", _("Second factor changed")
    DECISION_RAISED = "DECISION_RAISED", _("Decision raised")
    DECIDED = "DECIDED", _("Decided")
    ASSUMPTION_WRITTEN = "ASSUMPTION_WRITTEN", _("Assumption written down")
    ASSUMPTION_RULED = "ASSUMPTION_RULED", _("Assumption ruled on")
    DATE_SET = "DATE_SET", _("Go-live date set")
    DATE_MOVED = "DATE_MOVED", _("Go-live date moved")
    RISK_ASKED = "RISK_ASKED", _("Asked to accept a risk")
    RISK_DECLINED = "RISK_DECLINED", _("Declined to accept a risk")
    RISK_ACCEPTED = "RISK_ACCEPTED", _("Risk accepted")
    ACCEPTANCE_ENDED = "ACCEPTANCE_ENDED", _("Acceptance ended early")
    EXEMPTED = "EXEMPTED", _("Criterion set aside as not applicable")
    POLICY_ADOPTED = "POLICY_ADOPTED", _("Policy adopted")
    STATUS_REPORTED = "STATUS_REPORTED", _("Status reported")
    FIGURE_REPORTED = "FIGURE_REPORTED", _("Figure reported by hand")
    CAVEAT_WRITTEN = "CAVEAT_WRITTEN", _("Caveat written")
    CAVEAT_RESOLVED = "CAVEAT_RESOLVED", _("Caveat resolved")
    IMPORTED = "IMPORTED", _("File imported")
    IMPORT_UNDONE = "IMPORT_UNDONE", _("Import undone")
    EXPORTED = "EXPORTED", _("Record exported")
    REPORT_PRINTED = "REPORT_PRINTED", _("Report printed")
    TEXT_ERASED = "TEXT_ERASED", _("Text erased")


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


class SecurityEventKind(TextChoices):
    """Name what the security log tells a client's administrator."""

    SIGNED_IN = "SIGNED_IN", _("Signed in")
    SIGN_IN_FAILED = "SIGN_IN_FAILED", _("Sign-in failed")
    SIGNED_OUT = "SIGNED_OUT", _("Signed out")
    THROTTLED = "THROTTLED", _("Slowed down after too many attempts")
    REFUSED = "REFUSED", _("Refused")
    PROOF_FAILED = "PROOF_FAILED", _("Wrong password or code when asked again")
    PASSWORD_CHANGED = "PASSWORD_CHANGED", _("Password changed")
    AUTHENTICATOR_ADDED = "AUTHENTICATOR_ADDED", _("Second factor added")
    AUTHENTICATOR_REMOVED = "AUTHENTICATOR_REMOVED", _("Second factor removed")
    AUTHENTICATOR_RESET = "AUTHENTICATOR_RESET", _("Second factor reset by an administrator")
    SESSIONS_ENDED = "SESSIONS_ENDED", _("Sessions ended")
    TOKEN_MADE = "TOKEN_MADE", _("API token made")
    TOKEN_REVOKED = "TOKEN_REVOKED", _("API token revoked")
    INVITED = "INVITED", _("Invited")
    INVITATION_WITHDRAWN = "INVITATION_WITHDRAWN", _("Invitation withdrawn")
    INVITATION_ACCEPTED = "INVITATION_ACCEPTED", _("Invitation accepted")
    ROLE_GIVEN = "ROLE_GIVEN", _("Role given")
    ROLE_ENDED = "ROLE_ENDED", _("Role ended")
    ADMINISTRATOR_CHANGED = "ADMINISTRATOR_CHANGED", _("Administrator named or relieved")
    DEACTIVATED = "DEACTIVATED", _("Account deactivated")
    REACTIVATED = "REACTIVATED", _("Account active again")
    CLIENT_CHOSEN = "CLIENT_CHOSEN", _("Client chosen")
    SINGLE_SIGN_ON_REFUSED = "SINGLE_SIGN_ON_REFUSED", _("Single sign-on refused")
    IDENTITY_LINKED = "IDENTITY_LINKED", _("Single sign-on linked")
    IDENTITY_UNLINKED = "IDENTITY_UNLINKED", _("Single sign-on unlinked")
    RECORD_UNSOUND = "RECORD_UNSOUND", _("Record does not verify")
    RECORD_SOUND_AGAIN = "RECORD_SOUND_AGAIN", _("Record verifies again")


class IdentityRefusal(TextChoices):
    """Say why an identity at a provider signs nobody in, or is not linked."""

    UNKNOWN = (
        "UNKNOWN",
        _(
            "No account here is linked to this identity. Sign in with your password, then link it "
            "under “Your account”."
        ),
    )
    OTHER_ORGANISATION = (
        "OTHER_ORGANISATION",
        _("This provider signs in the accounts of another organisation."),
    )
    CLOSED = "CLOSED", _("This account is closed.")
    NO_EMAIL = "NO_EMAIL", _("The provider did not say which e-mail address you have there.")
    OTHER_EMAIL = (
        "OTHER_EMAIL",
        _("The provider names another e-mail address than the one of this account."),
    )
    UNVERIFIED = (
        "UNVERIFIED",
        _("The provider has not verified that the e-mail address there is yours."),
    )
    ALREADY_LINKED = (
        "ALREADY_LINKED",
        _("Your account is linked to another identity of this provider. Unlink that one first."),
    )
    LINKED_ELSEWHERE = "LINKED_ELSEWHERE", _("This identity is linked to another account.")
    LAST_WAY_IN = (
        "LAST_WAY_IN",
        _("Your account has no password; without this identity you could not sign in."),
    )
