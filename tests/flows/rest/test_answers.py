"""Every answer that the OpenAPI document names can be got."""

import json
from typing import Any

import pytest
from pytest_django import Settings

from governance.models import Notice
from tests.flows.rest.operations import OPERATIONS, Operation, conforms, send
from tests.flows.rest_told import add_notice
from tests.flows.rest_world import FILE_BOUNDARY, World, body_for
from tests.wire import Caller, problem_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
# What is said differently under the same key, where a push has no source to change.
OTHERWISE = {
    "defect_change": "note",
    "reported_metric_add": "note",
    "caveat_add": "text",
    "caveat_resolve": "reason",
    "decision_add": "title",
}
KEPT_FILES = {"report_file", "pack_file"}
# Nothing is sent, so only another address makes a key say something else.
WITHOUT_BODY = {"notice_read"}
# The answer names its moment, so a copy of it is never the newest.
ALWAYS_NEW = {"week_show", "exposure_show", "sponsor_show", "vendor_show"}


class TestEveryDocumentedAnswer:
    def test_can_be_got(self, world: World, settings: Settings, subtests: pytest.Subtests) -> None:
        caller = Caller.of(world.lead)
        for operation in OPERATIONS:
            with subtests.test(operation.name):
                settings.API_REQUESTS_PER_MINUTE = 10_000
                address = world.address(operation.path)
                got = {401, 403}  # these two have their own tests: test_operations
                got |= {404} if "{" in operation.path else set()  # and so has this one
                got |= {409} if operation.name in KEPT_FILES | WITHOUT_BODY else set()  # and these
                got |= {304} if operation.name in ALWAYS_NEW else set()
                first = send(caller, operation, address)
                got.add(first.status_code)
                for answer in provoked(caller, operation, address, etag=first.get("ETag", "")):
                    got.add(answer.status_code)
                    assert answer.status_code in operation.documented, answer.content
                    if answer.status_code != 304:
                        problem_of(answer)
                        conforms(answer, operation)
                settings.API_REQUESTS_PER_MINUTE = 0
                got.add(send(caller, operation, address).status_code)
                assert got == operation.documented

    def test_a_key_that_marked_one_notice_marks_no_other(self, world: World) -> None:
        (operation,) = [each for each in OPERATIONS if each.name in WITHOUT_BODY]
        caller = Caller.of(world.lead)
        other = add_notice(world.project, world.lead, "Another")
        assert send(caller, operation, world.address(operation.path)).status_code == 201
        refused = send(caller, operation, world.address(operation.path, notice=other))
        assert refused.status_code == 409
        assert Notice.objects.get(public_id=other).read_at is None


def provoked(caller: Caller, operation: Operation, address: str, *, etag: str) -> list[Any]:
    """Return the answers to everything that may be wrong with a request."""
    answers = [send(caller, operation, address, headers={"Accept": "image/png"})]
    if etag and operation.method == "GET" and operation.name not in ALWAYS_NEW:
        answers.append(send(caller, operation, address, headers={"If-None-Match": etag}))
    if operation.method == "GET":
        answers.append(send(caller, operation, f"{address}?colour_of=blue"))
    if any(each["name"] == "page" for each in operation.terms["parameters"]):
        answers.append(send(caller, operation, f"{address}?page=99"))
    return answers + (provoked_by_body(caller, operation, address) if operation.has_body else [])


def provoked_by_body(caller: Caller, operation: Operation, address: str) -> list[Any]:
    """Return the answers to everything that may be wrong with a body."""
    body, media_type = body_for(operation.name)
    is_json = "json" in media_type
    wrong = '{"nobody":"asked"}' if is_json else f"--{FILE_BOUNDARY}--\r\n"
    kind = "application/json" if is_json else "multipart/form-data"
    sent: list[dict[str, Any]] = [
        {"data": "{", "content_type": kind},
        {"data": wrong, "content_type": media_type},
        {"content_type": "text/plain"},
        {"CONTENT_LENGTH": str(2**40)},
    ]
    keyed = {"Idempotency-Key": f"another key of {operation.name}"}
    answers = [send(caller, operation, address, headers=keyed, **each) for each in sent]
    if operation.name == "import_undo":
        answers.append(send(caller, operation, address))  # it is undone already
    if operation.wants_key:
        field = OTHERWISE.get(operation.name, "source")
        other = json.dumps(json.loads(body) | {field: "Else"})
        answers.append(send(caller, operation, address, data=other))
    return answers
