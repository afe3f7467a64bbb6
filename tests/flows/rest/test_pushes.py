"""What no push may do: nest too deep, sign, or accept."""

import pytest

from governance.models import Signoff
from readiness.models import Acceptance
from tests.flows.rest.operations import OPERATIONS, send
from tests.flows.rest_world import World
from tests.wire import Caller, problem_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
WITH_BODY = [each for each in OPERATIONS if each.has_body]


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
