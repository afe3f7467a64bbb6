"""The letters of accounts: an invitation, and word of a reset second factor."""

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

from governance.models import AuthenticatorReset, Invitation, Job
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
    with _speaking(row.invited_by.language, row.invited_by.time_zone):
        subject = _("Readiness Gate: %(name)s invites you") % {"name": row.invited_by.name}
        return _letter(row.email, subject, "invitation", shown)


def letter_of_reset(public_id: str, moment: datetime) -> Letter:
    """Return the mail that tells an account whose second factor was reset, by whom and why."""
    row = AuthenticatorReset.objects.select_related("account", "reset_by").get(public_id=public_id)
    with _speaking(row.account.language, row.account.time_zone):
        subject = _("Readiness Gate: your second factor was reset")
        return _letter(row.account.email, subject, "reset", {"reset": row})


WRITERS: dict[str, Callable[[str, datetime], Letter]] = {
    "invitation": letter_of_invitation,
    "reset": letter_of_reset,
}


def _letter(to: str, subject: str, name: str, shown: dict[str, Any]) -> Letter:
    words = {**shown, "site": settings.SITE_URL, "language": translation.get_language()}
    return Letter(
        to=to,
        subject=" ".join(subject.split()),
        text=render_to_string(f"governance/mail/{name}.txt", words),
        html=render_to_string(f"governance/mail/{name}.html", words),
        headers={"Auto-Submitted": "auto-generated"},
    )


@contextmanager
def _speaking(language: str, time_zone: str) -> Iterator[None]:
    """Write in a reader's language and time; a zone that nobody knows counts as UTC."""
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    with translation.override(language or settings.LANGUAGE_CODE), timezone.override(zone):
        yield
