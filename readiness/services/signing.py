"""Let an owner sign, refuse or withdraw on exactly the evidence that was shown."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from governance.choices import Affiliation, SignoffAct
from governance.models import BusinessProcess, ProjectMark, Signoff, User
from governance.services.persons import person_of
from governance.services.proving import Answer, prove_signer
from governance.services.resets import SigningHeld, refuse_while_held
from governance.services.signoffs import (
    Declaration,
    Exhibit,
    SignoffRefused,
    Subject,
    check_act,
    sign,
)
from readiness.metrics.evidence import process_evidence
from readiness.models import Snapshot
from uat.models import Execution

NO_ACCOUNT = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody declares about the evidence whose hash the page showed."""

    act: SignoffAct
    shown_hash: str
    reason: str = ""
    shown_meaning: str = ""

    @property
    def declaration(self) -> Declaration:
        """Return what is declared, as the signing service knows it."""
        return Declaration(act=self.act, reason=self.reason, shown_meaning=self.shown_meaning)


def sign_evidence(
    *,
    process: BusinessProcess,
    signer: User,
    statement: Statement,
    credentials: Answer,
    as_of: datetime,
) -> Signoff:
    """Prove who signs, read the evidence anew and write the act, in one transaction.

    What cannot be signed is refused before a code is used up for it. Then the project's
    mark is locked, so that no fact slips in between.

    :raises IdentityNotProved: what was shown to prove who signs is wrong.
    :raises EvidenceChanged: the evidence differs from what was shown.
    :raises SignoffRefused: see `governance.services.signoffs.sign`.
    """
    subject, declaration = Subject.of_process(process), statement.declaration
    marks = ProjectMark.objects.filter(project_id=process.project_id)
    seen = _exhibit(process, marks.first(), statement, signer, as_of)
    check_act(subject=subject, signer=signer, declaration=declaration, exhibit=seen)
    _check_hold(signer, at=as_of)
    proof = prove_signer(user=signer, credentials=credentials, at=as_of)
    with transaction.atomic():
        mark = marks.select_for_update().first()
        return sign(
            subject=subject,
            signer=signer,
            declaration=declaration,
            exhibit=_exhibit(process, mark, statement, signer, as_of),
            proof=proof,
        )


def _check_hold(signer: User, *, at: datetime) -> None:
    """Refuse before a code is used up.

    :raises SignoffRefused: the signer's second factor was reset a short while ago.
    """
    try:
        refuse_while_held(signer, at=at)
    except SigningHeld as held:
        raise SignoffRefused(str(held)) from held


def is_being_judged(mark: ProjectMark | None) -> bool:
    """Say whether a fact is newer than the latest judgement; without one it is."""
    if mark is None:
        return True
    snapshots = Snapshot.objects.filter(project_id=mark.project_id).newest_first()
    seen = snapshots.values_list("mark_version", flat=True).first()
    return seen is None or mark.version > seen


def _exhibit(
    process: BusinessProcess,
    mark: ProjectMark | None,
    statement: Statement,
    signer: User,
    as_of: datetime,
) -> Exhibit:
    evidence = process_evidence(
        project_ids=[process.project_id], as_of=as_of, process_ids=[process.pk]
    )
    if process.pk not in evidence:
        raise SignoffRefused("This process is out of scope, or is signed at another level.")
    testers = _testers_of(process, signer)
    return Exhibit(
        body=evidence[process.pk],
        shown_hash=statement.shown_hash,
        is_empty=not testers,
        being_judged=is_being_judged(mark),
        tester_ids=testers,
    )


def _testers_of(process: BusinessProcess, signer: User) -> frozenset[int]:
    """Return the accounts whose runs count for a process; 0 is everybody without an account.

    Whatever stands for the signer, another account, a roster entry or the same address, is
    the signer: duties are kept apart between people.
    """
    runs = Execution.objects.filter(
        scenario__process__accountable=process,
        scenario__process__in_scope=True,
        scenario__in_scope=True,
        affiliation=Affiliation.CLIENT,
    )
    rows = runs.values_list("tester_id", "person_id", "person__account_id").distinct()
    signers = person_of(signer, project=process.project)
    return frozenset(
        signer.pk
        if signers.is_account(tester or account) or person in signers.persons
        else tester or account or NO_ACCOUNT
        for tester, person, account in rows
    )
