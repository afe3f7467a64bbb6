"""Stages for the fault tests: one as docker-compose.yml draws it, one on a single machine."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import servers
from tests.faults.stage import Stage, command_of, compose_environment, embedded_environment, staged


@pytest.fixture
def redis() -> Iterator[servers.Server]:
    """Return a Redis that a test may kill and start again."""
    with servers.redis_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated(
    tmp_path_factory: pytest.TempPathFactory, postgresql_url: str
) -> Iterator[tuple[str, Path]]:
    """Return a database and a file that the compose file's own command has migrated."""
    folder, name = tmp_path_factory.mktemp("migrated"), f"migrated_{secrets.token_hex(4)}"
    with psycopg.connect(postgresql_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        url = postgresql_url.replace("/postgres?", f"/{name}?")
        for environment in (
            compose_environment(folder, database_url=url, redis_url="redis://:@127.0.0.1:6379/0"),
            embedded_environment(folder),
        ):
            with staged(environment, folder) as stage:
                stage.run(command_of("migrate"))
        yield name, folder / "readiness.sqlite3"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def deployment(
    tmp_path: Path, postgresql_url: str, redis: servers.Server, migrated: tuple[str, Path]
) -> Iterator[Stage]:
    """Return a stage on PostgreSQL and Redis, with the environment of the compose file."""
    name = f"stage_{secrets.token_hex(4)}"
    with psycopg.connect(postgresql_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {migrated[0]}".encode())
        url = postgresql_url.replace("/postgres?", f"/{name}?")
        environment = compose_environment(tmp_path, database_url=url, redis_url=redis.url)
        with staged(environment, tmp_path) as stage:
            yield stage
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def single_machine(tmp_path: Path, migrated: tuple[str, Path]) -> Iterator[Stage]:
    """Return a stage on SQLite and the queue of files."""
    shutil.copyfile(migrated[1], tmp_path / "readiness.sqlite3")
    with staged(embedded_environment(tmp_path), tmp_path) as stage:
        yield stage
