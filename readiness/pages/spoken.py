"""What is recorded in English, shown in the language of the page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from readiness.imports.languages import policy_in
from readiness.pages.words import with_separators
from readiness.policy.retelling import retold, summary
from readiness.policy.speech import Speech


def _day(day: date) -> str:
    return date_format(day, "j F Y")


READERS = Speech(text=gettext, plural=ngettext, number=with_separators, day=_day)
"""Speaks the language that is active when it is asked."""


def in_readers_language(body: Mapping[str, Any], *, whole: bool = True) -> Mapping[str, Any]:
    """Return a recorded judgement as the page's language tells it; nothing stays nothing.

    Of one that is not wanted whole only the headline, the colours and the first action are told.
    """
    language = _foreign()
    if not (language and body):
        return body
    tell = retold if whole else summary
    return tell(body, translation=policy_in(language), speech=READERS)


def policy_text(text: str) -> str:
    """Return a text of a policy in the page's language, or as it is where nobody translated it."""
    language = _foreign()
    return policy_in(language).text(text) if language else text


def _foreign() -> str:
    """Return the page's language where it is another than the record's."""
    language = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    return "" if language == settings.LANGUAGE_CODE else language
