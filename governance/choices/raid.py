"""Words of risks, issues, dependencies and the calendar."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RaidKind(TextChoices):
    """Name what a register of risks keeps, beside assumptions and decisions."""

    RISK = "RISK", _("Risk")
    ISSUE = "ISSUE", _("Issue")
    DEPENDENCY = "DEPENDENCY", _("Dependency")


class RaidState(TextChoices):
    """Say how a risk, an issue or a dependency stands."""

    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")


class Level(TextChoices):
    """Rank impact and probability."""

    HIGH = "HIGH", _("High")
    MEDIUM = "MEDIUM", _("Medium")
    LOW = "LOW", _("Low")


class CalendarKind(TextChoices):
    """Say why days are no days to go live on."""

    HOLIDAY = "HOLIDAY", _("Holiday")
    CLOSE = "CLOSE", _("Period close")
    PEAK = "PEAK", _("Peak of business")
    FREEZE = "FREEZE", _("Freeze")
