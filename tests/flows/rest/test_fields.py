"""The exact fields that REST reads and writes, and what a body with more than that does."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from rest_framework import serializers

from governance.api.serializers import StrictSerializer
from tests.flows.rest.operations import DOCUMENT, OPERATIONS, Operation, send
from tests.flows.rest_world import BODIES, World
from tests.flows.walking import APPS, classes_of
from tests.house.sources import SOURCES, rooms
from tests.wire import Caller, problem_of

ACCEPTED = Path(__file__).with_name("fields.txt")
KINDS = [kind for kind in classes_of(serializers.Serializer) if kind is not StrictSerializer]
PUSHES = [each for each in OPERATIONS if each.name in BODIES and each.has_body]


def fields_there_are() -> str:
    """Return every shape of the interface with its fields, `>` where they can be written."""
    lines = []
    for kind in KINDS:
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        may_write = issubclass(kind, StrictSerializer)
        for name, field in kind().fields.items():
            mark = ">" if may_write and not field.read_only else " "
            lines.append(f"  {mark} {name}")
    return "\n".join(lines) + "\n"


def columns() -> set[str]:
    """Return the name of every field that some table of the product has."""
    return {
        name
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        for name in (field.name, getattr(field, "attname", field.name))
    }


def known(operation: Operation) -> set[str]:
    """Return the fields that an operation takes, by the document."""
    schema = operation.terms["requestBody"]["content"]["application/json"]["schema"]
    shape = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return set(shape["properties"])


class TestFields:
    def test_are_the_ones_that_were_agreed(self) -> None:
        """Look at each line that differs; then write what there is to fields.txt."""
        assert fields_there_are() == ACCEPTED.read_text()

    def test_are_the_same_for_every_role(self) -> None:
        shapes = [path for path in SOURCES if "api" in rooms(path) and "serial" in str(path)]
        assert len(shapes) > 5
        for path in shapes:
            assert "self.context" not in path.read_text(), path

    def test_are_written_through_strict_shapes_alone(self) -> None:
        loose = {kind.__name__ for kind in KINDS if not issubclass(kind, StrictSerializer)}
        for path in SOURCES:
            if "api" in rooms(path):
                text = path.read_text()
                assert not [name for name in loose if f"{name}(data=" in text], path


@pytest.mark.django_db
@pytest.mark.both_engines
class TestBodyWithMore:
    @pytest.mark.parametrize("operation", PUSHES, ids=lambda each: each.name)
    def test_is_refused_field_by_field_and_writes_nothing(
        self, world: World, operation: Operation
    ) -> None:
        more = {"status", "signer", "organisation", "created_at", "id", "public_id", "is_active"}
        more = (more | columns()) - known(operation)
        body = dict.fromkeys(more, world.ids["project"]) | BODIES[operation.name]
        caller = Caller.of(world.lead)
        before = self._rows()
        answer = send(
            caller, operation, world.address(operation.path), data=json.dumps(body),
            content_type="application/json",
        )  # fmt: skip
        assert answer.status_code == 422
        assert {each["pointer"].removeprefix("#/") for each in problem_of(answer)["errors"]} == more
        assert self._rows() == before

    @staticmethod
    def _rows() -> dict[str, list[dict[str, object]]]:
        """Return every row of every table, but when a token was used."""
        models = [model for label in APPS for model in apps.get_app_config(label).get_models()]
        return {
            model._meta.label: list(model._base_manager.order_by("pk").values())
            for model in models
            if model.__name__ not in {"ApiToken", "SecurityEvent"}
        }
