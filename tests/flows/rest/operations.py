"""The operations of the OpenAPI document, a valid request to each, and what it promises."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from tests.flows.rest_world import body_for
from tests.wire import Caller

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "readiness/api/schema.yaml").read_text())
CANARY = "Harbour-canary"


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    path: str
    method: str
    terms: dict[str, Any]

    @property
    def name(self) -> str:
        """Return the operation's own name."""
        return str(self.terms["operationId"])

    @property
    def has_body(self) -> bool:
        """Say whether something is sent."""
        return "requestBody" in self.terms

    @property
    def documented(self) -> set[int]:
        """Return the statuses that the document names."""
        return {int(status) for status in self.terms["responses"]}

    @property
    def wants_key(self) -> bool:
        """Say whether it is a push."""
        return any(each["name"] == "Idempotency-Key" for each in self.terms["parameters"])


OPERATIONS = [
    Operation(path, method.upper(), terms)
    for path, methods in DOCUMENT["paths"].items()
    for method, terms in methods.items()
]


def send(caller: Caller, operation: Operation, address: str, **changed: Any) -> Any:
    """Send a valid request, or one that differs from a valid one as said."""
    headers = {"Idempotency-Key": f"key of {operation.name}"} | changed.pop("headers", {})
    more: dict[str, Any] = {}
    if operation.has_body:
        more["data"], more["content_type"] = body_for(operation.name)
    return caller.call(operation.method, address, headers=headers, **(more | changed))


def conforms(answer: Any, operation: Operation) -> None:
    """Compare an answer with what the document promises for its status."""
    promised = operation.terms["responses"][str(answer.status_code)]
    if "$ref" in promised:
        promised = DOCUMENT["components"]["responses"][promised["$ref"].rsplit("/", 1)[1]]
    media_type = answer["Content-Type"].split(";")[0]
    assert media_type in promised["content"], (media_type, promised)
    if media_type.endswith("json"):
        schema = promised["content"][media_type]["schema"]
        whole = schema | {"components": DOCUMENT["components"]}
        Draft202012Validator(whole).validate(answer.json())
