"""Formats of answers other than JSON; each view makes the bytes, these name the format."""

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer


class ReadyMadeRenderer(BaseRenderer):
    """Pass on what the view made."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return it as it is."""
        return data


class CsvRenderer(ReadyMadeRenderer):
    """Comma-separated values."""

    media_type = "text/csv"
    format = "csv"


class PdfRenderer(ReadyMadeRenderer):
    """A PDF document."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None
    render_style = "binary"
