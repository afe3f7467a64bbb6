"""What a proof counts for: one account, one statement, once."""

from dataclasses import replace

import pytest

from governance.choices import AuthenticationMethod, SignoffAct
from governance.models import BusinessProcess, Signoff, User
from governance.services.accounts import Proof, Seed
from governance.services.proving import Rehearsal, prove_signer, ways_of
from governance.services.signoffs import EvidenceChanged, SignoffRefused
from governance.services.statements import Rehearsed
from tests.factories import NOW, make_process
from tests.factors import give_app, give_passkey
from tests.governance.services.test_agreements import owner_of, signed
from tests.people import make_cast

pytestmark = pytest.mark.django_db
REFUSED = SignoffAct.REFUSED


@pytest.fixture
def process() -> BusinessProcess:
    """Return a process with an owner and a deputy."""
    cast = make_cast()
    return make_process(project=cast.project, owner=cast.process_owner, deputy=cast.sponsor)


@pytest.fixture
def proof(process: BusinessProcess) -> Proof:
    """Return a sign-in at a provider for the owner's refusal, as it would be written now."""
    owner, seed = owner_of(process), Seed()
    rehearsal = prove_signer(user=owner, credentials=Rehearsal(seed=seed), at=NOW)
    with pytest.raises(Rehearsed) as shown:
        signed(process, rehearsal, act=REFUSED)
    return Proof(
        account_id=owner.pk,
        method=AuthenticationMethod.SINGLE_SIGN_ON,
        seed=seed,
        statement_hash=shown.value.statement.digest,
    )


class TestAProof:
    def test_counts_once(self, process: BusinessProcess, proof: Proof) -> None:
        signed(process, proof, act=REFUSED)
        with pytest.raises(SignoffRefused, match="on record already"):
            signed(process, proof, act=REFUSED)
        assert Signoff.objects.count() == 1

    def test_counts_for_no_other_act(self, process: BusinessProcess, proof: Proof) -> None:
        with pytest.raises(EvidenceChanged):
            signed(process, proof, act=SignoffAct.SIGNED)

    def test_counts_for_nobody_else(self, process: BusinessProcess, proof: Proof) -> None:
        assert process.deputy
        with pytest.raises(SignoffRefused, match="Somebody else"):
            signed(process, replace(proof, account_id=process.deputy.pk), act=REFUSED)

    def test_of_a_passkey_has_an_assertion_and_no_other_has(
        self, process: BusinessProcess, proof: Proof
    ) -> None:
        for wrong in (
            replace(proof, method=AuthenticationMethod.PASSKEY),
            replace(proof, assertion={"key": {}}),
        ):
            with pytest.raises(SignoffRefused):
                signed(process, wrong, act=REFUSED)
        assert not Signoff.objects.exists()


class TestWaysOf:
    def test_are_those_of_the_account(self, process: BusinessProcess) -> None:
        owner: User = owner_of(process)
        assert ways_of(owner, at=NOW).are_none
        give_passkey(owner)
        assert ways_of(owner, at=NOW).passkey
        give_app(owner)
        ways = ways_of(owner, at=NOW)
        assert (ways.app, ways.is_choice, ways.must_agree) == (True, True, False)

    def test_an_app_without_a_password_is_no_way(self, process: BusinessProcess) -> None:
        owner = owner_of(process)
        give_app(owner)
        owner.set_unusable_password()
        assert ways_of(owner, at=NOW).are_none
