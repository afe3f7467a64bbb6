"""Backups taken while somebody writes: whole ones verify, and others are found out."""

import contextlib
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.faults.stage import ROOT, Stage
from tests.servers import wait_until

MORE = 5


@contextlib.contextmanager
def writing(stage: Stage, outside: Path) -> Iterator[None]:
    """Have somebody write into a record meanwhile."""
    outside.mkdir()
    writer = stage.start(
        [sys.executable, "-m", "tests.faults.records", str(outside)], name="writer"
    )
    wait_until((outside / "newest.txt").exists, what="the first checkpoint")
    try:
        yield
    finally:
        (outside / "stop").touch()
        assert writer.wait(timeout=30) == 0
        stage.running.remove(writer)


def keep(outside: Path, name: str) -> Path:
    """Keep the newest checkpoint outside under a name."""
    return shutil.copyfile(outside / "newest.txt", outside / name)


def keep_later(outside: Path, name: str) -> Path:
    """Keep a checkpoint once a few more entries were written."""
    size = size_of(outside / "newest.txt")
    wait_until(lambda: size_of(outside / "newest.txt") > size + MORE, what="more entries")
    return keep(outside, name)


def size_of(checkpoint: Path) -> int:
    """Return how many entries a checkpoint covers."""
    return int(checkpoint.read_text(encoding="utf-8").splitlines()[1])


def verdict(stage: Stage, url: str, checkpoint: Path) -> tuple[int, str]:
    """Verify a restored database against a checkpoint; return the exit code and the words."""
    done = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "manage.py", "verify_record", "--against", str(checkpoint)],
        cwd=ROOT, env={**stage.environment, "DATABASE_URL": url}, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


class TestRestoringSQLite:
    def test_takes_a_whole_backup_and_finds_out_a_copy_that_lost_rows(
        self, single_machine: Stage, tmp_path: Path
    ) -> None:
        outside, database = tmp_path / "outside", tmp_path / "readiness.sqlite3"
        with writing(single_machine, outside):
            kept = keep_later(outside, "before.txt")
            with contextlib.closing(sqlite3.connect(database)) as connection:
                connection.execute(f"VACUUM INTO '{tmp_path / 'backup.sqlite3'}'")
            later = keep_later(outside, "later.txt")
            shutil.copyfile(database, tmp_path / "copied.sqlite3")
        code, words = verdict(single_machine, f"sqlite:///{tmp_path / 'backup.sqlite3'}", kept)
        assert (code, "sound" in words) == (0, True), words
        code, words = verdict(single_machine, f"sqlite:///{tmp_path / 'backup.sqlite3'}", later)
        assert (code, "the end was cut off" in words) == (1, True), words
        code, words = verdict(single_machine, f"sqlite:///{tmp_path / 'copied.sqlite3'}", kept)
        assert (code, "no project here has this log" in words) == (1, True), words


class TestRestoringPostgreSQL:
    def test_takes_a_whole_dump_and_finds_out_one_that_was_cut_off(
        self, deployment: Stage, postgresql_url: str, tmp_path: Path
    ) -> None:
        outside, dump = tmp_path / "outside", tmp_path / "dump.sql"
        url = deployment.environment["DATABASE_URL"]
        with writing(deployment, outside):
            kept = keep_later(outside, "before.txt")
            deployment.run(["pg_dump", "--no-owner", f"--dbname={url}", f"--file={dump}"])
            later = keep_later(outside, "later.txt")
        with restored(postgresql_url, dump) as whole:
            code, words = verdict(deployment, whole, kept)
            assert (code, "sound" in words) == (0, True), words
            code, words = verdict(deployment, whole, later)
            assert (code, "the end was cut off" in words) == (1, True), words
        text = dump.read_text(encoding="utf-8")
        dump.write_text(text[: text.index("CREATE TRIGGER")], encoding="utf-8")
        with restored(postgresql_url, dump) as cut:
            code, words = verdict(deployment, cut, kept)
            assert (code, "of the database is missing" in words) == (1, True), words


@contextlib.contextmanager
def restored(server_url: str, dump: Path) -> Iterator[str]:
    """Restore a dump into a database of its own; return its address."""
    name = f"restored_{secrets.token_hex(4)}"
    url = server_url.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        subprocess.run(  # noqa: S603 - our own command line
            ["psql", "--quiet", f"--dbname={url}", f"--file={dump}"],  # noqa: S607
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        yield url
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
