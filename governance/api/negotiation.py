"""Choose the format of an answer by Accept, or by `format` in the address."""

from collections.abc import Iterable, Sequence

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

ANYTHING = {"", "*/*"}


class FormatByName(DefaultContentNegotiation):
    """Take the first format where anything will do; refuse an unknown `format` with 406."""

    def select_renderer(
        self,
        request: Request,
        renderers: Sequence[BaseRenderer],  # type: ignore[override]
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """Return the renderer and the media type of the answer.

        :raises NotAcceptable: the address answers in no such format.
        """
        first = renderers[0]
        accepted = request.META.get("HTTP_ACCEPT", "")
        if accepted in ANYTHING | {first.media_type} and "format=" not in _query_of(request):
            return first, str(first.media_type)
        found: tuple[BaseRenderer, str] = super().select_renderer(request, renderers, format_suffix)
        return found

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


def _query_of(request: Request) -> str:
    return str(request.META.get("QUERY_STRING", ""))
