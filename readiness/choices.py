"""Words of the gate: closed lists that the database stores in upper case."""

from django.db.models import TextChoices


class FindingState(TextChoices):
    """Say how one criterion came out; only MET is green."""

    MET = "MET", "Met"
    AT_RISK = "AT_RISK", "At risk"
    MISSED = "MISSED", "Missed"
    NOT_REPORTED = "NOT_REPORTED", "Not reported"
    STALE = "STALE", "Out of date"
    INSUFFICIENT = "INSUFFICIENT", "Nothing to measure"
    NOT_APPLICABLE = "NOT_APPLICABLE", "Not applicable"
    ACCEPTED = "ACCEPTED", "Risk accepted"


class Verdict(TextChoices):
    """Say what the findings of a gate, or the gates of a project, make together."""

    GO = "GO", "Go"
    CONDITIONAL = "CONDITIONAL", "Conditional"
    NO_GO = "NO_GO", "No-go"
    NOT_OPEN = "NOT_OPEN", "Not open"


class CriterionClass(TextChoices):
    """Say what a miss means: HARD closes the gate, SOFT makes it conditional."""

    HARD = "HARD", "Hard"
    SOFT = "SOFT", "Soft"


class Comparison(TextChoices):
    """Say on which side of its threshold a measured number is good."""

    AT_LEAST = "AT_LEAST", "At least"
    AT_MOST = "AT_MOST", "At most"
    LESS_THAN = "LESS_THAN", "Less than"
    EQUAL = "EQUAL", "Exactly"
    IS_TRUE = "IS_TRUE", "Yes"


class MetricOrigin(TextChoices):
    """Say where a metric's reading comes from."""

    COMPUTED = "COMPUTED", "Counted from facts held here"
    REPORTED = "REPORTED", "Reported by a named person or system"
    DERIVED = "DERIVED", "Derived from the other gates"


class Grade(TextChoices):
    """Rank the source behind a criterion."""

    OFFICIAL = "A", "Official text or standard"
    NAMED = "B", "A named organisation's own record"
    GENERIC = "C", "Generic practitioner page"
    PROPOSED = "P", "Our proposed default"


class SnapshotTrigger(TextChoices):
    """Say why a project was judged."""

    NIGHT = "NIGHT", "Nightly run"
    CHANGE = "CHANGE", "A change"
    BY_HAND = "BY_HAND", "By hand"
    BACKFILL = "BACKFILL", "Backfill"


class ReportedColour(TextChoices):
    """Name the colour somebody gave a project or a gate by hand."""

    GREEN = "GREEN", "Green"
    AMBER = "AMBER", "Amber"
    RED = "RED", "Red"
    NOT_REPORTED = "NOT_REPORTED", "Not reported"


class NightState(TextChoices):
    """Say how far one local night of one project has come."""

    DUE = "DUE", "Due"
    DONE = "DONE", "Done"
    FAILED = "FAILED", "Failed"
