"""Tell what a file is by its first bytes; its name proves nothing. Pure: no table, no I/O."""

import enum


class FileType(enum.StrEnum):
    """Name what the importers can open, and what people send instead."""

    ZIP = "ZIP"
    XML = "XML"
    TEXT = "TEXT"
    OLD_OFFICE = "OLD_OFFICE"
    PDF = "PDF"
    IMAGE = "IMAGE"
    GZIP = "GZIP"
    BINARY = "BINARY"


READABLE = (FileType.ZIP, FileType.XML, FileType.TEXT)
REMEDIES = {
    FileType.OLD_OFFICE: (
        "This is an old .xls file or a workbook with a password. "
        "Save it as .xlsx without a password."
    ),
    FileType.PDF: "This is a PDF. Export the table as .xlsx or .csv.",
    FileType.IMAGE: "This is a picture. Export the table as .xlsx or .csv.",
    FileType.GZIP: "This file is packed with gzip. Unpack it first.",
    FileType.BINARY: "This is neither text nor a workbook. Export the table as .xlsx or .csv.",
}
_SIGNATURES = (
    (b"PK\x03\x04", FileType.ZIP),
    (b"PK\x05\x06", FileType.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileType.OLD_OFFICE),
    (b"%PDF", FileType.PDF),
    (b"\x89PNG", FileType.IMAGE),
    (b"\xff\xd8\xff", FileType.IMAGE),
    (b"GIF8", FileType.IMAGE),
    (b"\x1f\x8b", FileType.GZIP),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def type_of(head: bytes) -> FileType:
    """Return what a file with these first bytes is (a few kilobytes suffice)."""
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if head.startswith(_WIDE_MARKS):
        return FileType.TEXT
    if _is_binary(head):
        return FileType.BINARY
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return FileType.XML if start.startswith((b"<?xml", b"<!DOCTYPE", b"<")) else FileType.TEXT


def wide_encoding(head: bytes) -> str:
    """Return utf-16-le or utf-16-be where every other byte is a NUL, else nothing."""
    sample = head[:2000]
    if len(sample) < 4:  # noqa: PLR2004 - too short to tell
        return ""
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.7 and sample[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.7 and sample[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def _is_binary(head: bytes) -> bool:
    """Say whether there are control bytes that no text has; a stray NUL is the reader's."""
    controls = sum(head.count(byte) for byte in range(9)) + sum(
        head.count(byte) for byte in range(14, 32)
    )
    return not wide_encoding(head) and controls > max(4, len(head) // 20)
