"""Read what callers send, within limits."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles, JSONParser, MultiPartParser

from governance.api.problems import TooLarge


def refuse_large(context: Mapping[str, Any] | None, *, limit: int) -> None:
    """Compare the announced length with a limit before a byte is read.

    :raises TooLarge: more bytes are announced than are taken.
    """
    request = (context or {})["request"]
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if int(announced) > limit:
        raise TooLarge(f"At most {limit:,} bytes are taken here.")


class LimitedJSONParser(JSONParser):
    """Read JSON up to a size and a depth."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the parsed document.

        :raises TooLarge: over the limit.
        :raises ParseError: not JSON, or nested too deep.
        """
        refuse_large(parser_context, limit=settings.API_BODY_BYTES)
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("The JSON is nested too deep.") from error


class LimitedMultiPartParser(MultiPartParser):
    """Read a form with a file up to a size."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> "DataAndFiles[Any, Any]":
        """Return fields and files.

        :raises TooLarge: over the limit.
        """
        refuse_large(parser_context, limit=settings.API_UPLOAD_BYTES)
        return super().parse(stream, media_type, parser_context)
