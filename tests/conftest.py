"""What every test shares: one migrated template database, and no silent skips."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests import databases, servers, skips

ROOT = Path(__file__).resolve().parents[1]


def shared_data() -> Path:
    """Return where the files that do not come with the project would lie."""
    return Path(os.environ.get("READINESS_SHARED_DATA", str(ROOT.parent / "shared" / "data")))


def pytest_configure(config: pytest.Config) -> None:
    """Hand the two habits of this suite to pytest."""
    config.pluginmanager.register(skips.SkipLedger(), "skip-ledger")
    databases.tear_down_by_template()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what needs files that are not here; keep each engine to its own tests."""
    absent = pytest.mark.skip(reason="needs the shared data, which is not here")
    kept = []
    for item in items:
        if item.get_closest_marker("shared_data") and not shared_data().is_dir():
            item.add_marker(absent)
        if databases.wanted_here(item):
            kept.append(item)
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


@pytest.fixture(scope="session")
def shared_data_folder() -> Path:
    """Return the folder of real files; mark tests that use it `shared_data`."""
    return shared_data()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Copy the migrated template for this worker instead of migrating again."""
    with django_db_blocker.unblock(), databases.private_copy():
        yield


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Return a Redis of our own: the run's, or one for this worker."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    with servers.redis_server() as server:
        yield server.url


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Return a PostgreSQL of our own: the run's, or one for this worker."""
    if given := os.environ.get("TEST_POSTGRESQL_URL"):
        yield given
        return
    with servers.postgresql() as server:
        yield server.url.format(name="postgres")
