"""The house rules for every table: floors, tenants, words in storage."""

import enum
import importlib
import inspect
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Choices, ForeignKey, Model

from tests.house.sources import APPS, ROOT, SOURCES

FLOORS = {"governance": 0, "training": 1, "uat": 1, "readiness": 2, "reports": 3}
MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]
# Rows that belong to an account, to nobody's client in particular, or to a parent that has one.
WITHOUT_ORGANISATION: dict[str, str] = {
    "governance.Organisation": "is the tenant itself",
    "governance.ApiToken": "belongs to an account",
    "governance.SignedInSession": "belongs to an account, or to nobody yet",
    "governance.IdempotencyKey": "belongs to an account",
    "governance.Job": "is work, reached through its project or its actor",
    "governance.ProjectMark": "is one to one with a project",
    "governance.RecordHead": "is one to one with a project",
    "training.Standing": "is derived: one per person and course, both of one project",
    "readiness.Digest": "is a mail to an account",
    "readiness.DigestChoice": "belongs to an account",
    "readiness.AcceptanceScenario": "is a line of an acceptance",
    "readiness.Criterion": "is a line of a policy",
}


def label(model: type[Model]) -> str:
    """Return app.Model."""
    return str(model._meta.label)


@pytest.mark.parametrize("model", MODELS, ids=label)
class TestEveryTable:
    def test_knows_its_organisation(self, model: type[Model]) -> None:
        if label(model) not in WITHOUT_ORGANISATION:
            names = {field.name for field in model._meta.concrete_fields}
            assert "organisation" in names, "add organisation, or list it here with the reason"

    def test_has_no_order_of_its_own(self, model: type[Model]) -> None:
        assert not model._meta.ordering

    def test_points_downstairs_and_leaves_no_door_back(self, model: type[Model]) -> None:
        own = model._meta.app_label
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey):
                target = field.remote_field.model._meta.app_label
                if target in APPS and target != own:
                    assert FLOORS[target] < FLOORS[own], field.name
                    assert field.remote_field.hidden, f"{field.name} needs related_name='+'"

    def test_names_its_constraints_as_sentences(self, model: type[Model]) -> None:
        for constraint in model._meta.constraints:
            assert constraint.name.count("_") >= 2, constraint.name

    def test_says_who_it_is(self, model: type[Model]) -> None:
        assert model.__str__ is not Model.__str__


def _choices() -> list[type[enum.Enum]]:
    found: list[type[enum.Enum]] = []
    for path in SOURCES:
        if path.name == "choices.py" or "choices" in path.parts:
            module = importlib.import_module(_dotted(path))
            found += [
                member
                for _, member in inspect.getmembers(module, inspect.isclass)
                if issubclass(member, Choices | enum.StrEnum)
                and member.__module__ == module.__name__
            ]
    return found


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("words", _choices(), ids=lambda words: words.__name__)
def test_stored_words_are_upper_case(words: type[enum.Enum]) -> None:
    for word in words:
        assert str(word.value) == str(word.value).upper()
        assert len(str(word.value)) <= 40
