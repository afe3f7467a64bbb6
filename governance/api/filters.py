"""Filter and order by named parameters only; an unknown parameter is an error, not ignored."""

from collections.abc import Set
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django_filters import BooleanFilter, ChoiceFilter, FilterSet, IsoDateTimeFilter
from django_filters.fields import IsoDateTimeField
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from governance.api.problems import QueryRefused
from governance.choices import ImportState

if TYPE_CHECKING:
    from rest_framework.views import APIView

ALWAYS_KNOWN = frozenset({"page", "page_size", "format"})


def refuse_unknown(request: Request, known: Set[str]) -> None:
    """Check that every parameter of the address is one that the address knows.

    :raises QueryRefused: a parameter is unknown or is given twice.
    """
    errors: dict[str, list[str]] = {}
    for name, values in request.query_params.lists():
        if name not in known | ALWAYS_KNOWN:
            errors[name] = ["This address knows no such parameter."]
        elif len(values) > 1:
            errors[name] = ["Give this parameter once."]
    if errors:
        raise QueryRefused(errors)


class MomentField(IsoDateTimeField):  # type: ignore[misc]
    """A moment that still exists once it is told in UTC."""

    def clean(self, value: Any) -> Any:
        """Return the moment in UTC.

        :raises ValidationError: it is none, or lies before or after all years.
        """
        moment = super().clean(value)
        try:
            return moment and moment.astimezone(UTC)
        except OverflowError as error:
            raise ValidationError("That moment lies outside the calendar.") from error


class MomentFilter(IsoDateTimeFilter):  # type: ignore[misc]
    """Compare with a moment."""

    field_class = MomentField


class Filters(FilterSet):  # type: ignore[misc]
    """Name the parameters of one list; nothing else filters it."""


class ImportFilters(Filters):
    """Find imports."""

    state = ChoiceFilter(field_name="state", choices=ImportState.choices)
    dry_run = BooleanFilter(field_name="dry_run")


class StrictFilterBackend(DjangoFilterBackend):  # type: ignore[misc]
    """Apply the view's filter set; refuse what it does not name."""

    raise_exception = False

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: "APIView"
    ) -> QuerySet[Any]:
        """Return the rows that match.

        :raises QueryRefused: an unknown parameter, or a value of the wrong kind.
        """
        filterset: FilterSet | None = self.get_filterset(request, queryset, view)
        refuse_unknown(request, set(filterset.filters) if filterset is not None else set())
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            raise QueryRefused({name: list(map(str, e)) for name, e in filterset.errors.items()})
        rows: QuerySet[Any] = filterset.qs
        return rows
