"""Assuming and ruling: what is written and what is refused."""

import pytest

from governance.choices import Affiliation, Ruling
from governance.models import AssumptionRuling, Caveat
from governance.services.assumptions import AssumptionRefused, Guess, rule_on, write_assumption
from tests.factories import NOW
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


class TestRuleOn:
    def test_writes_the_word_of_the_client(self, cast: Cast) -> None:
        assumption = write_assumption(
            project=cast.project,
            guess=Guess(statement="One warehouse is enough."),
            made_by=cast.consultant,
            raised_at=NOW,
        )
        assert (assumption.code, assumption.made_affiliation) == ("A-001", Affiliation.PARTNER)
        row = rule_on(
            assumption=assumption,
            ruling=Ruling.CORRECTED,
            reason="There are two.",
            ruled_by=cast.process_owner,
            ruled_at=NOW,
            is_caveat=True,
        )
        assert row.ruling == Ruling.CORRECTED
        caveat = Caveat.objects.get()
        assert (caveat.text, caveat.source_id) == ("There are two.", str(assumption.public_id))

    @pytest.mark.parametrize(
        ("name", "ruling", "sentence"),
        [
            ("consultant", Ruling.RATIFIED, "only an owner"),
            ("process_owner", Ruling.REJECTED, "what is right instead"),
        ],
    )
    def test_refuses_a_partner_and_a_bare_no(
        self, cast: Cast, name: str, ruling: str, sentence: str
    ) -> None:
        assumption = write_assumption(
            project=cast.project,
            guess=Guess(statement="One warehouse is enough."),
            made_by=cast.consultant,
            raised_at=NOW,
        )
        with pytest.raises(AssumptionRefused, match=sentence):
            rule_on(
                assumption=assumption,
                ruling=ruling,
                reason=" ",
                ruled_by=getattr(cast, name),
                ruled_at=NOW,
            )
        assert not AssumptionRuling.objects.exists()
