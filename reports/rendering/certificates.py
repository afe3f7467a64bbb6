"""The certificate of one signature: what its page says, on one sheet of A4."""

import hashlib
from functools import lru_cache

from django.utils.translation import override

from readiness.pages.signatures import SignaturePage
from reports.choices import Pressed
from reports.rendering.paper import set_text
from reports.rendering.press import Limits, press_pdf

TEMPLATE = "reports/paper/certificate.html"
KEPT = 8
LIMITS = Limits(memory_mib=1024, processor_seconds=20, wall_seconds=60)


def print_certificate(page: SignaturePage, *, printed_at: str, language: str) -> Pressed:
    """Return the certificate as PDF; the same page at the same moment gives the same bytes.

    `printed_at` are the words of the moment that the worth is told of.

    :raises PressRefused: the page took too long or too much memory.
    """
    html = render_certificate(page, printed_at=printed_at, language=language)
    text = f"{page.signoff.public_id} {page.worth} {printed_at} {language}"
    return _pressed(html, hashlib.sha256(text.encode()).hexdigest())


@lru_cache(maxsize=KEPT)
def _pressed(html: str, identifier: str) -> Pressed:
    """Press a page, or hand out what was pressed of the very same text before."""
    return press_pdf(html, identifier=identifier, limits=LIMITS)


def render_certificate(page: SignaturePage, *, printed_at: str, language: str) -> str:
    """Return the certificate as one HTML text that needs nothing from outside."""
    with override(language):
        return set_text(TEMPLATE, {"page": page, "printed_at": printed_at})


def certificate_name(page: SignaturePage) -> str:
    """Return the name of the file: the project, and the entry that the signature has."""
    number = str(page.signoff.public_id)[:8] if page.entry_number is None else page.entry_number
    return f"{page.signoff.project.slug}-signature-{number}.pdf"
