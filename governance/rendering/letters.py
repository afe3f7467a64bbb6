"""The letters of accounts: an invitation, a reset second factor, failed proofs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from governance.models import AuthenticatorReset, Invitation, Job, SecurityEvent, User
from governance.services.authority import actor_of
from governance.services.invitations import InvitationRefused, open_invitation, secret_of
from governance.services.jobs import JobRefused
from governance.services.post import Letter, send_letter


def run_letter(job: Job, *, moment: datetime) -> None:
    """Write and send the letter that a job asks for, if there is still a reason to.

    :raises JobRefused: what it would tell is no longer so, or whoever invites may not any more.
    """
    if job.payload.get("letter") == "invitation":
        actor_of(job, may=lambda actor: actor.is_administrator)
    write = WRITERS.get(str(job.payload.get("letter")))
    if write is None:
        raise JobRefused(f"Nobody knows the letter of job {job.public_id}.")
    send_letter(write(str(job.payload["row"]), moment))


def letter_of_invitation(public_id: str, moment: datetime) -> Letter:
    """Return the mail that carries an invitation's link, in the language of who invites.

    :raises JobRefused: the invitation is not open, or was written under another key.
    """
    row = Invitation.objects.select_related("organisation", "project", "invited_by").get(
        public_id=public_id
    )
    secret = secret_of(row)
    try:
        open_invitation(secret, at=moment)
    except InvitationRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    address = reverse("governance:invitation-accept", args=[secret])
    shown = {"invitation": row, "address": f"{settings.SITE_URL}{address}"}
    with speaking(row.invited_by.language, row.invited_by.time_zone):
        subject = _("Readiness Gate: %(name)s invites you") % {"name": row.invited_by.name}
        return letter_from(row.email, subject, "invitation", shown)


def letter_of_reset(public_id: str, moment: datetime) -> Letter:
    """Return the mail that tells an account whose second factor was reset, by whom and why."""
    row = AuthenticatorReset.objects.select_related("account", "reset_by").get(public_id=public_id)
    with speaking(row.account.language, row.account.time_zone):
        subject = _("Readiness Gate: your second factor was reset")
        return letter_from(row.account.email, subject, "reset", {"reset": row})


def letter_of_proofs(row: str, moment: datetime) -> Letter:
    """Return the mail that tells a reader of somebody who failed to prove an account's identity.

    `row` names the event and the reader.
    """
    event_id, reader_id = row.split()
    event = SecurityEvent.objects.select_related("account").get(public_id=event_id)
    reader = User.objects.get(public_id=reader_id)
    with speaking(reader.language, reader.time_zone):
        subject = _("Readiness Gate: failed attempts to prove an identity")
        return letter_from(reader.email, subject, "proofs", {"event": event, "reader": reader})


WRITERS: dict[str, Callable[[str, datetime], Letter]] = {
    "invitation": letter_of_invitation,
    "reset": letter_of_reset,
    "proofs": letter_of_proofs,
}


def letter_from(to: str, subject: str, name: str, shown: dict[str, Any]) -> Letter:
    """Return the mail that the templates of a name make of what is shown."""
    words = {**shown, "site": settings.SITE_URL, "language": translation.get_language()}
    return Letter(
        to=to,
        subject=" ".join(subject.split()),
        text=render_to_string(f"governance/mail/{name}.txt", words),
        html=render_to_string(f"governance/mail/{name}.html", words),
        headers={"Auto-Submitted": "auto-generated"},
    )


@contextmanager
def speaking(language: str, time_zone: str) -> Iterator[None]:
    """Write in a reader's language and time; a zone that nobody knows counts as UTC."""
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    with translation.override(language or settings.LANGUAGE_CODE), timezone.override(zone):
        yield
