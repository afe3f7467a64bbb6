"""How a stored word is spoken: as it is sent, and inside a sentence."""

from functools import cache

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language, override


@cache
def english(choice: TextChoices) -> str:
    """Return a choice's word as it is stored and sent, whatever language the reader speaks."""
    with override("en"):
        return str(choice.label)


def inside(word: str | Promise) -> str:
    """Return a label as it stands inside a sentence: small, but for what German writes large."""
    text = str(word)
    if (get_language() or "en").startswith("en"):
        return text.lower()
    first = text.partition(" ")[0]
    return text if first[1:] != first[1:].lower() else f"{text[:1].lower()}{text[1:]}"
