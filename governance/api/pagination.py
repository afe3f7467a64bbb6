"""Cut long lists into pages with a total."""

from typing import TYPE_CHECKING, Any

from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from governance.api.problems import QueryRefused

if TYPE_CHECKING:
    from rest_framework.views import APIView

LARGEST_PAGE = 200
LONGEST_NUMBER = 6


class PagesWithTotal(PageNumberPagination):
    """Answer with `count`, `next`, `previous` and `results`; 50 rows unless asked otherwise."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = LARGEST_PAGE
    page_query_description = "The page, from 1."
    page_size_query_description = f"Rows on a page: 50 unless given, at most {LARGEST_PAGE}."

    def paginate_queryset(
        self, queryset: Any, request: Request, view: "APIView | None" = None
    ) -> list[Any] | None:
        """Return the rows of the page asked for.

        :raises QueryRefused: `page` or `page_size` is not a number from 1 up.
        """
        page_asked(request)
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        """Describe a page, in the words of OpenAPI 3.1."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "Rows over all pages."},
                "next": link,
                "previous": dict(link),
                "results": schema,
            },
        }


def page_asked(request: Request) -> tuple[int, int]:
    """Return the page and the page size of the address.

    :raises QueryRefused: one of them is not a whole number from 1 up.
    """
    return (
        _whole_number(request, "page", default=1),
        min(_whole_number(request, "page_size", default=PagesWithTotal.page_size), LARGEST_PAGE),
    )


def _whole_number(request: Request, name: str, *, default: int) -> int:
    value = request.query_params.get(name, str(default))
    if value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER and int(value) > 0:
        return int(value)
    raise QueryRefused({name: ["Give a whole number from 1 up."]})
