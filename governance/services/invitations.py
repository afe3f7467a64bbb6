"""Invite people to open an account: the one way to one."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from governance.choices import Role, SecurityEventKind
from governance.models import Invitation, Job, Project, User
from governance.outbox import write_job
from governance.services.addresses import AddressRefused, normal_address
from governance.services.administering import AdministrationRefused, check_administrator
from governance.services.resets import LETTER
from governance.services.roles import give_role
from governance.services.security import note_event
from governance.services.tokens import hash_of_secret

LIFE = timedelta(days=7)
MOST_WAITING = 200
SALT = "governance.invitation"


class InvitationRefused(AdministrationRefused):
    """Say why nobody was invited, or why an invitation opens nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who is to be invited, and what the account is given at once."""

    name: str
    email: str
    is_administrator: bool = False
    project: Project | None = None
    role: str = ""


@transaction.atomic
def invite(*, wish: Wish, invited_by: User, invited_at: datetime) -> Invitation:
    """Invite somebody into the administrator's own organisation, by a mail that a worker sends.

    Whether the address has an account in another organisation is told to nobody here: whoever
    reads the mail is told, and only then.

    :raises AdministrationRefused: not an administrator.
    :raises InvitationRefused: a wrong address, one that is invited or has an account here
        already, or a role that the organisation's accounts cannot have.
    """
    check_administrator(invited_by, organisation_id=invited_by.organisation_id)
    email = _address(wish.email)
    _check_role(wish, invited_by=invited_by)
    _make_room(email, invited_by=invited_by, at=invited_at)
    row = Invitation(
        organisation_id=invited_by.organisation_id,
        project=wish.project,
        role=wish.role,
        email=email,
        name=wish.name.strip(),
        is_administrator=wish.is_administrator,
        invited_by=invited_by,
        expires_at=invited_at + LIFE,
    )
    row.secret_hash = hash_of_secret(secret_of(row))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise InvitationRefused(_is_invited(), field="email") from error
    letter_of_invitation(row)
    note_event(SecurityEventKind.INVITED, account=invited_by, name=row.name, email=email)
    return row


@transaction.atomic
def invite_again(*, invitation: Invitation, invited_by: User, invited_at: datetime) -> Invitation:
    """Send a new link that holds for LIFE; the one sent before opens nothing any more.

    :raises AdministrationRefused: not an administrator of the invitation's organisation.
    :raises InvitationRefused: it was accepted or withdrawn.
    """
    row = _held(invitation, actor=invited_by)
    row.invited_by, row.expires_at = invited_by, invited_at + LIFE
    row.secret_hash = hash_of_secret(secret_of(row))
    row.save(update_fields=["invited_by", "expires_at", "secret_hash"])
    letter_of_invitation(row)
    note_event(SecurityEventKind.INVITED, account=invited_by, name=row.name, email=row.email)
    return row


@transaction.atomic
def withdraw_invitation(
    *, invitation: Invitation, withdrawn_by: User, withdrawn_at: datetime
) -> None:
    """Let an invitation open nothing any more.

    :raises AdministrationRefused: not an administrator of the invitation's organisation.
    :raises InvitationRefused: it was accepted or withdrawn.
    """
    row = _held(invitation, actor=withdrawn_by)
    row.withdrawn_at = withdrawn_at
    row.save(update_fields=["withdrawn_at"])
    note_event(
        SecurityEventKind.INVITATION_WITHDRAWN,
        account=withdrawn_by,
        name=row.name,
        email=row.email,
    )


def accept_invitation(*, secret: str, name: str, password: str, accepted_at: datetime) -> User:
    """Open the account that an invitation is for, with all it was promised or not at all.

    Of two acceptances at once one makes the account and the other is refused.

    :raises InvitationRefused: the invitation is not open, whoever sent it administers no more,
        or the address has an account by now.
    """
    hashed = make_password(password)
    try:
        with transaction.atomic():
            return _accepted(secret, name=name.strip(), hashed=hashed, at=accepted_at)
    except IntegrityError as error:
        raise InvitationRefused(_has_account()) from error


def open_invitation(secret: str, *, at: datetime) -> Invitation:
    """Return the invitation that a link is for, while it opens an account.

    :raises InvitationRefused: there is none, or it is used, withdrawn or too old.
    """
    rows = Invitation.objects.select_related("organisation", "project", "invited_by")
    row = rows.filter(secret_hash=hash_of_secret(secret)).first()
    if row is None:
        raise InvitationRefused(_("This link is not one of ours, or a newer one was sent."))
    if row.accepted_at is not None:
        raise InvitationRefused(_("This invitation was accepted already. Sign in instead."))
    if row.withdrawn_at is not None:
        raise InvitationRefused(_("This invitation was withdrawn."))
    if row.expires_at <= at:
        raise InvitationRefused(_("This invitation is too old. Ask for a new one."))
    if not User.objects.administrators_of(row.organisation_id).filter(pk=row.invited_by_id):
        raise InvitationRefused(
            _("Whoever invited you no longer administers accounts. Ask for a new invitation.")
        )
    return row


def secret_of(invitation: Invitation) -> str:
    """Return the secret of an invitation's link, which is stored nowhere.

    It is drawn from the product's key, the invitation and its end, so that the mail can be
    written later, and a new end makes a new link.
    """
    words = f"{invitation.public_id}:{invitation.expires_at.timestamp():.6f}"
    drawn = salted_hmac(SALT, words, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(drawn).decode().rstrip("=")


def letter_of_invitation(invitation: Invitation) -> Job:
    """Return the mail that carries the link; a worker sends it."""
    ends = f"{invitation.expires_at.timestamp():.6f}"
    return write_job(
        kind=LETTER,
        key=f"letter:invitation:{invitation.public_id}:{ends}",
        payload={"letter": "invitation", "row": str(invitation.public_id)},
        actor=invitation.invited_by,
    )


def _accepted(secret: str, *, name: str, hashed: str, at: datetime) -> User:
    seen = open_invitation(secret, at=at)
    Invitation.objects.select_for_update().get(pk=seen.pk)
    row = open_invitation(secret, at=at)
    if User.objects.filter(email=row.email).exists():
        raise InvitationRefused(_has_account())
    account = User.objects.create_user(
        row.email,
        organisation=row.organisation,
        name=name or row.name,
        is_administrator=row.is_administrator,
    )
    User.objects.filter(pk=account.pk).update(password=hashed)
    account.password = hashed
    row.accepted_at, row.account = at, account
    row.save(update_fields=["accepted_at", "account"])
    note_event(SecurityEventKind.INVITATION_ACCEPTED, account=account, actor=row.invited_by)
    if row.project is not None:
        give_role(
            project=row.project,
            account=account,
            role=row.role,
            given_by=row.invited_by,
            given_at=at,
        )
    return account


def _held(invitation: Invitation, *, actor: User) -> Invitation:
    """Return an invitation that waits, locked.

    :raises AdministrationRefused: not an administrator of its organisation.
    :raises InvitationRefused: it was accepted or withdrawn.
    """
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    check_administrator(actor, organisation_id=row.organisation_id)
    if row.accepted_at is not None or row.withdrawn_at is not None:
        raise InvitationRefused(_("This invitation was accepted or withdrawn meanwhile."))
    return row


def _address(text: str) -> str:
    try:
        return normal_address(text)
    except AddressRefused as refusal:
        raise InvitationRefused(str(refusal), field="email") from refusal


def _check_role(wish: Wish, *, invited_by: User) -> None:
    """Let a client promise a role in its own projects, and a partner none.

    :raises InvitationRefused: anything else; another client's project does not exist here.
    """
    if wish.project is None and not wish.role:
        return
    if wish.project is None or wish.project.organisation_id != invited_by.organisation_id:
        raise InvitationRefused(_("Choose one of your own projects."), field="project")
    if wish.role not in Role.values or wish.role == Role.CONSULTANT:
        raise InvitationRefused(
            _("Choose the role that the account has in this project."), field="role"
        )


def _make_room(email: str, *, invited_by: User, at: datetime) -> None:
    """Refuse a second invitation; one that is too old makes room for it.

    :raises InvitationRefused: invited or a member already, or too many wait.
    """
    own = invited_by.organisation_id
    if User.objects.filter(email=email, organisation_id=own).exists():
        raise InvitationRefused(_("This address has an account here already."), field="email")
    waiting = Invitation.objects.filter(organisation_id=own).waiting()
    waiting.filter(email=email, expires_at__lte=at).update(withdrawn_at=at)
    if waiting.filter(email=email).exists():
        raise InvitationRefused(_is_invited(), field="email")
    if waiting.count() >= MOST_WAITING:
        raise InvitationRefused(_("Too many invitations wait. Withdraw some first."))


def _is_invited() -> str:
    return _("This address is invited already. Send that invitation again instead.")


def _has_account() -> str:
    return _(
        "There is an account for this address already: sign in with it. An account"
        " belongs to one organisation for good."
    )
