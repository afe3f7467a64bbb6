"""The letters of accounts: what they say, to whom, and when they are not sent."""

from datetime import timedelta

import pytest
from django.core import mail

from governance.models import Invitation, Job, User
from governance.rendering.letters import run_letter
from governance.services.invitations import Wish, invite, secret_of, withdraw_invitation
from governance.services.jobs import JobRefused
from governance.services.resets import reset_authenticators
from tests.factories import NOW, make_organisation, make_user


@pytest.fixture
def admin(db: None) -> User:
    return make_user(
        organisation=make_organisation(), name="Ada\r\nBcc: all@x", is_administrator=True
    )


def invited(by: User) -> Invitation:
    return invite(
        wish=Wish(name="<b>New</b>", email="new@mills.example"), invited_by=by, invited_at=NOW
    )


class TestRunLetter:
    def test_carries_the_link_and_keeps_to_one_subject(self, admin: User) -> None:
        row = invited(admin)
        run_letter(Job.objects.get(), moment=NOW)
        (letter,) = mail.outbox
        assert secret_of(row) in letter.body
        assert "\n" not in letter.subject
        assert "Bcc" not in letter.extra_headers
        html = str(letter.alternatives[0][0])  # type: ignore[attr-defined]
        assert "&lt;b&gt;New" in html

    def test_speaks_the_language_of_whoever_invites(self, admin: User) -> None:
        User.objects.filter(pk=admin.pk).update(language="de")
        invited(admin)
        run_letter(Job.objects.get(), moment=NOW)
        assert "lädt Sie ein" in mail.outbox[0].subject

    def test_is_not_sent_once_there_is_no_reason(self, admin: User) -> None:
        row = invited(admin)
        withdraw_invitation(invitation=row, withdrawn_by=admin, withdrawn_at=NOW)
        with pytest.raises(JobRefused, match="withdrawn"):
            run_letter(Job.objects.get(), moment=NOW)
        assert not mail.outbox

    def test_is_not_sent_for_somebody_who_administers_no_more(self, admin: User) -> None:
        invited(admin)
        User.objects.filter(pk=admin.pk).update(is_administrator=False)
        with pytest.raises(JobRefused):
            run_letter(Job.objects.get(), moment=NOW)

    def test_is_not_sent_under_another_key(
        self, admin: User, settings: pytest.FixtureRequest
    ) -> None:
        invited(admin)
        settings.SECRET_KEY = "another key"  # type: ignore[attr-defined]  # noqa: S105
        with pytest.raises(JobRefused):
            run_letter(Job.objects.get(), moment=NOW)

    def test_tells_an_account_of_its_reset(self, admin: User) -> None:
        account = make_user(organisation=admin.organisation, name="Signer")
        reset_authenticators(account=account, reset_by=admin, reason="Lost the phone", reset_at=NOW)
        run_letter(Job.objects.get(), moment=NOW + timedelta(minutes=1))
        (letter,) = mail.outbox
        assert letter.to == [account.email]
        assert "Lost the phone" in letter.body
        assert "2 Jun 2026, 09:00" in letter.body

    def test_refuses_a_letter_that_nobody_knows(self, admin: User) -> None:
        job = Job.objects.create(kind="letter", key="x", payload={"letter": "love"})
        with pytest.raises(JobRefused, match="Nobody knows"):
            run_letter(job, moment=NOW)
