"""What happened within a span of time, and within as long a time before it."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Count, Model, Q, QuerySet

RowT = TypeVar("RowT", bound=Model)


def within(
    rows: "QuerySet[RowT]", *, moment: str, after: datetime, until: datetime
) -> "QuerySet[RowT]":
    """Keep the rows whose moment lies after one, and not after the other."""
    return rows.filter(_span(moment, after, until))


def count_beside_before(
    rows: "QuerySet[Any]", *, moment: str, after: datetime, until: datetime
) -> tuple[int, int]:
    """Return how many rows there are within a span, and within as long a time before it."""
    before = after - (until - after)
    found = within(rows, moment=moment, after=before, until=until).aggregate(
        now=Count("pk", filter=_span(moment, after, until)),
        before=Count("pk", filter=_span(moment, before, after)),
    )
    return found["now"], found["before"]


def _span(moment: str, after: datetime, until: datetime) -> Q:
    return Q((f"{moment}__gt", after), (f"{moment}__lte", until))
