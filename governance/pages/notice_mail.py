"""The mail of one urgent notice: what, about what, and the one screen where it is done."""

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from governance.models import Notice
from governance.pages.notices import notice_row
from governance.services.post import Letter

LONGEST_SUBJECT = 120


def compose_notice(notice: Notice) -> Letter:
    """Return the mail of a notice in the language of its account, times in the project's zone."""
    account, zone = notice.account, ZoneInfo(notice.project.time_zone)
    language = account.language or settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(zone):
        row = notice_row(notice, at=notice.try_at)
        shown = {
            "name": account.name,
            "row": row,
            "notice": notice,
            "address": f"{settings.SITE_URL}{row.href}",
            "feed_address": f"{settings.SITE_URL}{reverse('governance:notice-list')}",
            "language": translation.get_language(),
        }
        return Letter(
            to=account.email,
            subject=_subject(row.what, notice.title),
            text=render_to_string("governance/mail/notice.txt", shown),
            html=render_to_string("governance/mail/notice.html", shown),
            things=1,
            headers={
                "Auto-Submitted": "auto-generated",
                "Message-ID": f"<notice-{notice.public_id}@{urlsplit(settings.SITE_URL).hostname}>",
            },
        )


def _subject(what: str, title: str) -> str:
    words = " ".join(title.split())
    if len(words) > LONGEST_SUBJECT:
        words = f"{words[: LONGEST_SUBJECT - 1]}…"
    return _("Readiness Gate: %(what)s: %(title)s") % {"what": what, "title": words}
