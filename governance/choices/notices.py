"""What somebody is told, and what became of the mail."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeKind(TextChoices):
    """Name what somebody is told."""

    DECISION_WAITS = "DECISION_WAITS", _("A decision waits for you")
    DECISION_OVERDUE = "DECISION_OVERDUE", _("A decision of yours is overdue")
    DECIDED = "DECIDED", _("Decided")
    ASSUMPTION_WAITS = "ASSUMPTION_WAITS", _("An assumption waits for your word")
    ASSUMPTION_RULED = "ASSUMPTION_RULED", _("An assumption of yours was ruled on")
    REWORK = "REWORK", _("Something has to be done anew")
    ESCALATED = "ESCALATED", _("Escalated to you")
    ESCALATION_LATE = "ESCALATION_LATE", _("An escalation moved on without your answer")
    ESCALATION_ANSWERED = "ESCALATION_ANSWERED", _("Your escalation was answered")
    PEOPLE_WANTED = "PEOPLE_WANTED", _("People are asked for")
    PEOPLE_ANSWERED = "PEOPLE_ANSWERED", _("Your request for people was answered")
    MEETING_CALLED = "MEETING_CALLED", _("A meeting was called")
    STATEMENT_WRITTEN = "STATEMENT_WRITTEN", _("The sponsor wrote to you")
    CHARTER_WAITS = "CHARTER_WAITS", _("A charter waits for your signature")
    GATE_STOPPED = "GATE_STOPPED", _("A gate was stopped")
    OVERRULED = "OVERRULED", _("You were overruled")
    ASSESSMENT_WAITS = "ASSESSMENT_WAITS", _("An assessment waits for you")
    OWNERSHIP_GIVEN = "OWNERSHIP_GIVEN", _("You own a process")
    RIGHT_GIVEN = "RIGHT_GIVEN", _("You decide")
    CAVEAT_WRITTEN = "CAVEAT_WRITTEN", _("A caveat to read")
    CONFIRMATION_STALE = "CONFIRMATION_STALE", _("A dependency is no longer confirmed")
    HANDOVER_WAITS = "HANDOVER_WAITS", _("A handover waits for you")
    RISK_ASKED = "RISK_ASKED", _("You are asked to accept a risk")
    SIGNATURE_STALE = "SIGNATURE_STALE", _("A signature of yours is out of date")


class MailState(TextChoices):
    """Say what became of the mail of a notice; SENDING is written before it leaves."""

    WAITING = "WAITING", _("Waiting")
    SENDING = "SENDING", _("Being sent")
    SENT = "SENT", _("Sent")
    NOT_WANTED = "NOT_WANTED", _("Not wanted")
    SETTLED = "SETTLED", _("Done before it was sent")
    TOO_OLD = "TOO_OLD", _("Too old to send")
    UNKNOWN = "UNKNOWN", _("Perhaps sent")
