"""Alarm clocks of the gate: they read the clock and call one service each.

Nothing hangs on one of them ringing: the database says what is due, and whoever comes
next, or twice, finds the same rows.
"""

from celery import shared_task
from django.utils import timezone

from readiness.pages.digest import compose_digests
from readiness.services.checking import check_kept_columns
from readiness.services.digests import post_digests, write_due_digests
from readiness.services.evaluation import evaluate_gates
from readiness.services.following import follow_changes
from readiness.services.nights import catch_up
from readiness.services.self_escalation import sweep_escalations


@shared_task
def sweep() -> int:
    """Judge the nights that are due, missed ones included."""
    return catch_up(now=timezone.now(), judge=evaluate_gates)


@shared_task
def follow_marks() -> int:
    """Judge again the projects that changed within the last seconds."""
    return follow_changes(now=timezone.now(), judge=evaluate_gates)


@shared_task
def check_kept() -> int:
    """Check the kept columns against the facts; return how many projects had to be mended."""
    return len(check_kept_columns())


@shared_task
def sweep_ladders() -> int:
    """Escalate what stands unescalated, and move up what nobody answered; return how many."""
    return sweep_escalations(at=timezone.now())


@shared_task
def sweep_digests() -> int:
    """Send the mails of the day that are due and not sent yet; return how many ended."""
    now = timezone.now()
    write_due_digests(now=now)
    return post_digests(now=now, compose=compose_digests).total()
