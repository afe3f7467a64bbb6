"""What everybody was told: what waits, what is overdue, and the caveats with their readers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from governance.choices import MailState
from governance.models import Caveat, Decision, DecisionOutcome, Notice, Project, User
from governance.services.caveats import CaveatSource, tell_caveat, write_caveat
from governance.services.reminding import remind
from governance.services.telling import tell_waiting
from readiness.models import AcceptanceRequest, CaveatResolution
from readiness.services.caveats import open_caveat
from readiness.services.requests import tell_asked

READ_AFTER = timedelta(days=9)
"""What is older was read in the demo; what is newer waits to be."""
RESERVATION = "Decided for the first company only; the second keeps the old way until January."


def tell_everybody(projects: Sequence[Project], *, hero: Project, now: datetime) -> None:
    """Tell people what the facts of the demo say; the mails of it went out before."""
    for decision in Decision.objects.waiting().filter(project__in=projects):
        tell_waiting(decision, at=decision.raised_at)
    for asked in AcceptanceRequest.objects.waiting().filter(project__in=projects):
        tell_asked(asked)
    _reserve(hero, now=now)
    remind(now=now)
    told = Notice.objects.filter(project__in=projects)
    told.update(mail_state=MailState.SENT, ended_at=now)
    told.filter(happened_at__lt=now - READ_AFTER).update(read_at=now - timedelta(days=1))


def _reserve(hero: Project, *, now: datetime) -> None:
    """Mark a decision's note as a caveat; the sponsor has opened the oldest that stands."""
    caveats = Caveat.objects.filter(project=hero).order_by("written_at")
    standing = list(CaveatResolution.objects.standing_of(caveats))
    for caveat in standing:
        tell_caveat(caveat)
    sponsor = User.objects.get_queryset().holding(["SPONSOR"], project=hero).first()
    if standing and sponsor:
        open_caveat(standing[0], account=sponsor, opened_at=now - timedelta(hours=3))
    decided = DecisionOutcome.objects.filter(project=hero, decided_by__isnull=False)
    outcome = decided.order_by("decided_at", "pk").first()
    if outcome is not None and outcome.decided_by is not None:
        decision = outcome.decision
        write_caveat(
            project=hero,
            text=RESERVATION,
            writer=outcome.decided_by,
            written_at=now - timedelta(minutes=30),
            source=CaveatSource("decision", decision.public_id, str(decision)),
        )
