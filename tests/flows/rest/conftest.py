"""Two clients with something at every address of the document."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.flows.rest.operations import CANARY
from tests.flows.rest_world import World, make_world
from tests.people import Cast, make_cast


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
