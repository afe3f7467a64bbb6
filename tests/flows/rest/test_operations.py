"""Every operation of the OpenAPI document, walked as everybody."""

from uuid import uuid4

import pytest
from django.apps import apps

from governance.choices import Scope
from governance.models import ApiToken
from tests.flows.rest.operations import CANARY, OPERATIONS, Operation, conforms, send
from tests.flows.rest_world import World
from tests.people import Cast
from tests.wire import Caller, problem_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
PUSHED_WITHOUT_KEY = {"import_add", "import_undo"}
IN_A_PROJECT = [each for each in OPERATIONS if "{" in each.path]
NESTED = [each for each in OPERATIONS if each.path.count("{") > 1]
READING = [each for each in OPERATIONS if each.method == "GET"]


def wanted_scope(operation: Operation) -> Scope:
    """Return the scope that lets a token do this."""
    pushes = operation.wants_key or operation.name in PUSHED_WITHOUT_KEY
    return Scope.PUSH if pushes else Scope.READ


def row_counts() -> dict[str, int]:
    """Count the rows of every table but the tokens, whose last use is noted."""
    models = [model for model in apps.get_models() if model is not ApiToken]
    return {model._meta.label: model._default_manager.count() for model in models}


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
