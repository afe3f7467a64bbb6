"""Words of the ladder, of requests for people and of meetings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Rung(TextChoices):
    """Name the rungs of the ladder that an escalation climbs, from the lowest."""

    PROJECT_MANAGER = "PROJECT_MANAGER", _("Project manager")
    PROCESS_OWNER = "PROCESS_OWNER", _("Process owner")
    DEPARTMENT_MANAGER = "DEPARTMENT_MANAGER", _("Department manager")
    SPONSOR = "SPONSOR", _("Sponsor")
    STEERING = "STEERING", _("Steering")


class EscalationCause(TextChoices):
    """Say why something was escalated."""

    BY_HAND = "BY_HAND", _("Raised by hand")
    CRITERION_MISSED = "CRITERION_MISSED", _("A hard criterion stays missed")
    DECISION_OVERDUE = "DECISION_OVERDUE", _("A blocking decision is overdue")
    SILENCE = "SILENCE", _("No answer to a request for people")


class EscalationAct(TextChoices):
    """Say what happened to an escalation in one step."""

    ADDRESSED = "ADDRESSED", _("Addressed")
    PASSED_ON = "PASSED_ON", _("Passed on")
    CLIMBED = "CLIMBED", _("Moved up unanswered")
    ANSWERED = "ANSWERED", _("Answered")
    DECIDED = "DECIDED", _("Decided")


class ParticipationPurpose(TextChoices):
    """Say what people are asked for."""

    TRAINING = "TRAINING", _("Training")
    TESTING = "TESTING", _("Testing")


class PersonReply(TextChoices):
    """Say what a manager answered about one person."""

    RELEASED = "RELEASED", _("Released")
    REFUSED = "REFUSED", _("Refused")


class Presence(TextChoices):
    """Say whether somebody came to a meeting."""

    PRESENT = "PRESENT", _("Present")
    EXCUSED = "EXCUSED", _("Excused")
    ABSENT = "ABSENT", _("Absent")
