"""Which processes stand signed on the evidence as it is now."""

from datetime import timedelta

import pytest

from governance.choices import OrganisationKind, SignoffAct
from governance.models import BusinessProcess, Signoff
from readiness.metrics import process_evidence
from readiness.metrics.evidence import evidence_hash
from tests.factories import (
    EARLY,
    NOW,
    RUN_AT,
    make_process,
    make_project,
    make_run,
    make_scenario,
    make_user,
)
from tests.histories import refresh_everything
from tests.measuring import share_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
SIGNED_AT = RUN_AT + timedelta(days=1)


@pytest.fixture
def process() -> BusinessProcess:
    process = make_process(project=make_project())
    make_run(scenario=make_scenario(project=process.project, process=process))
    return process


def _sign(
    process: BusinessProcess, *, act: str = SignoffAct.SIGNED, days: int = 0, body: str = ""
) -> None:
    refresh_everything(process.project)
    evidence = process_evidence(project_ids=[process.project_id], as_of=NOW)[process.pk]
    signer = make_user(organisation=process.organisation)
    at = SIGNED_AT + timedelta(days=days)
    Signoff.objects.create(
        organisation_id=process.organisation_id,
        project_id=process.project_id,
        process=process,
        act=act,
        meaning="I mean it",
        reason="Because",
        evidence=body or evidence,
        evidence_hash=evidence_hash(body or evidence),
        signer=signer,
        signer_kind=OrganisationKind.CLIENT,
        signer_name=signer.name,
        authentication="PASSWORD",
        signed_at=at,
        recorded_at=at,
    )


class TestMeasureSignatures:
    def test_counts_a_signature_over_the_evidence_as_it_is(self, process: BusinessProcess) -> None:
        make_process(project=process.project)
        assert share_of(process.project, "sign.po_valid_pct") == (0, 2)
        _sign(process)
        assert share_of(process.project, "sign.po_valid_pct") == (1, 2)
        assert share_of(process.project, "heat.signoff", process_id=process.pk) == (1, 1)

    def test_loses_the_signature_when_the_evidence_changes(self, process: BusinessProcess) -> None:
        _sign(process)
        make_run(
            scenario=make_scenario(project=process.project, process=process, recorded_at=EARLY)
        )
        assert share_of(process.project, "sign.po_valid_pct") == (0, 1)

    @pytest.mark.parametrize("act", [SignoffAct.REFUSED, SignoffAct.WITHDRAWN])
    def test_lets_the_newest_act_count(self, process: BusinessProcess, act: str) -> None:
        _sign(process)
        _sign(process, act=act, days=1)
        assert share_of(process.project, "sign.po_valid_pct") == (0, 1)
        _sign(process, days=2)
        assert share_of(process.project, "sign.po_valid_pct") == (1, 1)

    def test_does_not_know_of_a_later_signature(self, process: BusinessProcess) -> None:
        _sign(process, days=100)
        assert share_of(process.project, "sign.po_valid_pct") == (0, 1)

    def test_does_not_count_other_evidence(self, process: BusinessProcess) -> None:
        _sign(process, body="{}")
        assert share_of(process.project, "sign.po_valid_pct") == (0, 1)

    def test_one_signature_leaves_another_standing(self, process: BusinessProcess) -> None:
        other = make_process(project=process.project)
        _sign(process)
        _sign(other)
        assert share_of(process.project, "sign.po_valid_pct") == (2, 2)

    def test_forgets_a_process_that_left_the_scope(self, process: BusinessProcess) -> None:
        _sign(process)
        BusinessProcess.objects.update(in_scope=False)
        assert share_of(process.project, "sign.po_valid_pct") == (0, 0)
