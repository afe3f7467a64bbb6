"""Choose the format of an answer by Accept, or by `format` in the address."""

from collections.abc import Iterable

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer


class FormatByName(DefaultContentNegotiation):
    """Refuse an unknown `format` with 406 instead of 404."""

    def filter_renderers(
        self,
        renderers: Iterable[BaseRenderer],
        format: str,  # noqa: A002 - the parent's name
    ) -> list[BaseRenderer]:
        """Return the renderers of that name.

        :raises NotAcceptable: the address answers in no such format.
        """
        named = [renderer for renderer in renderers if renderer.format == format]
        if not named:
            raise NotAcceptable
        return named
