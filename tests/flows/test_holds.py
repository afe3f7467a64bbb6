"""A second factor that was reset: nothing is signed and no risk accepted for a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client

from governance.choices import SignoffAct
from governance.models import AuthenticatorReset, Signoff, User
from governance.services.accounts import Credentials
from governance.services.resets import HOLD
from governance.services.signoffs import SignoffRefused, Subject, sign
from readiness.models import Acceptance
from readiness.services.acceptances import AcceptanceRefused, check_hold
from readiness.services.signing import Statement, _exhibit, sign_evidence
from tests.factories import PASSWORD
from tests.factors import code_of
from tests.questions import accept
from tests.risks import accept_in_person, terms_of
from tests.signing import LATER, Desk, make_desk, proof_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def reset(desk: Desk, account: User, *, at: Any = LATER) -> AuthenticatorReset:
    """Write a reset, with the account's factors as they are: the hold alone is looked at."""
    return AuthenticatorReset.objects.create(
        organisation=desk.cast.client,
        account=account,
        reset_by=desk.cast.administrator,
        reason="Lost the phone",
        reset_at=at,
        holds_until=at + HOLD,
    )


def sign_at(desk: Desk, moment: Any) -> Signoff:
    desk.judge(at=moment)
    return sign_evidence(
        process=desk.process,
        signer=desk.cast.process_owner,
        statement=Statement(act=SignoffAct.SIGNED, shown_hash=desk.shown_hash(at=moment)),
        credentials=Credentials(PASSWORD, code_of(desk.cast.process_owner, at=moment)),
        as_of=moment,
    )


class TestSigning:
    def test_is_refused_during_the_hold_and_not_after(self, desk: Desk) -> None:
        reset(desk, desk.cast.process_owner)
        with pytest.raises(SignoffRefused, match="reset by Administrator"):
            sign_at(desk, LATER + HOLD - timedelta(seconds=1))
        assert not Signoff.objects.exists()
        assert sign_at(desk, LATER + HOLD).pk

    def test_is_refused_by_the_one_door_on_the_databases_clock(self, desk: Desk) -> None:
        desk.judge()
        statement = Statement(act=SignoffAct.SIGNED, shown_hash=desk.shown_hash())
        owner, mark = desk.cast.process_owner, desk.cast.project.mark
        exhibit = _exhibit(desk.process, mark, statement, owner, LATER)
        AuthenticatorReset.objects.create(
            organisation=desk.cast.client,
            account=desk.cast.process_owner,
            reset_by=desk.cast.administrator,
            reason="Lost the phone",
            reset_at=Now(),
            holds_until=Now() + HOLD,
        )
        with pytest.raises(SignoffRefused, match="reset by Administrator"):
            sign(
                subject=Subject.of_process(desk.process),
                signer=desk.cast.process_owner,
                declaration=statement.declaration,
                exhibit=exhibit,
                proof=proof_of(desk.cast.process_owner),
            )

    def test_shows_the_owner_why_in_place_of_the_form(
        self, desk: Desk, client: Client, time_machine: Any
    ) -> None:
        reset(desk, desk.cast.process_owner)
        time_machine.move_to(LATER + timedelta(hours=1), tick=False)
        client.force_login(desk.cast.process_owner)
        page = client.get(desk.address).content.decode()
        assert "You can sign from" in page
        assert 'name="password"' not in page
        assert client.post(desk.address, {"act": "SIGNED"}).status_code == 403


class TestSignatures:
    def test_carry_the_reset_for_a_week(self, desk: Desk) -> None:
        row = desk.sign(desk.cast.process_owner)
        reset(desk, desk.cast.process_owner, at=row.signed_at - timedelta(days=6))
        noted = [vars(row)["authenticator_reset_at"] for row in Signoff.objects.with_resets()]
        assert noted == [row.signed_at - timedelta(days=6)]

    def test_carry_none_that_is_older_or_later_or_anothers(self, desk: Desk) -> None:
        row = desk.sign(desk.cast.process_owner)
        reset(desk, desk.cast.process_owner, at=row.signed_at - timedelta(days=7))
        reset(desk, desk.cast.process_owner, at=row.signed_at + timedelta(seconds=1))
        reset(desk, desk.cast.sponsor, at=row.signed_at - timedelta(hours=1))
        noted = [vars(row)["authenticator_reset_at"] for row in Signoff.objects.with_resets()]
        assert noted == [None]


class TestAccepting:
    def test_is_refused_during_the_hold_and_not_after(self, desk: Desk) -> None:
        cast = desk.cast
        reset(desk, cast.sponsor)
        with pytest.raises(AcceptanceRefused, match="reset by Administrator"):
            check_hold(cast.sponsor, at=LATER)
        terms = terms_of(cast.project, until=LATER + timedelta(days=14))
        with pytest.raises(AcceptanceRefused, match="reset by Administrator"):
            accept_in_person(cast, terms, at=LATER)
        later = LATER + HOLD
        assert accept(cast, at=later, until=later + timedelta(days=14)).pk
        noted = [vars(row)["authenticator_reset_at"] for row in Acceptance.objects.with_resets()]
        assert noted == [LATER]
