"""Turn stored words into what a reader sees: a word, a shape and a tone.

Every state has its own word and its own shape; the tone is never the only sign,
and only MET and GO are green.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from governance.choices import SignoffAct
from readiness.choices import FindingState, ReportedColour, Verdict
from readiness.pages.demo import DemoRole
from readiness.pages.demo import demo_roles as roles_of_the_demo

register = template.Library()


@dataclass(frozen=True, slots=True)
class Look:
    """Say how one stored word looks: its word, its icon and its tone."""

    word: str | Promise
    shape: str
    tone: str


UNKNOWN_LOOK = Look(_("Not known"), "help-circle", "unknown")
LOOKS: dict[str, Look] = {
    FindingState.MET: Look(_("Met"), "circle-check", "good"),
    FindingState.AT_RISK: Look(_("At risk"), "alert-triangle", "warn"),
    FindingState.MISSED: Look(_("Missed"), "circle-x", "bad"),
    FindingState.NOT_REPORTED: Look(_("Not reported"), "help-circle", "unknown"),
    FindingState.STALE: Look(_("Out of date"), "clock-exclamation", "unknown"),
    FindingState.INSUFFICIENT: Look(_("Nothing to measure"), "database-off", "unknown"),
    FindingState.NOT_APPLICABLE: Look(_("Not applicable"), "minus", "quiet"),
    FindingState.ACCEPTED: Look(_("Risk accepted"), "writing-sign", "accepted"),
    Verdict.GO: Look(_("Go"), "circle-check", "go"),
    Verdict.CONDITIONAL: Look(_("Conditional"), "alert-triangle", "conditional"),
    Verdict.NO_GO: Look(_("No-go"), "alert-octagon", "no-go"),
    Verdict.NOT_OPEN: Look(_("Not open yet"), "circle-dashed", "not-open"),
    ReportedColour.GREEN: Look(_("Reported green"), "flag", "quiet"),
    ReportedColour.AMBER: Look(_("Reported amber"), "flag", "quiet"),
    ReportedColour.RED: Look(_("Reported red"), "flag", "quiet"),
    SignoffAct.SIGNED: Look(_("Signed"), "signature", "signed"),
    SignoffAct.REFUSED: Look(_("Refused"), "hand-stop", "refused"),
    SignoffAct.WITHDRAWN: Look(_("Withdrawn"), "history", "stale"),
}


@register.filter
def word(value: str) -> str:
    """Return the reader's word for a stored state, verdict or colour."""
    return str(LOOKS.get(value, UNKNOWN_LOOK).word)


@register.filter
def shape(value: str) -> str:
    """Return the name of the icon that goes with a stored word."""
    return LOOKS.get(value, UNKNOWN_LOOK).shape


@register.filter
def tone(value: str) -> str:
    """Return the tone of a stored word: the last part of its class in the style sheet."""
    return LOOKS.get(value, UNKNOWN_LOOK).tone


PLAIN_TONES = {
    "go": "good",
    "conditional": "warn",
    "no-go": "bad",
    "not-open": "quiet",
    "signed": "good",
    "refused": "bad",
    "stale": "unknown",
}


@register.filter
def plain_tone(value: str) -> str:
    """Return the tone of a stored word among the six that chips, notices and dots have."""
    found = tone(value)
    return PLAIN_TONES.get(found, found)


@register.filter
def pairs(columns: Iterable[object], cells: Iterable[object]) -> list[tuple[object, object]]:
    """Return each column with its cell; a row that is too short ends early."""
    return list(zip(columns, cells, strict=False))


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """Draw one icon of the sprite; with a title it speaks, without one it is decoration."""
    sprite = static("vendor/icons/icons.svg")
    if title:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            title,
            sprite,
            name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name
    )


@register.simple_tag
def query(kept: dict[str, str] | None = None, **changed: object) -> str:
    """Return a query string of the kept parameters with some changed; empty values are left out."""
    merged = {**(kept or {}), **changed}
    asked = {key: value for key, value in merged.items() if value not in ("", None)}
    return f"?{urlencode(asked)}" if asked else "?"


@register.simple_tag
def demo_mode() -> bool:
    """Say whether this installation shows the demo."""
    return bool(settings.DEMO_MODE)


@register.simple_tag
def demo_roles() -> list[DemoRole]:
    """Return the roles to try with one click; none outside demo mode."""
    return roles_of_the_demo()
