"""Say what went wrong as problem details (RFC 9457), the same way for every error."""

import logging
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework import exceptions, status
from rest_framework.request import Request

MEDIA_TYPE = "application/problem+json"
KIND = "urn:readiness-gate:problem:"
TITLES = {
    400: ("bad-request", "The request cannot be understood"),
    401: ("not-authenticated", "Nobody is signed in with this request"),
    403: ("not-allowed", "This token may not do that"),
    404: ("not-found", "There is nothing here"),
    405: ("method-not-allowed", "This address does not do that"),
    406: ("not-acceptable", "The answer does not come in that format"),
    409: ("conflict", "This contradicts what was sent before"),
    413: ("too-large", "What was sent is too large"),
    415: ("unsupported-media-type", "This address does not read that format"),
    422: ("invalid", "What was sent is not valid"),
    429: ("too-many-requests", "Too many requests"),
    500: ("internal-error", "Something went wrong on our side"),
}
NOT_FOUND_DETAIL = "It does not exist, or this token's account may not see it."

security_log = logging.getLogger("security.api")
error_log = logging.getLogger("django.request")


class Refused(exceptions.APIException):
    """A service refused what was sent; `field` names the part to mend."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = "What was sent is not valid."

    def __init__(self, detail: str, *, field: str = "") -> None:
        """Keep the service's sentence."""
        super().__init__(detail)
        self.field = field


class Conflict(exceptions.APIException):
    """What was sent contradicts what is there."""

    status_code = status.HTTP_409_CONFLICT


class TooLarge(exceptions.APIException):
    """The body is larger than this address takes."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE


class QueryRefused(exceptions.APIException):
    """A parameter of the address is wrong; `errors` maps its name to sentences."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_detail = "A parameter of the address is not valid."

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        """Keep which parameter is wrong and why."""
        super().__init__()
        self.errors = errors


def problem_response(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """Return the problem document of any error; what nobody foresaw is logged and hidden."""
    request: Request = context["request"]
    known = _as_api_error(error)
    if known is None:
        return _unforeseen(error, request)
    response = _document(known, request)
    for header, attribute in (("WWW-Authenticate", "auth_header"), ("Retry-After", "wait")):
        value = getattr(known, attribute, None)
        if value:
            response[header] = str(value if header != "Retry-After" else int(value) + 1)
    if known.status_code in {401, 403, 429}:
        security_log.warning(
            "%s %s refused with %s", request.method, request.path, known.status_code
        )
    return response


def _as_api_error(error: Exception) -> exceptions.APIException | None:
    if isinstance(error, Http404):
        return exceptions.NotFound(NOT_FOUND_DETAIL)
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        return TooLarge("More bytes than are taken here.")
    if isinstance(error, SuspiciousOperation):
        return exceptions.ParseError()
    return error if isinstance(error, exceptions.APIException) else None


def _document(error: exceptions.APIException, request: Request) -> HttpResponse:
    code = 422 if isinstance(error, exceptions.ValidationError) else error.status_code
    slug, title = TITLES.get(code, TITLES[400])
    body: dict[str, Any] = {
        "type": KIND + slug,
        "title": title,
        "status": code,
        "detail": _detail_of(error),
        "instance": request.path,
    }
    errors = list(_errors_of(error))
    if errors:
        body["errors"] = errors
    return JsonResponse(body, status=code, content_type=MEDIA_TYPE)


def _detail_of(error: exceptions.APIException) -> str:
    if isinstance(error, exceptions.ValidationError):
        return "Nothing was written. Mend what 'errors' points at and send it again."
    return str(error.detail)


def _errors_of(error: exceptions.APIException) -> Iterator[dict[str, str]]:
    if isinstance(error, exceptions.ValidationError):
        yield from _pointed(error.detail, "#")
    elif isinstance(error, QueryRefused):
        for name, sentences in error.errors.items():
            yield from ({"parameter": name, "detail": sentence} for sentence in sentences)
    elif isinstance(error, Refused) and error.field:
        yield {"pointer": f"#/{error.field}", "detail": str(error.detail), "code": "refused"}


def _pointed(detail: Any, pointer: str) -> Iterator[dict[str, str]]:
    """Yield one entry for each sentence, with a JSON pointer to the part it is about."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            step = str(name).replace("~", "~0").replace("/", "~1")
            whole = name == "non_field_errors"
            yield from _pointed(inner, pointer if whole else f"{pointer}/{step}")
    elif isinstance(detail, list):
        for position, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from _pointed(inner, f"{pointer}/{position}" if nested else pointer)
    else:
        yield {"pointer": pointer, "detail": str(detail), "code": getattr(detail, "code", "")}


def _unforeseen(error: Exception, request: Request) -> HttpResponse:
    number = str(uuid.uuid4())
    error_log.error("Error %s at %s", number, request.path, exc_info=error)
    slug, title = TITLES[500]
    body = {
        "type": KIND + slug,
        "title": title,
        "status": 500,
        "detail": f"Nothing was written. Report it with the number {number}.",
        "instance": request.path,
    }
    return JsonResponse(body, status=500, content_type=MEDIA_TYPE)
