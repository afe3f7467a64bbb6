"""One migrated template per state of the migrations; every worker takes its own copy.

Migrating takes ten seconds, copying a moment. Tests with real transactions are torn down
by taking the copy anew, so the append-only triggers need no bypass.
"""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

ROOT = Path(__file__).resolve().parents[1]
DAY_SECONDS = 24 * 60 * 60
APPS = ("governance", "training", "uat", "readiness", "reports")


def _state_of_the_migrations() -> str:
    """Return a hash over everything that shapes the schema."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    patterns = (
        *("migrations/*.py", "record/*.py", "management/commands/migrate.py", "models/*.py"),
        *("policies/*.yaml", "services/policies.py"),
    )
    for app in APPS:
        for pattern in patterns:
            for path in sorted((ROOT / app).glob(pattern)):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _room() -> Path:
    """Return this user's folder for templates and copies, in memory where there is one."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made below it
    base = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    room = base / f"readiness-tests-{os.getuid()}"
    room.mkdir(mode=0o700, exist_ok=True)
    return room


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one worker at a time build the template."""
    with (_room() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _use(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name
    connections.settings["default"]["NAME"] = name


class SqliteCopies:
    """Templates and copies as files."""

    def __init__(self) -> None:
        """Name the two files of this worker."""
        self.template = _room() / f"template-{_state_of_the_migrations()}.sqlite3"
        self.own = _room() / f"copy-{secrets.token_hex(8)}.sqlite3"

    def build(self) -> None:
        """Migrate a file, and show it under the template's name once it is whole."""
        if self.template.exists():
            self.template.touch()
            return
        self._forget_old_ones()
        draft = self.template.with_suffix(".draft")
        for suffix in ("", "-wal", "-shm"):  # what a build that was broken off left behind
            Path(f"{draft}{suffix}").unlink(missing_ok=True)
        _use(str(draft))
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        draft.rename(self.template)

    def _forget_old_ones(self) -> None:
        """Drop what nobody used for a day; another checkout's run may stand on the rest."""
        for file in (*_room().glob("template-*"), *_room().glob("copy-*")):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - file.stat().st_mtime > DAY_SECONDS:
                    file.unlink()

    def take(self) -> None:
        """Lay this worker's copy anew."""
        self.lay(self.template)

    def keep(self, path: Path) -> None:
        """Keep this worker's copy as it is now, for tests that start from there."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        shutil.copyfile(self.own, path)

    def lay(self, path: Path) -> None:
        """Go on from a kept copy."""
        connections.close_all()
        self.drop()
        shutil.copyfile(path, self.own)
        _use(str(self.own))

    def drop(self) -> None:
        """Remove the copy and what SQLite keeps beside it."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.own}{suffix}").unlink(missing_ok=True)


class PostgresqlCopies:
    """Templates and copies as databases of one server."""

    def __init__(self) -> None:
        """Name the two databases of this worker."""
        self.template = f"template_{_state_of_the_migrations()}"
        self.own = f"copy_{secrets.token_hex(8)}"

    def build(self) -> None:
        """Migrate a database, and name it the template once it is whole."""
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            if cursor.fetchone():
                return
            cursor.execute("DROP DATABASE IF EXISTS draft WITH (FORCE)")
            cursor.execute("CREATE DATABASE draft")
        _use("draft")
        call_command("migrate", verbosity=0)
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"ALTER DATABASE draft RENAME TO {self.template}")

    def take(self) -> None:
        """Lay this worker's copy anew."""
        self.drop()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {self.own} TEMPLATE {self.template}")
        _use(self.own)

    def drop(self) -> None:
        """Remove the copy, whoever still holds it."""
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {self.own} WITH (FORCE)")


_copies: list[SqliteCopies | PostgresqlCopies] = []


def on_postgresql() -> bool:
    """Say whether this run is the pass on PostgreSQL."""
    return connection.vendor == "postgresql"


def wanted_here(item: pytest.Item) -> bool:
    """Say whether a test belongs to this pass: PostgreSQL takes only what asks for it."""
    if on_postgresql():
        return bool(
            item.get_closest_marker("both_engines") or item.get_closest_marker("postgresql")
        )
    return item.get_closest_marker("postgresql") is None


@contextlib.contextmanager
def private_copy() -> Iterator[None]:
    """Build the template where it is missing, and use a copy of it until the session ends."""
    copies = PostgresqlCopies() if on_postgresql() else SqliteCopies()
    with _alone():
        copies.build()
        copies.take()
    _copies.append(copies)
    yield
    connections.close_all()
    copies.drop()


def migrated_file() -> Path:
    """Return the migrated file that every copy is taken from; it is not to be written to."""
    copies = SqliteCopies()
    with _alone():
        copies.build()
    return copies.template


def own_file() -> SqliteCopies:
    """Return this worker's copy where it is a file that may be kept and laid anew."""
    copies = _copies[0]
    if not isinstance(copies, SqliteCopies):
        raise TypeError("only a file is kept and laid anew")
    return copies


def tear_down_by_template() -> None:
    """Replace Django's flush, which append-only tables refuse, by a fresh copy."""

    def take_a_fresh_copy(_: TransactionTestCase) -> None:
        _copies[0].take()

    TransactionTestCase._fixture_teardown = take_a_fresh_copy  # type: ignore[attr-defined]
