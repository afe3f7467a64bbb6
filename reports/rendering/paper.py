"""Set the paper: prepared contents into the template, and its version."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template, render_to_string

from reports.rendering.contents import Paper

TEMPLATE = "reports/paper/paper.html"
VERSION = 1
"""Raise it when the contents change while the template does not."""


def set_paper(paper: Paper) -> str:
    """Return the report as one HTML text that needs nothing from outside."""
    return render_to_string(TEMPLATE, {"paper": paper})


@lru_cache(maxsize=1)
def template_version() -> str:
    """Return the version of the paper: the program's, ours, and a mark of every template file."""
    folder = Path(str(get_template(TEMPLATE).template.origin.name)).parent  # type: ignore[attr-defined]
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return f"{settings.CODE_VERSION}-{VERSION}-{digest.hexdigest()[:8]}"
