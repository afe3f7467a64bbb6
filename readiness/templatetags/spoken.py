"""A policy's own texts, shown in the language of the page."""

from django import template

from readiness.pages.spoken import policy_text as text_of

register = template.Library()


@register.filter
def policy_text(text: str) -> str:
    """Return a text of a policy as the page's language has it, or as it is."""
    return text_of(text)
