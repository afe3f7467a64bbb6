"""The language an account reads in."""

from django.conf import settings
from django.utils.translation import gettext as _

from governance.models import User


class LanguageRefused(Exception):
    """Say that the product does not speak a language."""


def choose_language(*, user: User, language: str) -> None:
    """Keep on the account which language its pages are shown in.

    :raises LanguageRefused: nobody has translated the product into it.
    """
    if language not in dict(settings.LANGUAGES):
        raise LanguageRefused(_("Choose one of the languages offered."))
    User.objects.filter(pk=user.pk).update(language=language)
