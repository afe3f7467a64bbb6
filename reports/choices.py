"""Words of the reports: which edition of the paper was printed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """Name one edition of the paper: its language, and the version of its template and words."""

    language: str
    version: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """Hold a finished PDF and how many pages it has."""

    pdf: bytes
    pages: int
