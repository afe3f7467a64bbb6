"""Terms: what is equal, what is in force."""

from readiness.policy.terms import GateTerms
from tests.readiness.policy.cases import DAY, NOW, acceptance, criterion, gate


class TestGateTerms:
    def test_are_equal_when_their_digests_are(self) -> None:
        one = gate("G3", criterion(), digest="a")
        assert one == gate("G4", digest="a")
        assert one != gate("G3", criterion(), digest="b")
        assert one != "a"
        assert len({one, gate("G4", digest="a")}) == 1

    def test_are_plain_values(self) -> None:
        assert isinstance(gate("G3"), GateTerms)


class TestAcceptanceTerms:
    def test_end_at_the_earlier_of_expiry_and_withdrawal(self) -> None:
        assert acceptance().ends_at == NOW + 7 * DAY
        assert acceptance(withdrawn_at=NOW + DAY).ends_at == NOW + DAY
        assert acceptance(withdrawn_at=NOW + 9 * DAY).ends_at == NOW + 7 * DAY
