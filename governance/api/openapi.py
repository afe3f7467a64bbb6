"""Add to the OpenAPI document what is true of every address: problems, ETag, limits."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from governance.api.authentication import TokenAuthentication
from governance.api.idempotency import HEADER
from governance.api.problems import MEDIA_TYPE, TITLES
from governance.permissions.addresses import addresses
from governance.permissions.table import rule_of

TEXT = {"type": "string"}
PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {**TEXT, "description": "Names the kind of problem; compare with this."},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "instance": {**TEXT, "description": "The address that was asked."},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemEntry"}},
    },
}
ENTRY = {
    "type": "object",
    "description": "One thing to mend, in the body (pointer) or in the address (parameter).",
    "required": ["detail"],
    "properties": {
        "pointer": {**TEXT, "description": "JSON pointer into the body."},
        "parameter": {**TEXT, "description": "Name of a parameter of the address."},
        "detail": TEXT,
        "code": TEXT,
    },
}
ETAG = {"description": "Send it as If-None-Match to ask whether anything changed.", "schema": TEXT}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "schema": TEXT,
    "description": "The ETag of the answer you have; 304 if it still holds.",
}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describe the token to readers of the OpenAPI document."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Return a bearer scheme."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token from the page 'API tokens', made by the account it speaks for.",
        }


def refuse_unnamed_scopes(endpoints: list[tuple[str, str, str, Any]]) -> list[Any]:
    """Check that the policy names a scope for every method of every address.

    :raises ImproperlyConfigured: one has none, and would be closed to everybody.
    """
    names = {address.view: address.name for address in addresses()}
    for path, _, method, view in endpoints:
        rule = rule_of(names.get(view, ""), method=method)
        if rule is None or rule.scope is None:
            raise ImproperlyConfigured(f"{method} {path} names no scope")
    return endpoints


def describe_common_answers(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Complete every operation of the document with the answers it shares with others."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update(Problem=PROBLEM, ProblemEntry=ENTRY)
    components["responses"] = {
        f"Problem{status}": _problem(title) for status, (_, title) in TITLES.items()
    }
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation)
    return result


def _problem(title: str) -> dict[str, Any]:
    return {
        "description": title,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status in _problems_of(path, method, operation):
        responses[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    if method == "get":
        operation.setdefault("parameters", []).append(IF_NONE_MATCH)
        responses["200"].setdefault("headers", {})["ETag"] = ETAG
        responses["304"] = {"description": "Nothing changed since that ETag."}
    operation["responses"] = dict(sorted(responses.items()))


def _problems_of(path: str, method: str, operation: dict[str, Any]) -> Iterator[int]:
    yield from (401, 403, 406, 429)
    if method == "get" or "requestBody" in operation:
        yield 400
    places = {parameter["in"] for parameter in operation.get("parameters", [])}
    if "{" in path or "query" in places:
        yield 404
    if "requestBody" in operation:
        yield from (413, 415, 422)
    if "409" in operation["responses"] or any(
        parameter["name"] == HEADER for parameter in operation.get("parameters", [])
    ):
        yield 409
