"""The mail of the day: what is new and what waits for one account, in its own language."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from governance.models import Notice, Organisation, User
from governance.pages.notices import NoticeRow, notice_row
from governance.services.post import Letter
from readiness.models import DigestChoice
from readiness.pages.words import number_text
from readiness.pages.work import MyWork, my_work
from readiness.services.digests import stop_token, zone_of

MOST_ITEMS = 25
MOST_NEWS = 50
LONGEST_LINE = 160


def compose_digests(user: User, at: datetime, due_date: date) -> list[Letter]:
    """Return the mails of the day of an account, none when nothing is new and nothing waits.

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
        news = news_of(user, at=at)
        if not work.items and not news:
            return None
        return _letter(user, _shown(user, work, news), due_date, client)


def news_of(user: User, *, at: datetime) -> list[NoticeRow]:
    """Return what the next mail of the day tells an account for the first time."""
    told = Notice.objects.told_to(user).for_digest().newest_first()
    return [notice_row(row, at=at) for row in told.select_related("project")[:MOST_NEWS]]


def _shown(user: User, work: MyWork, news: list[NoticeRow]) -> dict[str, Any]:
    """Return what the mail shows: news first, then what waits and is not among them."""
    told = {row.href for row in news}
    items = [item for item in work.items if item.href not in told]
    return {
        "name": user.name,
        "answer": work.answer if work.items else _new_text(len(news)),
        "news": [(row, _short(row.notice.title), _address(row.href)) for row in news],
        "rows": [(item, _short(item.text), _address(item.href)) for item in items[:MOST_ITEMS]],
        "more": max(len(items) - MOST_ITEMS, 0),
        "waits": len(work.items),
        "told": [row.notice.pk for row in news],
        "feed_address": _address(reverse("governance:notice-list")),
        "work_address": _address(reverse("readiness:my-work")),
        "stop_address": _address(reverse("readiness:digest-stop", args=[stop_token(user)])),
        "language": translation.get_language(),
    }


def _letter(
    user: User, shown: dict[str, Any], due_date: date, client: Organisation | None
) -> Letter:
    stop, told = shown["stop_address"], shown["told"]
    host = urlsplit(settings.SITE_URL).hostname
    return Letter(
        to=user.email,
        subject=_subject(shown["waits"], len(told), client),
        text=render_to_string("readiness/mail/digest.txt", shown),
        html=render_to_string("readiness/mail/digest.html", shown),
        things=len(shown["rows"]) + shown["more"] + len(told),
        tells=told,
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<{_key_of(user, due_date, client)}@{host}>",
        },
    )


def _subject(number: int, news: int, client: Organisation | None) -> str:
    if not number:
        return _news_subject(news, client)
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


def _new_text(number: int) -> str:
    words = ngettext("%(number)s thing is new.", "%(number)s things are new.", number)
    return words % {"number": number_text(number)}


def _news_subject(number: int, client: Organisation | None) -> str:
    told = {"number": number_text(number), "client": client.name if client else ""}
    if client is None:
        words = ngettext(
            "Readiness Gate: %(number)s thing is new",
            "Readiness Gate: %(number)s things are new",
            number,
        )
    else:
        words = ngettext(
            "Readiness Gate for %(client)s: %(number)s thing is new",
            "Readiness Gate for %(client)s: %(number)s things are new",
            number,
        )
    return " ".join((words % told).split())


def _key_of(user: User, due_date: date, client: Organisation | None) -> str:
    named = f"-{client.public_id}" if client else ""
    return f"digest-{user.public_id}{named}-{due_date.isoformat()}"


def _short(text: str) -> str:
    """Return some words on one line."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_LINE else f"{words[: LONGEST_LINE - 1]}…"


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


@dataclass(frozen=True, slots=True)
class MailSetting:
    """Whether the reader gets the mail of the day, where to, and at which hour of which zone."""

    is_on: bool
    address: str
    hour: int
    zone: str

    @property
    def hours(self) -> list[tuple[int, str]]:
        """Return the hours to choose from."""
        return [(hour, f"{hour}:00") for hour in range(24)]


def mail_setting(user: User) -> MailSetting:
    """Return how the mail of the day of an account is set."""
    choice = DigestChoice.objects.filter(user=user).first()
    chosen = choice.hour if choice else None
    return MailSetting(
        is_on=choice is None or choice.is_wanted,
        address=user.email,
        hour=settings.DIGEST_HOUR if chosen is None else chosen,
        zone=user.time_zone,
    )
