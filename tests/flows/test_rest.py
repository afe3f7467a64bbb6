"""Walk every operation of the OpenAPI document as everybody, and reach every answer it names."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.apps import apps
from jsonschema import Draft202012Validator
from pytest_django import Settings

from governance.choices import Scope
from governance.models import ApiToken, Signoff
from readiness.models import Acceptance
from tests.flows.rest_world import FILE_BOUNDARY, World, body_for, make_world
from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "readiness/api/schema.yaml").read_text())
CANARY = "Harbour-canary"
# What is said differently under the same key, where a push has no source to change.
OTHERWISE = {
    "defect_change": "note",
    "reported_metric_add": "note",
    "caveat_add": "text",
    "caveat_resolve": "reason",
}
PUSHED_WITHOUT_KEY = {"import_add", "import_undo"}
# The answer names its moment, so a copy of it is never the newest.
ALWAYS_NEW = {"week_show"}


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
WITH_BODY = [each for each in OPERATIONS if each.has_body]
IN_A_PROJECT = [each for each in OPERATIONS if "{" in each.path]
NESTED = [each for each in OPERATIONS if each.path.count("{") > 1]
READING = [each for each in OPERATIONS if each.method == "GET"]
pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast.project, mark="Northwind")


@pytest.fixture
def other_world(cast: Cast) -> World:
    return make_world(cast.other_project, mark=CANARY)


def send(caller: Caller, operation: Operation, address: str, **changed: Any) -> Any:
    """Send a valid request, or one that differs from a valid one as said."""
    headers = {"Idempotency-Key": f"key of {operation.name}"} | changed.pop("headers", {})
    more: dict[str, Any] = {}
    if operation.has_body:
        more["data"], more["content_type"] = body_for(operation.name)
    return caller.call(operation.method, address, headers=headers, **(more | changed))


def wanted_scope(operation: Operation) -> Scope:
    """Return the scope that lets a token do this."""
    pushes = operation.wants_key or operation.name in PUSHED_WITHOUT_KEY
    return Scope.PUSH if pushes else Scope.READ


def row_counts() -> dict[str, int]:
    """Count the rows of every table but the tokens, whose last use is noted."""
    models = [model for model in apps.get_models() if model is not ApiToken]
    return {model._meta.label: model._default_manager.count() for model in models}


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


class TestEveryOperation:
    def test_turns_away_who_has_no_token(self, world: World, subtests: pytest.Subtests) -> None:
        for operation in OPERATIONS:
            with subtests.test(operation.name):
                answer = send(Caller(), operation, world.address(operation.path))
                assert answer.status_code == 401
                assert answer["WWW-Authenticate"].startswith("Bearer")
                conforms(answer, operation)

    def test_refuses_a_token_of_the_other_scope(
        self, world: World, subtests: pytest.Subtests
    ) -> None:
        callers = {scope: Caller.of(world.lead, scopes=(scope,)) for scope in Scope}
        for operation in OPERATIONS:
            with subtests.test(operation.name):
                wanted = wanted_scope(operation)
                (other,) = set(Scope) - {wanted}
                answer = send(callers[other], operation, world.address(operation.path))
                assert answer.status_code == 403
                assert wanted in problem_of(answer)["detail"]

    def test_answers_who_may(self, world: World, subtests: pytest.Subtests) -> None:
        callers = {scope: Caller.of(world.lead, scopes=(scope,)) for scope in Scope}
        for operation in OPERATIONS:
            with subtests.test(operation.name):
                caller = callers[wanted_scope(operation)]
                answer = send(caller, operation, world.address(operation.path))
                assert answer.status_code in {200, 201, 202}, answer.content
                assert answer.status_code in operation.documented
                assert answer["Cache-Control"] == "private, no-cache"
                conforms(answer, operation)

    def test_knows_nothing_of_a_project_for_a_stranger(
        self, world: World, cast: Cast, subtests: pytest.Subtests
    ) -> None:
        stranger = Caller.of(cast.stranger)
        for operation in IN_A_PROJECT:
            with subtests.test(operation.name):
                answer = send(stranger, operation, world.address(operation.path))
                assert answer.status_code == 404
                conforms(answer, operation)

    def test_answers_for_a_foreign_project_as_for_none(
        self, world: World, cast: Cast, subtests: pytest.Subtests
    ) -> None:
        caller, nobody, own = Caller.of(cast.other_sponsor), str(uuid4()), world.ids["project"]
        for operation in IN_A_PROJECT:
            with subtests.test(operation.name):
                foreign = send(caller, operation, world.address(operation.path))
                unknown = send(caller, operation, world.address(operation.path, project=nobody))
                assert foreign.status_code == unknown.status_code == 404
                assert foreign.content.decode() == unknown.content.decode().replace(nobody, own)
                assert {*foreign.headers} == {*unknown.headers}

    def test_finds_no_foreign_row_through_an_own_project(
        self, world: World, other_world: World, subtests: pytest.Subtests
    ) -> None:
        foreign = other_world.ids | {"project": world.ids["project"]}
        caller = Caller.of(world.lead)
        for operation in NESTED:
            with subtests.test(operation.name):
                answer = send(caller, operation, world.address(operation.path, **foreign))
                assert answer.status_code == 404
                assert CANARY not in answer.content.decode()

    def test_shows_nothing_of_another_client(
        self, world: World, other_world: World, subtests: pytest.Subtests
    ) -> None:
        caller = Caller.of(world.lead)
        for operation in OPERATIONS:
            with subtests.test(operation.name):
                answer = send(caller, operation, world.address(operation.path))
                shown = answer.content.decode()
                assert CANARY not in shown
                assert not [name for name in other_world.ids.values() if name in shown]

    def test_has_no_other_methods(self, world: World, subtests: pytest.Subtests) -> None:
        caller = Caller.of(world.lead)
        for operation in OPERATIONS:
            for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
                with subtests.test(operation.name, method=method):
                    answer = caller.call(method, world.address(operation.path))
                    assert answer.status_code == 405
                    problem_of(answer)

    def test_writes_nothing_when_it_only_reads(
        self, world: World, subtests: pytest.Subtests
    ) -> None:
        caller, before = Caller.of(world.lead), row_counts()
        for operation in READING:
            with subtests.test(operation.name):
                send(caller, operation, world.address(operation.path))
                assert row_counts() == before


class TestEveryDocumentedAnswer:
    def test_can_be_got(self, world: World, settings: Settings, subtests: pytest.Subtests) -> None:
        caller = Caller.of(world.lead)
        for operation in OPERATIONS:
            with subtests.test(operation.name):
                settings.API_REQUESTS_PER_MINUTE = 10_000
                address = world.address(operation.path)
                got = {401, 403}  # these two have their own tests above
                got |= {404} if "{" in operation.path else set()  # and so has this one
                got |= {409} if operation.name == "report_file" else set()  # and this
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


def provoked(caller: Caller, operation: Operation, address: str, *, etag: str) -> list[Any]:
    """Return the answers to everything that may be wrong with a request."""
    answers = [send(caller, operation, address, headers={"Accept": "image/png"})]
    if etag and operation.method == "GET" and operation.name not in ALWAYS_NEW:
        answers.append(send(caller, operation, address, headers={"If-None-Match": etag}))
    if any(each["in"] == "query" for each in operation.terms["parameters"]):
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


class TestEveryPush:
    def test_refuses_a_body_that_nests_too_deep(
        self, world: World, subtests: pytest.Subtests
    ) -> None:
        caller = Caller.of(world.lead)
        for operation in WITH_BODY:
            with subtests.test(operation.name):
                address = world.address(operation.path)
                answer = send(caller, operation, address, data='{"a":' * 100_000)
                assert answer.status_code == 400
                problem_of(answer)

    def test_never_signs_or_accepts(self, world: World) -> None:
        caller = Caller.of(world.lead)
        before = Signoff.objects.count(), Acceptance.objects.count()
        for operation in OPERATIONS:
            send(caller, operation, world.address(operation.path))
        assert (Signoff.objects.count(), Acceptance.objects.count()) == before


class TestEveryDoor:
    @pytest.mark.parametrize(
        "path",
        sorted(path for path in ROOT.glob("*/api/**/*.py") if ".venv" not in path.parts),
        ids=lambda path: str(path.relative_to(ROOT)),
    )
    def test_leads_past_signing(self, path: Path) -> None:
        text = path.read_text()
        for closed in ("signoffs import", "services.acceptances", "services.signing"):
            assert closed not in text
