"""Values that callers send, and rows that they name by a code."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from rest_framework import serializers

from governance.api.problems import Refused

RowT = TypeVar("RowT", bound=Model)


class MomentField(serializers.DateTimeField):
    """A moment with its offset from UTC; without one nobody knows when it was."""

    default_error_messages = {"naive": "Add the offset: 2026-06-01T09:00:00Z or +02:00."}

    def enforce_timezone(self, value: datetime) -> datetime:
        """Return the moment.

        :raises ValidationError: it has no offset.
        """
        if timezone.is_naive(value):
            self.fail("naive")
        return super().enforce_timezone(value)


def row_named(rows: "QuerySet[RowT]", *, field: str, noun: str, **lookup: Any) -> RowT:
    """Return the one row that a field of the body names.

    :raises Refused: there is none among the rows the caller may reach.
    """
    row = rows.filter(**lookup).first()
    if row is None:
        (value,) = lookup.values()
        raise Refused(f"This project has no {noun} “{value}”.", field=field)
    return row
