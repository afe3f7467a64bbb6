"""Formats of answers other than JSON; each view makes the bytes, these name the format."""

from rest_framework.renderers import BaseRenderer


class CsvRenderer(BaseRenderer):
    """Comma-separated values."""

    media_type = "text/csv"
    format = "csv"


class TextRenderer(BaseRenderer):
    """Plain text."""

    media_type = "text/plain"
    format = "txt"


class PdfRenderer(BaseRenderer):
    """A PDF document."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None
    render_style = "binary"


class ZipRenderer(BaseRenderer):
    """A ZIP archive."""

    media_type = "application/zip"
    format = "zip"
    charset = None
    render_style = "binary"
