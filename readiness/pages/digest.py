"""The weekly mail: what waits for one account, in words and in HTML, in its own language."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Organisation, User
from governance.services.post import Letter
from readiness.pages.words import number_text
from readiness.pages.work import MyWork, WorkItem, my_work
from readiness.services.digests import WEEKDAYS, stop_token, wants_digest, zone_of

MOST_ITEMS = 25
LONGEST_LINE = 160


def compose_digests(user: User, at: datetime, due_date: date) -> list[Letter]:
    """Return the weekly mails of an account, none when nothing waits for it.

    A partner's account gets one for each client: no mail names two of them.
    """
    if not user.is_partner:
        found = [_composed(user, at, due_date)]
    else:
        clients = Organisation.objects.clients_of(user).by_name()
        found = [_composed_for(user, client, at, due_date) for client in clients]
    return [letter for letter in found if letter is not None]


def _composed_for(user: User, client: Organisation, at: datetime, due_date: date) -> Letter | None:
    """Compose the mail of a partner's account as it acts for one client, and for that moment."""
    user.acting_for_id = client.pk
    try:
        return _composed(user, at, due_date, client)
    finally:
        user.acting_for_id = None


def _composed(
    user: User, at: datetime, due_date: date, client: Organisation | None = None
) -> Letter | None:
    language = user.language or settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(zone_of(user.time_zone)):
        work = my_work(user, at=at)
        return _letter(user, work, due_date, client) if work.items else None


def _letter(user: User, work: MyWork, due_date: date, client: Organisation | None) -> Letter:
    number = len(work.items)
    stop = _address(reverse("readiness:digest-stop", args=[stop_token(user)]))
    shown = {
        "name": user.name,
        "answer": work.answer,
        "rows": [(item, _line(item), _address(item.href)) for item in work.items[:MOST_ITEMS]],
        "more": max(number - MOST_ITEMS, 0),
        "work_address": _address(reverse("readiness:my-work")),
        "stop_address": stop,
        "language": translation.get_language(),
    }
    host = urlsplit(settings.SITE_URL).hostname
    return Letter(
        to=user.email,
        subject=_subject(number, client),
        text=render_to_string("readiness/mail/digest.txt", shown),
        html=render_to_string("readiness/mail/digest.html", shown),
        things=number,
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<{_key_of(user, due_date, client)}@{host}>",
        },
    )


def _subject(number: int, client: Organisation | None) -> str:
    told = {"number": number_text(number), "client": client.name if client else ""}
    if client is None:
        words = ngettext(
            "Readiness Gate: %(number)s thing waits for you",
            "Readiness Gate: %(number)s things wait for you",
            number,
        )
    else:
        words = ngettext(
            "Readiness Gate for %(client)s: %(number)s thing waits for you",
            "Readiness Gate for %(client)s: %(number)s things wait for you",
            number,
        )
    return " ".join((words % told).split())


def _key_of(user: User, due_date: date, client: Organisation | None) -> str:
    named = f"-{client.public_id}" if client else ""
    return f"digest-{user.public_id}{named}-{due_date.isoformat()}"


def _line(item: WorkItem) -> str:
    """Return the words of one thing on one line."""
    words = " ".join(item.text.split())
    return words if len(words) <= LONGEST_LINE else f"{words[: LONGEST_LINE - 1]}…"


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


@dataclass(frozen=True, slots=True)
class MailSetting:
    """Whether the reader gets the weekly mail, and when."""

    is_on: bool
    address: str
    when: str


def mail_setting(user: User) -> MailSetting:
    """Return how the weekly mail of an account is set."""
    weekday = WEEKDAY_NAMES[WEEKDAYS.index(settings.DIGEST_WEEKDAY)]
    when = _("%(weekday)s, %(hour)s:00 (%(zone)s)") % {
        "weekday": weekday,
        "hour": settings.DIGEST_HOUR,
        "zone": user.time_zone,
    }
    return MailSetting(wants_digest(user), user.email, when)
