"""Signing what was shown: proof of who it is, the evidence read anew, the judgement in step."""

from typing import Any

import pytest

from governance.choices import Affiliation, SignoffAct
from governance.models import BusinessProcess, Project, ProjectMark, Signoff, User
from governance.services.accounts import PASSWORD_TOTP, Credentials, IdentityNotProved
from governance.services.marks import mark_projects
from governance.services.signoffs import EvidenceChanged, SignoffRefused
from readiness.measurements import take_readings
from readiness.metrics.signatures import HEAT_SIGNOFF
from readiness.models import Snapshot
from readiness.services import signing
from readiness.services.signing import Statement, is_being_judged, sign_evidence
from tests.factories import (
    PASSWORD,
    join,
    make_person,
    make_process,
    make_project,
    make_run,
    make_scenario,
    make_user,
)
from tests.factors import code_of
from tests.people import agree_all
from tests.signing import LATER, Desk, make_desk
from uat.models import Scenario
from uat.services.executions import refresh_latest

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """Return a process that can be signed."""
    return make_desk()


def act(desk: Desk, *, shown_hash: str, password: str = PASSWORD) -> Signoff:
    """Let the owner sign what was shown."""
    return sign_evidence(
        process=desk.process,
        signer=desk.cast.process_owner,
        statement=Statement(act=SignoffAct.SIGNED, shown_hash=shown_hash),
        credentials=Credentials(password, code_of(desk.cast.process_owner, at=LATER)),
        as_of=LATER,
    )


def run_by(by: str, owner: User, *, project: Project) -> dict[str, Any]:
    """Return who ran a test that is the owner, in one way or another."""
    if by == "account":
        return {"tester": owner}
    if by == "roster":
        return {"person": make_person(project=project, account=owner)}
    if by == "address":
        return {"person": make_person(project=project, email=owner.email.upper())}
    if by == "alias":
        return {"person": make_person(project=project, email="ann+uat@mills.example")}
    second = make_user(organisation=project.organisation, email="tester7@mills.example")
    make_person(project=project, account=second, email=owner.email)
    return {"tester": second}


def sign_now(desk: Desk, signer: User) -> Signoff:
    """Sign what is shown, without judging again."""
    return sign_evidence(
        process=desk.process,
        signer=signer,
        statement=Statement(act=SignoffAct.SIGNED, shown_hash=desk.shown_hash()),
        credentials=Credentials(PASSWORD, code_of(signer, at=LATER)),
        as_of=LATER,
    )


class TestSignEvidence:
    def test_makes_a_signature_that_counts(self, desk: Desk) -> None:
        row = act(desk, shown_hash=desk.shown_hash())
        assert row.authentication == PASSWORD_TOTP
        project_id = desk.cast.project.pk
        readings = take_readings(project_ids=[project_id], as_of=LATER)
        stands = readings.get(project_id, HEAT_SIGNOFF, desk.process.pk)
        assert stands is not None
        assert (stands.done, stands.due) == (1, 1)

    def test_undoes_no_signature_by_signing(self, desk: Desk) -> None:
        before = desk.shown_hash()
        act(desk, shown_hash=before)
        assert desk.shown_hash() == before

    def test_stores_nothing_without_the_password(self, desk: Desk) -> None:
        with pytest.raises(IdentityNotProved):
            act(desk, shown_hash=desk.shown_hash(), password="wrong")  # noqa: S106
        assert not Signoff.objects.exists()

    def test_stores_nothing_when_a_run_came_in_between(self, desk: Desk) -> None:
        shown = desk.shown_hash()
        make_run(scenario=desk.scenario, result="FAILED")
        refresh_latest(project_id=desk.cast.project.pk)
        desk.judge()
        with pytest.raises(EvidenceChanged):
            act(desk, shown_hash=shown)
        assert not Signoff.objects.exists()

    def test_uses_up_no_code_for_what_cannot_be_signed(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def used_up(**_: object) -> str:
            raise AssertionError

        monkeypatch.setattr(signing, "prove_signer", used_up)
        with pytest.raises(EvidenceChanged):
            act(desk, shown_hash="0" * 64)

    def test_reads_the_evidence_again_after_the_proof(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def slip_a_run_in(**_: object) -> str:
            make_run(scenario=desk.scenario, result="FAILED")
            refresh_latest(project_id=desk.cast.project.pk)
            return PASSWORD_TOTP

        monkeypatch.setattr(signing, "prove_signer", slip_a_run_in)
        with pytest.raises(EvidenceChanged):
            act(desk, shown_hash=desk.shown_hash())
        assert not Signoff.objects.exists()

    def test_waits_for_the_judgement_of_a_newer_fact(self, desk: Desk) -> None:
        mark_projects(project_ids=[desk.cast.project.pk])
        with pytest.raises(SignoffRefused, match="being judged again"):
            act(desk, shown_hash=desk.shown_hash())
        desk.judge(at=LATER.replace(hour=10))
        act(desk, shown_hash=desk.shown_hash())
        assert Signoff.objects.count() == 1

    @pytest.mark.parametrize("by", ["account", "roster", "address", "second account", "alias"])
    def test_needs_somebody_elses_test(self, desk: Desk, by: str) -> None:
        project, client = desk.cast.project, desk.cast.client
        owner = make_user(organisation=client, email="ann@mills.example")
        agree_all([owner])
        join(project=project, user=owner, role="PROCESS_OWNER")
        process = make_process(project=project, owner=owner)
        scenario = make_scenario(project=project, process=process)
        make_run(scenario=scenario, **run_by(by, owner, project=project))
        refresh_latest(project_id=project.pk)
        alone = Desk(desk.cast, process, scenario)
        alone.judge(at=LATER.replace(hour=11))
        with pytest.raises(SignoffRefused, match="every counted test"):
            sign_now(alone, owner)
        make_run(scenario=scenario, person=make_person(project=project))
        refresh_latest(project_id=project.pk)
        alone.judge(at=LATER.replace(hour=12))
        assert sign_now(alone, owner).act == SignoffAct.SIGNED

    def test_needs_an_owner(self, desk: Desk) -> None:
        BusinessProcess.objects.update(owner=None, deputy=None)
        desk.judge(at=LATER.replace(hour=11))
        with pytest.raises(SignoffRefused, match="Only the owner"):
            act(desk, shown_hash=desk.shown_hash())

    def test_needs_a_scenario(self, desk: Desk) -> None:
        Scenario.objects.update(in_scope=False)
        mark_projects(project_ids=[desk.cast.project.pk])
        desk.judge(at=LATER.replace(hour=11))
        with pytest.raises(SignoffRefused, match="nothing to sign yet"):
            act(desk, shown_hash=desk.shown_hash())

    def test_does_not_count_a_partners_run_as_somebody_elses(self, desk: Desk) -> None:
        make_run(scenario=desk.scenario, affiliation=Affiliation.PARTNER)
        act(desk, shown_hash=desk.shown_hash())
        assert Signoff.objects.count() == 1

    def test_refuses_a_process_that_is_signed_elsewhere(self, desk: Desk) -> None:
        part = make_process(project=desk.cast.project, accountable=desk.process)
        part.owner = desk.cast.process_owner
        part.save(update_fields=["owner"])
        with pytest.raises(SignoffRefused, match="another level"):
            act(Desk(desk.cast, part, desk.scenario), shown_hash="0" * 64)

    def test_refuses_where_nobody_of_the_business_ran_anything(self, desk: Desk) -> None:
        idle = make_process(project=desk.cast.project, owner=desk.cast.process_owner)
        desk.judge(at=LATER.replace(hour=12))
        idle_desk = Desk(desk.cast, BusinessProcess.objects.get(pk=idle.pk), desk.scenario)
        with pytest.raises(SignoffRefused, match="nothing to sign"):
            act(idle_desk, shown_hash=idle_desk.shown_hash())


class TestIsBeingJudged:
    def test_is_so_before_the_first_judgement(self) -> None:
        project = make_project()
        assert not Snapshot.objects.filter(project=project).exists()
        assert is_being_judged(ProjectMark.objects.get(project=project))
        assert is_being_judged(None)

    def test_is_over_once_the_newest_judgement_saw_the_mark(self, desk: Desk) -> None:
        assert not is_being_judged(ProjectMark.objects.get(project=desk.cast.project))
