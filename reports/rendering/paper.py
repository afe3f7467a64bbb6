"""Set the paper: prepared contents into the template, and its version."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.translation import to_locale

from reports.choices import Edition
from reports.rendering.contents import Paper

TEMPLATE = "reports/paper/paper.html"
VERSION = 2
"""Raise it when the contents change while the template does not."""

_TURNING_MARKS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def set_paper(paper: Paper) -> str:
    """Return the report as one HTML text that needs nothing from outside."""
    return set_text(TEMPLATE, {"paper": paper})


def set_text(template: str, shown: dict[str, Any]) -> str:
    """Return a template with what it shows as one HTML text.

    Marks that turn the direction of what follows are left out: a name that carries one would
    print the date behind it backwards.
    """
    return render_to_string(template, shown).translate(_TURNING_MARKS)


def language_of(code: str | None) -> str:
    """Return the language a report is printed in for somebody who reads in this one."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@lru_cache(maxsize=8)
def edition_of(language: str) -> Edition:
    """Return today's edition of the paper in a language.

    Its version says the program's, ours, and a mark of every template file and of the words.
    """
    folder = Path(str(get_template(TEMPLATE).template.origin.name)).parent  # type: ignore[attr-defined]
    digest = hashlib.sha256()
    for file in [*sorted(folder.iterdir()), *_catalogues(language)]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return Edition(language, f"{settings.CODE_VERSION}-{VERSION}-{digest.hexdigest()[:8]}")


def _catalogues(language: str) -> list[Path]:
    """Return the files that hold a language's words; none for the one the templates are in."""
    name = f"{to_locale(language)}/LC_MESSAGES/django.po"
    return [file for path in settings.LOCALE_PATHS if (file := Path(path) / name).is_file()]
