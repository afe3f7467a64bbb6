"""The way from any row to escalating it."""

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from governance.permissions import Seat
from governance.permissions.areas.escalations import ESCALATE

register = template.Library()


@register.simple_tag
def escalate_href(seat: Seat | None, noun: str, subject_id: object) -> str:
    """Return where a row is escalated; empty for whoever does not escalate. It asks nothing."""
    if not seat or not ESCALATE.allows(seat):
        return ""
    address = reverse("governance:escalation-add", args=[seat.project.public_id])
    return f"{address}?{urlencode({'noun': noun, 'id': str(subject_id)})}"
