"""What every test shares: one migrated template, servers of our own, no silent gaps."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from tests import addresses, databases, servers, skips

ROOT = Path(__file__).resolve().parents[1]
# Folders whose tests share a browser or busy servers: one worker takes all of a folder.
TOGETHER = {"browser", "faults"}

hypothesis_settings.register_profile(
    "short", max_examples=40, derandomize=True, deadline=None, database=None
)
hypothesis_settings.register_profile(
    "long",
    max_examples=1500,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


def shared_data() -> Path:
    """Return where the files that do not come with the project would lie."""
    return Path(os.environ.get("READINESS_SHARED_DATA", str(ROOT.parent / "shared" / "data")))


def pytest_configure(config: pytest.Config) -> None:
    """Hand the habits of this suite to pytest."""
    config.pluginmanager.register(skips.SkipLedger(), "skip-ledger")
    visits = addresses.AddressLedger()
    visits.watch()
    config.pluginmanager.register(visits, "address-ledger")
    databases.tear_down_by_template()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep each engine to its tests, each folder of servers to one worker."""
    wanted = [item for item in items if databases.wanted_here(item)]
    if len(wanted) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in set(wanted)])
        items[:] = wanted
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        if folder in TOGETHER:
            item.add_marker(getattr(pytest.mark, folder))
            item.add_marker(pytest.mark.xdist_group(folder))
        if item.get_closest_marker("shared_data") and not shared_data().is_dir():
            item.add_marker(pytest.mark.skip(reason="needs the shared data, which is not here"))


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
