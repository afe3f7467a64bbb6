"""Words of the gate: closed lists that the database stores in upper case."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FindingState(TextChoices):
    """Say how one criterion came out; only MET is green."""

    MET = "MET", _("Met")
    AT_RISK = "AT_RISK", _("At risk")
    MISSED = "MISSED", _("Missed")
    NOT_REPORTED = "NOT_REPORTED", _("Not reported")
    STALE = "STALE", _("Out of date")
    INSUFFICIENT = "INSUFFICIENT", _("Nothing to measure")
    NOT_APPLICABLE = "NOT_APPLICABLE", _("Not applicable")
    ACCEPTED = "ACCEPTED", _("Risk accepted")


class Verdict(TextChoices):
    """Say what the findings of a gate, or the gates of a project, make together."""

    GO = "GO", _("Go")
    CONDITIONAL = "CONDITIONAL", _("Conditional")
    NO_GO = "NO_GO", _("No-go")
    NOT_OPEN = "NOT_OPEN", _("Not open")


class CriterionClass(TextChoices):
    """Say what a miss means: HARD closes the gate, SOFT makes it conditional."""

    HARD = "HARD", _("Hard")
    SOFT = "SOFT", _("Soft")


class Comparison(TextChoices):
    """Say on which side of its threshold a measured number is good."""

    AT_LEAST = "AT_LEAST", _("At least")
    AT_MOST = "AT_MOST", _("At most")
    LESS_THAN = "LESS_THAN", _("Less than")
    EQUAL = "EQUAL", _("Exactly")
    IS_TRUE = "IS_TRUE", _("Yes")


class MetricOrigin(TextChoices):
    """Say where a metric's reading comes from."""

    COMPUTED = "COMPUTED", _("Counted from facts held here")
    REPORTED = "REPORTED", _("Reported by a named person or system")
    DERIVED = "DERIVED", _("Derived from the other gates")


class Grade(TextChoices):
    """Rank the source behind a criterion."""

    OFFICIAL = "A", _("Official text or standard")
    NAMED = "B", _("A named organisation's own record")
    GENERIC = "C", _("Generic practitioner page")
    PROPOSED = "P", _("Our proposed default")


class SnapshotTrigger(TextChoices):
    """Say why a project was judged."""

    NIGHT = "NIGHT", _("Nightly run")
    CHANGE = "CHANGE", _("A change")
    BY_HAND = "BY_HAND", _("By hand")
    BACKFILL = "BACKFILL", _("Backfill")


class ReportedColour(TextChoices):
    """Name the colour somebody gave a project or a gate by hand."""

    GREEN = "GREEN", _("Green")
    AMBER = "AMBER", _("Amber")
    RED = "RED", _("Red")
    NOT_REPORTED = "NOT_REPORTED", _("Not reported")


class NightState(TextChoices):
    """Say how far one local night of one project has come."""

    DUE = "DUE", _("Due")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Failed")


class Paper(TextChoices):
    """Say in which form somebody opened a judgement."""

    PAGE = "PAGE", _("Gate page")
    REPORT = "REPORT", _("Printed report")


class DigestState(TextChoices):
    """Say what became of one mail of the day; SENDING is written before the mail leaves."""

    WAITING = "WAITING", _("Waiting")
    SENDING = "SENDING", _("Being sent")
    SENT = "SENT", _("Sent")
    EMPTY = "EMPTY", _("Nothing to do")
    NOT_WANTED = "NOT_WANTED", _("Not wanted")
    TOO_OLD = "TOO_OLD", _("Too old to send")
    UNKNOWN = "UNKNOWN", _("Perhaps sent")


class PartnerArea(TextChoices):
    """Name what a partner can do in the client's place."""

    DECISIONS = "DECISIONS", _("Decisions taken")
    ASSUMPTIONS = "ASSUMPTIONS", _("Assumptions without an owner's word")
    RUNS = "RUNS", _("Test runs")
    TRIAGE = "TRIAGE", _("Defects triaged")
    SUPPORT = "SUPPORT", _("Tickets solved with outside help")


class PartnerBand(TextChoices):
    """Say how much hangs on the partner; NONE is nothing to measure, and never good."""

    NONE = "NONE", _("Nothing to measure")
    LOW = "LOW", _("Within bounds")
    WATCH = "WATCH", _("Watch")
    HIGH = "HIGH", _("Too much")
