"""How a state looks on a page."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Look:
    """Say how a state looks: a word, a shape and a tone, which is never the only sign."""

    word: str | Promise
    shape: str
    tone: str
