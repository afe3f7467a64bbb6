"""Agreeing, once, that an electronic signature binds."""

import json

import pytest

from governance.choices import SignoffAct
from governance.models import BusinessProcess, RecordEntry, SignatureAgreement, Signoff, User
from governance.services.accounts import Proof, Seed
from governance.services.agreements import WORDING, has_agreed
from governance.services.proving import Rehearsal, prove_signer
from governance.services.signoffs import (
    Declaration,
    Exhibit,
    SignoffRefused,
    Subject,
    evidence_hash_of,
    sign,
)
from governance.services.statements import Rehearsed
from tests.factories import NOW, join, make_process, make_user
from tests.people import make_cast
from tests.signing import proof_of

pytestmark = pytest.mark.django_db
BODY = '{"runs":1}'


@pytest.fixture
def process() -> BusinessProcess:
    """Return a process whose owner has never signed."""
    cast = make_cast()
    owner = make_user(organisation=cast.client, name="New Owner")
    join(project=cast.project, user=owner)
    return make_process(project=cast.project, owner=owner, deputy=cast.sponsor)


def owner_of(process: BusinessProcess) -> User:
    assert process.owner
    return process.owner


def signed(
    process: BusinessProcess, proof: Proof, *, act: SignoffAct = SignoffAct.SIGNED
) -> Signoff:
    """Sign as the owner."""
    reason = "" if act == SignoffAct.SIGNED else "Not yet."
    return sign(
        subject=Subject.of_process(process),
        signer=owner_of(process),
        declaration=Declaration(act=act, reason=reason),
        exhibit=Exhibit(body=BODY, shown_hash=evidence_hash_of(BODY)),
        proof=proof,
    )


def silent(user: User) -> Proof:
    """Return a proof without the agreement."""
    return Proof(account_id=user.pk, method=proof_of(user).method)


class TestAgree:
    @pytest.mark.parametrize("act", [SignoffAct.SIGNED, SignoffAct.REFUSED])
    def test_nothing_is_signed_or_refused_without(
        self, process: BusinessProcess, act: SignoffAct
    ) -> None:
        with pytest.raises(SignoffRefused, match="Agree first"):
            signed(process, silent(owner_of(process)), act=act)
        assert not Signoff.objects.exists()
        assert not RecordEntry.objects.filter(kind__in=["AGREED", "SIGNED", "REFUSED"]).exists()

    def test_stands_in_the_record_before_the_first_signature(
        self, process: BusinessProcess
    ) -> None:
        owner = owner_of(process)
        row = signed(process, proof_of(owner))
        agreement = SignatureAgreement.objects.get(account=owner)
        assert (agreement.wording, agreement.organisation) == (WORDING, owner.organisation)
        first, second = RecordEntry.objects.filter(kind__in=["AGREED", "SIGNED"]).order_by("seq")
        assert (first.kind, second.kind, row.entry) == ("AGREED", "SIGNED", second)
        assert (first.subject_noun, first.subject_id) == ("account", owner.public_id)
        assert json.loads(first.body)["terms"]["wording"] == WORDING
        assert f"index {second.seq}" in row.receipt

    def test_is_asked_once(self, process: BusinessProcess) -> None:
        owner = owner_of(process)
        signed(process, proof_of(owner))
        signed(process, silent(owner), act=SignoffAct.REFUSED)
        signed(process, proof_of(owner), act=SignoffAct.REFUSED)
        assert has_agreed(owner)
        assert RecordEntry.objects.filter(kind="AGREED").count() == 1

    def test_falls_with_the_signature_it_came_with(self, process: BusinessProcess) -> None:
        owner = owner_of(process)
        with pytest.raises(SignoffRefused):
            sign(
                subject=Subject.of_process(process),
                signer=owner,
                declaration=Declaration(act=SignoffAct.SIGNED),
                exhibit=Exhibit(body=BODY, shown_hash=evidence_hash_of(BODY), is_empty=True),
                proof=proof_of(owner),
            )
        assert not has_agreed(owner)

    def test_one_account_never_agrees_for_another(self, process: BusinessProcess) -> None:
        assert process.deputy
        assert has_agreed(process.deputy)
        with pytest.raises(SignoffRefused, match="Agree first"):
            signed(process, silent(owner_of(process)))


class TestRehearsal:
    def test_shows_the_statement_and_writes_nothing(self, process: BusinessProcess) -> None:
        owner, seed = owner_of(process), Seed()
        before = RecordEntry.objects.count()
        rehearsal = Rehearsal(seed=seed, agreed=True)
        proof = prove_signer(user=owner, credentials=rehearsal, at=NOW)
        with pytest.raises(Rehearsed) as shown:
            signed(process, proof)
        assert not Signoff.objects.exists()
        assert not has_agreed(owner)
        assert RecordEntry.objects.count() == before
        again = Proof(account_id=owner.pk, method=proof.method, seed=seed, agreed=True)
        assert signed(process, again).statement == shown.value.statement.text

    def test_asks_for_the_agreement_too(self, process: BusinessProcess) -> None:
        proof = prove_signer(user=owner_of(process), credentials=Rehearsal(), at=NOW)
        with pytest.raises(SignoffRefused, match="Agree first"):
            signed(process, proof)
