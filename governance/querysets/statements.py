"""Run the aggregates that are written in SQL, the same text on both engines."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

Moment = datetime | date | str | None
Moments = Mapping[str, Moment]

_FOUR_PLACES = Decimal("0.0001")
_WEEKS = {
    "postgresql": "CAST(FLOOR(date_part('epoch', {later} - {earlier}) / 604800) AS integer)",
    "sqlite": "CAST((julianday({later}) - julianday({earlier})) / 7 AS integer)",
}


def weeks_between(earlier: str, later: str) -> str:
    """Return the SQL of the whole weeks from one column to a later one."""
    return fill(_WEEKS[connection.vendor], earlier=earlier, later=later)


_SECONDS = {
    "postgresql": "CAST(date_part('epoch', {later} - {earlier}) AS bigint)",
    "sqlite": "CAST(ROUND((julianday({later}) - julianday({earlier})) * 86400) AS integer)",
}


def seconds_between(earlier: str, later: str) -> str:
    """Return the SQL of the seconds from one column to a later one, to the nearest."""
    return fill(_SECONDS[connection.vendor], earlier=earlier, later=later)


def _adapted(value: Moment) -> Any:
    """Return a value as the engine stores it: SQLite keeps moments as text in UTC."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def moment_of(value: datetime | str) -> datetime:
    """Return a moment as Python has it: SQLite answers in UTC without saying so."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def number_of(value: Decimal | float | str | None) -> Decimal | None:
    """Return a decimal column with its four places: SQLite answers in floating point."""
    return None if value is None else Decimal(str(value)).quantize(_FOUR_PLACES)


def day_of(value: date | str | None) -> date | None:
    """Return a date as Python has it: SQLite answers in text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def fill(text: str, **parts: str | Iterable[int]) -> str:
    """Put named parts of SQL, or lists of ids, in place of `{name}`; an empty list matches none."""
    for name, part in parts.items():
        words = part if isinstance(part, str) else ",".join(str(int(number)) for number in part)
        text = text.replace(f"{{{name}}}", words or "NULL")
    return text


def fetch_rows(text: str, moments: Moments | None = None) -> list[tuple[Any, ...]]:
    """Return every row of a query; `%(name)s` in it takes a moment, a date or a word."""
    with connection.cursor() as cursor:
        cursor.execute(text, _parameters(moments))
        return list(cursor.fetchall())


def change_rows(text: str, moments: Moments | None = None) -> int:
    """Run a statement that writes and return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(text, _parameters(moments))
        return int(cursor.rowcount)


def _parameters(moments: Moments | None) -> dict[str, Any] | None:
    return None if moments is None else {name: _adapted(at) for name, at in moments.items()}
