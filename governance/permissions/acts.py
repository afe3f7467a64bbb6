"""Every act there is: whoever looks for who may do what finds it here."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.choices import EXECUTIVE_ROLES, Role
from governance.permissions.act import Act, Area, Door
from governance.permissions.seats import (
    ALL_ROLES,
    APPOINTING_ROLES,
    IMPORT_ROLES,
    STATUS_ROLES,
    WORKING_ROLES,
)


def _seeing(key: str, area: Area, words: Promise) -> Act:
    """Return an act of looking, which everybody may who reaches the project."""
    return Act(key, area, words, roles=ALL_ROLES, partner=True, administrators=True)


SEE_GATE = _seeing("see_gate", Area.GATE, _("See the gate, its criteria, status and risks"))
ASK_FOR_ACCEPTANCE = Act(
    "ask_for_acceptance",
    Area.GATE,
    _("Ask for a risk to be accepted"),
    roles=WORKING_ROLES,
    refusal=_("Only the client's own people ask for a risk to be accepted."),
)
ACCEPT_RISK = Act(
    "accept_risk",
    Area.GATE,
    _("Accept or decline a risk"),
    roles=frozenset(EXECUTIVE_ROLES),
    narrower=_("not what one asked for oneself"),
    refusal=_("Only the client's sponsor or a steering member accepts a risk or ends one."),
)
END_ACCEPTANCE = Act(
    "end_acceptance",
    Area.GATE,
    _("End the acceptance of a risk early"),
    roles=frozenset(EXECUTIVE_ROLES),
    refusal=_("Only the client's sponsor or a steering member accepts a risk or ends one."),
)
REPORT_METRIC = Act(
    "report_metric",
    Area.GATE,
    _("Report a figure by hand"),
    roles=WORKING_ROLES,
    narrower=_("only who answers for the figure, or the project manager"),
    refusal=_("Only the client's own people report figures."),
)
REPORT_STATUS = Act(
    "report_status",
    Area.GATE,
    _("Report the status, write and resolve caveats"),
    roles=frozenset(STATUS_ROLES),
    refusal=_("The project manager, the sponsor or the steering reports the status."),
)
NOTE_VISIT = _seeing("note_visit", Area.GATE, _("Keep which judgement one has read"))

SEE_PROCESSES = _seeing("see_processes", Area.SIGN_OFF, _("See processes, owners and signatures"))
SIGN = Act(
    "sign",
    Area.SIGN_OFF,
    _("Sign, refuse or withdraw for a process"),
    roles=WORKING_ROLES,
    narrower=_("only the owner, the deputy or a delegate of the process"),
    refusal=_("Only the owner of this process, the deputy or a delegate signs or refuses it."),
)
SIGN_DOCUMENT = Act(
    "sign_document",
    Area.SIGN_OFF,
    _("Sign the charter, the closure of testing, the handover, a change of policy"),
    roles=frozenset({Role.SPONSOR}),
    refusal=_("Only the client's sponsor signs or refuses this."),
)
DELEGATE = Act(
    "delegate",
    Area.SIGN_OFF,
    _("Let somebody sign for a process for a while, and end that"),
    roles=frozenset({Role.SPONSOR}),
    refusal=_("Only the client's sponsor lets somebody sign in an owner's place."),
)
APPOINT = Act(
    "appoint",
    Area.SIGN_OFF,
    _("Name the owner and the deputy of a process"),
    roles=frozenset(APPOINTING_ROLES),
    refusal=_("The sponsor, the steering or the project manager of the client names owners."),
)

SEE_DECISIONS = _seeing("see_decisions", Area.DECISIONS, _("See decisions and assumptions"))
RAISE = Act(
    "raise",
    Area.DECISIONS,
    _("Raise a decision, write an assumption down"),
    roles=WORKING_ROLES,
    partner=True,
    refusal=_("An auditor reads here. Ask somebody who works in the project to write it down."),
)
DECIDE = Act(
    "decide",
    Area.DECISIONS,
    _("Decide"),
    roles=WORKING_ROLES,
    narrower=_("only the named decider; where nobody is named, an executive"),
    refusal=_("Only the client's own people decide."),
)
RULE = Act(
    "rule",
    Area.DECISIONS,
    _("Rule on an assumption"),
    roles=WORKING_ROLES,
    narrower=_("only the owner or deputy of what rests on it; without one, an executive"),
    refusal=_("Only the client's own people rule on an assumption."),
)

SEE_GO_LIVE = _seeing("see_go_live", Area.GO_LIVE, _("See the go-live date and how it moved"))
MOVE_DATE = Act(
    "move_date",
    Area.GO_LIVE,
    _("Move the go-live date"),
    roles=frozenset(EXECUTIVE_ROLES),
    refusal=_("Only the client's sponsor or a steering member moves the go-live date."),
)

SEE_TESTING = _seeing("see_testing", Area.TESTING, _("See scenarios, runs, photos and defects"))
RECORD_RUNS = Act(
    "record_runs",
    Area.TESTING,
    _("Record a run; push runs and defects"),
    roles=WORKING_ROLES,
    partner=True,
    refusal=_("An auditor reads here. Runs are recorded by those who work in the project."),
)
SEE_TRAINING = _seeing("see_training", Area.TRAINING, _("See people, courses and training"))
PUSH_TRAINING = Act(
    "push_training",
    Area.TRAINING,
    _("Push training records"),
    roles=frozenset(IMPORT_ROLES),
    refusal=_("Files come in through the client's project manager, leads, data owner or IT."),
)

SEE_REPORTS = _seeing("see_reports", Area.REPORTS, _("See and download reports"))
PRINT_REPORT = _seeing("print_report", Area.REPORTS, _("Have a report printed"))

SEE_RECORD = _seeing("see_record", Area.SIGN_OFF, _("See the record of the project"))
EXPORT_RECORD = Act(
    "export_record",
    Area.SIGN_OFF,
    _("Export the record as a pack that can be verified"),
    roles=ALL_ROLES - {Role.CONSULTANT},
    administrators=True,
    refusal=_("Only the client's own people export the record."),
)

SEE_IMPORTS = _seeing("see_imports", Area.IMPORTS, _("See what was imported and what was refused"))
IMPORT_FILES = Act(
    "import_files",
    Area.IMPORTS,
    _("Import a file, name its columns, undo an import"),
    roles=frozenset(IMPORT_ROLES),
    refusal=_("Files come in through the client's project manager, leads, data owner or IT."),
)
IMPORT_PORTFOLIO = Act(
    "import_portfolio",
    Area.IMPORTS,
    _("Make projects out of a portfolio report"),
    Door.ADMINISTRATOR,
    administrators=True,
    refusal=_("Only an administrator of a client makes projects out of a portfolio report."),
)

SIGN_IN = Act("sign_in", Area.ACCOUNTS, _("Sign in, set a new password"), Door.PUBLIC)
ACCEPT_INVITATION = Act(
    "accept_invitation", Area.ACCOUNTS, _("Open an account by an invitation"), Door.PUBLIC
)
LOOK_AROUND = Act(
    "look_around",
    Area.ACCOUNTS,
    _("Choose a language, try the demo where there is one"),
    Door.PUBLIC,
)
STOP_MAIL = Act("stop_mail", Area.ACCOUNTS, _("End the daily mail by its link"), Door.PUBLIC)
ASK_HEALTH = Act("ask_health", Area.ACCOUNTS, _("Ask whether the service runs"), Door.PUBLIC)
SEE_OWN_WORK = Act(
    "see_own_work", Area.ACCOUNTS, _("See one's own projects and work"), Door.SIGNED_IN
)
CHOOSE_CLIENT = Act(
    "choose_client",
    Area.ACCOUNTS,
    _("Choose the client to work for"),
    Door.SIGNED_IN,
    narrower=_("only a partner's account, among the clients it has a role at"),
)
KEEP_ACCOUNT = Act(
    "keep_account", Area.ACCOUNTS, _("Keep one's own password and second factor"), Door.SIGNED_IN
)
KEEP_TOKENS = Act("keep_tokens", Area.ACCOUNTS, _("Keep one's own API tokens"), Door.SIGNED_IN)
READ_POLICY = Act("read_policy", Area.ACCOUNTS, _("Read who may do what"), Door.SIGNED_IN)
ADMINISTER = Act(
    "administer",
    Area.ACCOUNTS,
    _("Keep the accounts of the own organisation"),
    Door.ADMINISTRATOR,
    partner=True,
    administrators=True,
    refusal=_("Only an administrator of the organisation does that."),
)
ADMIT_CONSULTANT = Act(
    "admit_consultant",
    Area.ACCOUNTS,
    _("Let a partner's account take part in the own project"),
    Door.ADMINISTRATOR,
    administrators=True,
    refusal=_("Only an administrator of the client lets a consultant take part."),
)
KEEP_DEPARTMENTS = Act(
    "keep_departments",
    Area.ACCOUNTS,
    _("Name departments and their managers"),
    roles=frozenset({Role.PROJECT_MANAGER}),
    administrators=True,
    refusal=_("The client's administrator or project manager names departments."),
)
READ_SECURITY_LOG = Act(
    "read_security_log",
    Area.ACCOUNTS,
    _("Read the security log of the own organisation"),
    Door.ADMINISTRATOR,
    partner=True,
    administrators=True,
    refusal=_("Only an administrator of your organisation reads the security log."),
)
OPERATE = Act(
    "operate",
    Area.ACCOUNTS,
    _("Look into the operator's tables, as a superuser"),
    Door.SIGNED_IN,
)
READ_DESCRIPTION = Act(
    "read_description", Area.REST, _("Read the description of the REST interface"), Door.SIGNED_IN
)
