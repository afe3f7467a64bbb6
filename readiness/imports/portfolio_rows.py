"""Rows of a portfolio, read one by one: the project, its dates, and the colour reported."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import available_timezones

from django.utils.text import slugify

from governance.choices import Phase
from governance.imports.cells import choice_of, date_of, short_of
from governance.imports.columns import Record, plain_heading
from governance.imports.dates import DAY_FIRST
from governance.imports.importers import Context
from governance.imports.ledger import RowSkipped
from readiness.choices import ReportedColour

COLOURS = {
    "green": ReportedColour.GREEN,
    "amber green": ReportedColour.AMBER,
    "amber": ReportedColour.AMBER,
    "yellow": ReportedColour.AMBER,
    "amber red": ReportedColour.AMBER,
    "red": ReportedColour.RED,
}
UNSAID = (
    "exempt",
    "data exempt",
    "date exempt",
    "data not",
    "not ",
    "no ",
    "reset",
    "tbd",
    "tbc",
    "n a",
    "none",
    "grey",
    "unknown",
)
PHASES = {word.lower(): word for word in Phase.values}
LATE_PHASES = (Phase.HYPERCARE, Phase.CLOSED)
EMPTY_NAME = "unnamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The colour that somebody reported, with the words in which it was."""

    colour: str
    original: str
    note: str
    reporter: str
    reported_at: datetime
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One project of a portfolio."""

    key: str
    name: str
    slug: str
    go_live: date | None
    department: str
    fields: dict[str, object]
    status: Status | None


def project_key(name: str) -> str:
    """Return what stays of a name over the years: letters and digits, accents dropped."""
    words = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    kept = "".join(sign for sign in words if not unicodedata.combining(sign))
    return plain_heading(kept)[:200]


def is_unsaid(text: str) -> bool:
    """Say whether a cell says that nothing is said: exempt, reset, no end date."""
    word = plain_heading(text)
    return not word or f"{word} ".startswith(UNSAID)


def colour_of(record: Record) -> tuple[str, str]:
    """Return (colour, original words); what is exempt or reset is not reported, never a colour.

    :raises CellRefused: words that are neither.
    """
    original = record.text("colour")
    found = COLOURS.get(plain_heading(original))
    if found is not None:
        return found.value, original[:200]
    if is_unsaid(original):
        return ReportedColour.NOT_REPORTED.value, (original or "(empty)")[:200]
    raise record.refuse(
        "colour",
        reason="is no colour we know",
        remedy="Write Green, Amber/Green, Amber, Amber/Red or Red, or leave it empty.",
    )


class PortfolioReader:
    """Read rows of one table."""

    def __init__(self, context: Context, *, year: int = 0) -> None:
        """Remember the year of the report, and which projects were seen."""
        self.context, self.year = context, year
        self.seen: dict[str, int] = {}

    def read_report(self, record: Record) -> Line:
        """Return a project of a yearly report.

        The report says how things stood on 30 September of the year before.

        :raises RowSkipped: an empty column or row.
        :raises CellRefused: something in it cannot be.
        """
        name = self._name(record)
        year = self._year(record)
        start, end = self._date(record, "start"), self._date(record, "end")
        _refuse_backward(record, start, end, key="end")
        department = short_of(record, "department", most=200)
        colour, original = colour_of(record)
        over = end is not None and end < self.context.moment.date()
        status = Status(
            colour=colour,
            original=original,
            note=record.text("comment"),
            reporter=department or "Portfolio report",
            reported_at=datetime(year - 1, 9, 30, 12, tzinfo=UTC),
            source=f"portfolio-{year}",
        )
        fields: dict[str, object] = {"start_date": start, "phase": Phase.CLOSED if over else ""}
        return Line(
            key=project_key(name),
            name=name,
            slug="",
            go_live=end,
            department=department,
            fields=fields,
            status=status,
        )

    def read_plain(self, record: Record) -> Line:
        """Return a project in our own columns.

        :raises RowSkipped: an empty row.
        :raises CellRefused: something in it cannot be.
        """
        name = self._name(record)
        order = self.context.dates
        start = date_of(record, "start", order=order)
        go_live = date_of(record, "go_live", order=order)
        _refuse_backward(record, start, go_live, key="go_live")
        phase = choice_of(record, "phase", PHASES) if record.text("phase") else ""
        self._refuse_past(record, go_live, phase=phase)
        slug = short_of(record, "slug", most=80)
        if slug and slug != slugify(slug):
            raise record.refuse(
                "slug",
                reason="is no short name for an address",
                remedy=f"Write small letters, digits and hyphens: {slugify(slug) or 'my-project'}.",
            )
        fields: dict[str, object] = {
            "start_date": start,
            "phase": phase,
            "from_platform": short_of(record, "from", most=100),
            "to_platform": short_of(record, "to", most=100),
            "time_zone": _zone(record),
        }
        return Line(
            key=project_key(name),
            name=name,
            slug=slug,
            go_live=go_live,
            department=short_of(record, "department", most=200),
            fields=fields,
            status=self._reported(record),
        )

    def _name(self, record: Record) -> str:
        name = " ".join(short_of(record, "name", most=300).split())
        if not name or plain_heading(name).startswith(EMPTY_NAME):
            others = [key for key in ("colour", "start", "end", "go_live") if record.text(key)]
            if not others:
                raise RowSkipped("empty but for its number")
            raise record.refuse("name", reason="is empty", remedy="Name the project.")
        first = self.seen.setdefault(project_key(name), record.row.number)
        if first != record.row.number:
            raise record.refuse(
                "name", reason=f"is the project of row {first} too", remedy="Keep one row."
            )
        return name

    def _year(self, record: Record) -> int:
        text = record.text("year")
        if self.year:
            return self.year
        if not (text.isdecimal() and 2000 <= int(text) <= 2100):  # noqa: PLR2004 - years
            raise record.refuse("year", reason="is no year", remedy="Write it as 2018.")
        return int(text)

    def _date(self, record: Record, key: str) -> date | None:
        if is_unsaid(record.text(key)):
            return None
        return date_of(record, key, order=DAY_FIRST)

    def _refuse_past(self, record: Record, go_live: date | None, *, phase: str) -> None:
        """Refuse a date behind us for a project that is still to go live.

        :raises CellRefused: it lies in the past.
        """
        today = self.context.moment.date()
        if go_live is not None and go_live < today and phase not in LATE_PHASES:
            raise record.refuse(
                "go_live",
                reason="lies in the past",
                remedy="Give the date ahead, or the phase hypercare or closed.",
            )

    def _reported(self, record: Record) -> Status | None:
        if not record.text("colour"):
            return None
        colour, original = colour_of(record)
        day = date_of(record, "reported", order=self.context.dates)
        if day is None:
            raise record.refuse(
                "reported", reason="is empty", remedy="Say when that status was reported."
            )
        reported_at = datetime(day.year, day.month, day.day, tzinfo=UTC)
        if reported_at > self.context.moment:
            raise record.refuse("reported", reason="lies in the future", remedy="Correct it.")
        return Status(
            colour=colour,
            original=original,
            note=record.text("comment"),
            reporter=short_of(record, "reporter", most=200) or "Portfolio file",
            reported_at=reported_at,
            source="portfolio-file",
        )


def _refuse_backward(record: Record, start: date | None, end: date | None, *, key: str) -> None:
    if start is not None and end is not None and end < start:
        raise record.refuse(
            key, reason="lies before the start", remedy="Correct one of the two dates."
        )


def _zone(record: Record) -> str:
    zone = record.text("zone")
    if zone and zone not in available_timezones():
        raise record.refuse("zone", reason="is no time zone", remedy="Write it as Europe/Berlin.")
    return zone
