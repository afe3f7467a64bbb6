"""Invitations: who sends them, what they promise, and when they open nothing."""

from datetime import timedelta
from typing import Any

import pytest

from governance.choices import Role, SecurityEventKind
from governance.models import Invitation, Job, Participation, SecurityEvent, User
from governance.services.administering import AdministrationRefused
from governance.services.invitations import (
    LIFE,
    MOST_WAITING,
    InvitationRefused,
    Wish,
    accept_invitation,
    invite,
    invite_again,
    open_invitation,
    secret_of,
    withdraw_invitation,
)
from tests.factories import NOW, make_user
from tests.people import Cast, make_cast

PASSWORD = "a wholly new and long password"  # noqa: S105
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def admin(cast: Cast) -> User:
    return make_user(organisation=cast.client, name="Admin", is_administrator=True)


def sent(by: User, **fields: Any) -> Invitation:
    terms: dict[str, Any] = {"name": "New One", "email": "new@mills.example", **fields}
    return invite(wish=Wish(**terms), invited_by=by, invited_at=NOW)


def accept(secret: str, **fields: Any) -> User:
    terms: dict[str, Any] = {
        "name": "New One",
        "password": PASSWORD,
        "accepted_at": LATER,
        **fields,
    }
    return accept_invitation(secret=secret, **terms)


class TestInvite:
    def test_keeps_the_hash_of_a_secret_that_can_be_drawn_again(self, admin: User) -> None:
        row = sent(admin)
        secret = secret_of(Invitation.objects.get())
        assert len(secret) == 43
        assert secret not in repr(vars(row))
        assert open_invitation(secret, at=LATER) == row
        assert row.expires_at == NOW + LIFE

    def test_leaves_the_mail_to_a_worker_without_the_secret(self, admin: User) -> None:
        row = sent(admin)
        job = Job.objects.get(kind="letter")
        assert job.actor == admin
        assert secret_of(row) not in repr(vars(job))

    def test_is_on_the_security_log(self, admin: User) -> None:
        row = sent(admin)
        event = SecurityEvent.objects.get(kind=SecurityEventKind.INVITED)
        assert event.actor == admin
        assert secret_of(row) not in repr(vars(event))

    def test_is_for_administrators(self, cast: Cast) -> None:
        for nobody in (cast.sponsor, cast.consultant):
            with pytest.raises(AdministrationRefused):
                sent(nobody)
        assert not Invitation.objects.exists()

    def test_invites_into_the_own_organisation_whoever_asks(self, cast: Cast) -> None:
        partners = make_user(organisation=cast.partner, is_administrator=True)
        assert sent(partners).organisation == cast.partner

    @pytest.mark.parametrize("email", ["NEW@mills.example", "new@mills.example "])
    def test_knows_an_address_however_it_is_written(self, admin: User, email: str) -> None:
        sent(admin)
        with pytest.raises(InvitationRefused, match="invited already"):
            sent(admin, email=email)

    def test_takes_full_width_letters_for_what_they_are(self, admin: User) -> None:
        sent(admin)
        with pytest.raises(InvitationRefused, match="invited already"):
            sent(admin, email="\uff4eew@mills.example")

    @pytest.mark.parametrize("email", ["n\u0435w@mills.example", "new", "n\u00e9w@mills.example"])
    def test_takes_no_address_outside_ascii(self, admin: User, email: str) -> None:
        with pytest.raises(InvitationRefused) as refused:
            sent(admin, email=email)
        assert refused.value.field == "email"

    def test_says_that_somebody_here_has_an_account_and_nothing_of_others(
        self, cast: Cast, admin: User
    ) -> None:
        with pytest.raises(InvitationRefused, match="account here already"):
            sent(admin, email=cast.sponsor.email)
        assert sent(admin, email=cast.other_sponsor.email).pk
        assert sent(admin, email=cast.consultant.email).pk

    def test_promises_no_role_in_another_tenants_project(self, cast: Cast, admin: User) -> None:
        with pytest.raises(InvitationRefused, match="own projects"):
            sent(admin, project=cast.other_project, role=Role.TEST_LEAD)

    def test_lets_a_partner_promise_no_role_at_all(self, cast: Cast) -> None:
        partners = make_user(organisation=cast.partner, is_administrator=True)
        with pytest.raises(InvitationRefused, match="own projects"):
            sent(partners, project=cast.project, role=Role.CONSULTANT)

    @pytest.mark.parametrize("role", ["", "EMPEROR", Role.CONSULTANT])
    def test_promises_only_a_role_of_the_business(self, cast: Cast, admin: User, role: str) -> None:
        with pytest.raises(InvitationRefused):
            sent(admin, project=cast.project, role=role)

    def test_makes_room_for_one_that_is_too_old(self, admin: User) -> None:
        first = sent(admin)
        Invitation.objects.update(expires_at=NOW)
        second = sent(admin)
        first.refresh_from_db()
        assert first.withdrawn_at == NOW
        assert second.pk != first.pk

    def test_stops_where_too_many_wait(self, admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
        assert MOST_WAITING == 200
        monkeypatch.setattr("governance.services.invitations.MOST_WAITING", 1)
        sent(admin)
        with pytest.raises(InvitationRefused, match="Withdraw some"):
            sent(admin, email="second@mills.example")


class TestAcceptInvitation:
    def test_makes_the_account_with_all_it_was_promised(self, cast: Cast, admin: User) -> None:
        row = sent(admin, project=cast.project, role=Role.TEST_LEAD, is_administrator=True)
        account = accept(secret_of(row), name=" Newly Named ")
        account.refresh_from_db()
        assert (account.name, account.email) == ("Newly Named", "new@mills.example")
        assert (account.organisation, account.kind) == (cast.client, "CLIENT")
        assert account.is_administrator
        assert not account.is_staff
        assert account.check_password(PASSWORD)
        held = Participation.objects.get(user=account)
        assert (held.project, held.role, held.given_by) == (cast.project, "TEST_LEAD", admin)
        row.refresh_from_db()
        assert (row.accepted_at, row.account) == (LATER, account)
        event = SecurityEvent.objects.get(kind=SecurityEventKind.INVITATION_ACCEPTED)
        assert (event.account, event.actor) == (account, admin)

    def test_makes_the_account_of_a_partner_a_partners(self, cast: Cast) -> None:
        partners = make_user(organisation=cast.partner, is_administrator=True)
        assert accept(secret_of(sent(partners))).is_partner

    def test_works_once(self, admin: User) -> None:
        secret = secret_of(sent(admin))
        accept(secret)
        with pytest.raises(InvitationRefused, match="accepted already"):
            accept(secret)
        assert User.objects.filter(email="new@mills.example").count() == 1

    def test_is_refused_when_withdrawn(self, admin: User) -> None:
        row = sent(admin)
        withdraw_invitation(invitation=row, withdrawn_by=admin, withdrawn_at=NOW)
        with pytest.raises(InvitationRefused, match="withdrawn"):
            accept(secret_of(row))

    def test_is_refused_when_too_old(self, admin: User) -> None:
        with pytest.raises(InvitationRefused, match="too old"):
            accept(secret_of(sent(admin)), accepted_at=NOW + LIFE)

    def test_is_refused_for_a_made_up_secret(self, admin: User) -> None:
        sent(admin)
        with pytest.raises(InvitationRefused, match="not one of ours"):
            accept("x" * 43)

    def test_is_refused_once_whoever_invited_administers_no_more(self, admin: User) -> None:
        secret = secret_of(sent(admin))
        User.objects.filter(pk=admin.pk).update(is_administrator=False)
        with pytest.raises(InvitationRefused, match="no longer administers"):
            accept(secret)

    def test_never_moves_an_account_that_is_there(self, cast: Cast, admin: User) -> None:
        row = sent(admin, email=cast.other_sponsor.email, is_administrator=True)
        before = User.objects.filter(pk=cast.other_sponsor.pk).values().get()
        with pytest.raises(InvitationRefused, match="sign in with it"):
            accept(secret_of(row))
        assert User.objects.filter(pk=cast.other_sponsor.pk).values().get() == before
        assert Invitation.objects.get().accepted_at is None

    def test_leaves_nothing_half_done(
        self, cast: Cast, admin: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row = sent(admin, project=cast.project, role=Role.TEST_LEAD)

        def fail(**_: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr("governance.services.invitations.give_role", fail)
        with pytest.raises(RuntimeError):
            accept(secret_of(row))
        assert not User.objects.filter(email="new@mills.example").exists()
        assert Invitation.objects.get().accepted_at is None


class TestInviteAgain:
    def test_sends_a_new_link_and_ends_the_old_one(self, admin: User) -> None:
        old = secret_of(sent(admin))
        row = invite_again(invitation=Invitation.objects.get(), invited_by=admin, invited_at=LATER)
        assert row.expires_at == LATER + LIFE
        with pytest.raises(InvitationRefused):
            open_invitation(old, at=LATER)
        assert open_invitation(secret_of(row), at=LATER) == row
        assert Job.objects.filter(kind="letter").count() == 2

    def test_is_for_the_own_organisations_administrator(self, cast: Cast, admin: User) -> None:
        row = sent(admin)
        for organisation in (cast.other_client, cast.partner):
            other = make_user(organisation=organisation, is_administrator=True)
            with pytest.raises(AdministrationRefused):
                invite_again(invitation=row, invited_by=other, invited_at=LATER)
            with pytest.raises(AdministrationRefused):
                withdraw_invitation(invitation=row, withdrawn_by=other, withdrawn_at=LATER)

    def test_is_refused_after_the_end(self, admin: User) -> None:
        row = sent(admin)
        accept(secret_of(row))
        with pytest.raises(InvitationRefused, match="meanwhile"):
            invite_again(invitation=row, invited_by=admin, invited_at=LATER)
