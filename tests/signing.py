"""A process that can be signed: judged, tested by somebody else, owned and deputised."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from governance.choices import AuthenticationMethod, SignoffAct, SignoffKind
from governance.models import BusinessProcess, Delegation, Signoff, User
from governance.services.accounts import Credentials, Proof
from governance.services.signoffs import MEANINGS as MEANT
from governance.services.signoffs import evidence_hash_of
from readiness.metrics.evidence import process_evidence
from readiness.services.evaluation import evaluate_gates
from readiness.services.policies import adopt_policy
from readiness.services.signing import Statement, sign_evidence
from tests.factories import EARLY, PASSWORD, make_process, make_run, make_scenario
from tests.factors import code_of
from tests.people import Cast, make_cast
from uat.models import Scenario
from uat.services.executions import refresh_latest

# The database stamps rows with its own clock; whoever looks has to look later than that.
LATER = datetime(2031, 3, 3, 9, 0, tzinfo=UTC)
# Evidence as its first version was written, over a process without a scenario.
NO_EVIDENCE = (
    '{"defects":[],"go_live_date":null,"metrics":[],"policies":[],"scenarios":[],"scope":[],'
    '"version":1}'
)
MEANINGS = " ".join(each.key for each in MEANT if each.kind == SignoffKind.PROCESS_EVIDENCE)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everybody, one process that can be signed, and one scenario of it."""

    cast: Cast
    process: BusinessProcess
    scenario: Scenario

    @property
    def address(self) -> str:
        """Return where the process is looked at."""
        return f"/p/{self.cast.project.public_id}/processes/{self.process.public_id}/"

    def shown_hash(self, *, at: datetime = LATER) -> str:
        """Return the hash of the evidence as it is."""
        project_id = self.cast.project.pk
        bodies = process_evidence(project_ids=[project_id], as_of=at, process_ids=[self.process.pk])
        return evidence_hash_of(bodies[self.process.pk])

    def judge(self, *, at: datetime = LATER) -> None:
        """Judge the project, so that no fact is newer than its judgement."""
        evaluate_gates(project_ids=[self.cast.project.pk], as_of=at)

    def sign(self, signer: User, *, act: SignoffAct = SignoffAct.SIGNED) -> Signoff:
        """Judge, then let somebody sign or refuse what is there."""
        self.judge()
        reason = "" if act == SignoffAct.SIGNED else "Reversals were never tried."
        return sign_evidence(
            process=self.process,
            signer=signer,
            statement=Statement(act=act, shown_hash=self.shown_hash(), reason=reason),
            credentials=Credentials(PASSWORD, code_of(signer, at=LATER), agreed=True),
            as_of=LATER,
        )


def delegate_to(desk: Desk, account: User) -> Delegation:
    """Return that the sponsor lets somebody sign, now by every clock."""
    return Delegation.objects.create(
        organisation=desk.cast.client,
        project=desk.cast.project,
        process=desk.process,
        delegate=account,
        starts_at=EARLY,
        ends_at=LATER + timedelta(days=5),
        reason="The owner is on leave.",
        appointed_by=desk.cast.sponsor,
        appointed_at=EARLY,
    )


def older_signature(process: BusinessProcess, signer: User, **fields: Any) -> Signoff:
    """Return a signature from before the record, over evidence that is no longer there."""
    return Signoff.objects.create(
        organisation_id=process.organisation_id,
        project_id=process.project_id,
        process=process,
        act=SignoffAct.SIGNED,
        meaning="Meant",
        evidence="{}" if "kind" in fields else NO_EVIDENCE,
        evidence_hash="0" * 64,
        signer=signer,
        signer_kind=signer.kind,
        signer_name=signer.name,
        signer_organisation_name=signer.organisation.name,
        authority=f"Owner of {process}",
        authentication=AuthenticationMethod.PASSWORD_TOTP,
        signed_at=EARLY,
        **fields,
    )


def proof_of(signer: User) -> Proof:
    """Return that somebody proved who they are, as the doors that check it would."""
    return Proof(account_id=signer.pk, method=AuthenticationMethod.PASSWORD_TOTP, agreed=True)


def make_desk() -> Desk:
    """Return a process with two scenarios, one of them run by the business, and its owners."""
    cast = make_cast()
    adopt_policy(project=cast.project)
    process = make_process(
        project=cast.project,
        code="10",
        name="Order to cash",
        owner=cast.process_owner,
        deputy=cast.sponsor,
    )
    scenario = make_scenario(project=cast.project, process=process, code="10-01")
    make_scenario(project=cast.project, process=process, code="10-02")
    make_run(scenario=scenario)
    refresh_latest(project_id=cast.project.pk)
    desk = Desk(cast, process, scenario)
    desk.judge()
    return desk
