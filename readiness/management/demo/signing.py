"""What the owners of the demo sign and refuse, through the same door as everybody."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from governance.choices import SignoffAct, SignoffKind
from governance.models import BusinessProcess, Project, User
from governance.services.accounts import DEMO_PASSWORD, Credentials
from governance.services.delegations import Mandate, delegate_signing
from governance.services.factors import code_at
from readiness.choices import SnapshotTrigger
from readiness.management.demo.cast import totp_secret
from readiness.metrics.evidence import evidence_hash, process_evidence
from readiness.services.documents import (
    Document,
    Word,
    project_document,
    scope_document,
    sign_document,
)
from readiness.services.evaluation import evaluate_gates
from readiness.services.signing import Statement, sign_evidence
from uat.choices import ExecutionResult
from uat.models import Scenario
from uat.services.executions import RunDetails, record_execution

SIGNED, REFUSED, CHANGED_LATER = 4, 5, 6


def sign_some(project: Project, *, tester: User) -> None:
    """Let one owner sign, one refuse, and one sign before a scenario fails again."""
    owned = list(_owned(project))
    _act(owned[SIGNED])
    _act(owned[REFUSED], reason="Nobody has tried to take back a stock count.")
    _act(owned[CHANGED_LATER])
    _fail_a_scenario(owned[CHANGED_LATER], tester)


def delegate_one(project: Project, *, sponsor: User) -> None:
    """Let the sponsor appoint the second owner to sign for the first for a week."""
    first, second = _owned(project)[:2]
    now = timezone.now()
    if second.owner is not None:
        mandate = Mandate(
            delegate=second.owner,
            starts_at=now,
            ends_at=now + timedelta(days=7),
            reason="At the customer's plant until next week.",
        )
        delegate_signing(process=first, mandate=mandate, appointed_by=sponsor, appointed_at=now)


def sign_all(project: Project, *, sponsor: User, minutes_ago: int) -> None:
    """Let every owner of a project sign scope and evidence, and the sponsor close testing.

    A code counts once: who signs twice signed the first so many minutes ago.
    """
    earlier = timezone.now() - timedelta(minutes=minutes_ago)
    sign_scopes(project, at=earlier)
    _judge(project)
    closure = project_document(project, kind=SignoffKind.CLOSURE, as_of=earlier)
    _sign_document(closure, sponsor, at=earlier)
    for process in _owned(project):
        _act(process)


def sign_scopes(project: Project, *, at: datetime, most: int | None = None) -> None:
    """Let the owners of a project, or the first of them, sign what belongs to their process."""
    for process in _owned(project)[:most]:
        if process.owner is not None:
            _judge(project)
            _sign_document(scope_document(process, as_of=at), process.owner, at=at)


def _sign_document(document: Document, signer: User, *, at: datetime) -> None:
    sign_document(
        document,
        signer=signer,
        word=Word(act=SignoffAct.SIGNED, shown_hash=evidence_hash(document.body)),
        credentials=Credentials(DEMO_PASSWORD, _code(signer, at), agreed=True),
        as_of=at,
    )


def _judge(project: Project) -> None:
    evaluate_gates(project_ids=[project.pk], as_of=timezone.now(), trigger=SnapshotTrigger.BY_HAND)


def _owned(project: Project) -> QuerySet[BusinessProcess]:
    roots = BusinessProcess.objects.filter(project=project, parent=None, owner__isnull=False)
    return roots.select_related("owner").order_by("code")


def _act(process: BusinessProcess, *, reason: str = "") -> None:
    """Judge, then let the owner sign or refuse what is shown at this moment."""
    now = timezone.now()
    evaluate_gates(project_ids=[process.project_id], as_of=now, trigger=SnapshotTrigger.BY_HAND)
    evidence = process_evidence(
        project_ids=[process.project_id], as_of=now, process_ids=[process.pk]
    )
    if process.owner is None:
        return
    sign_evidence(
        process=process,
        signer=process.owner,
        statement=Statement(
            act=SignoffAct.REFUSED if reason else SignoffAct.SIGNED,
            shown_hash=evidence_hash(evidence[process.pk]),
            reason=reason,
        ),
        credentials=Credentials(DEMO_PASSWORD, _code(process.owner, now), agreed=True),
        as_of=now,
    )


def _code(user: User, now: datetime) -> str:
    """Return what the owner's authenticator shows."""
    return code_at(totp_secret(user), at=now)


def _fail_a_scenario(process: BusinessProcess, tester: User) -> None:
    """Record a failed run after the signature: what was signed is no longer what is."""
    scenario = Scenario.objects.filter(process__accountable=process).order_by("code").first()
    if scenario is None:
        return
    now = timezone.now()
    record_execution(
        project=scenario.project,
        scenario=scenario,
        tester=tester,
        run=RunDetails(
            result=ExecutionResult.FAILED,
            executed_at=now,
            build="1.6",
            comment="The due date is empty on every second line.",
        ),
        as_of=now,
    )
