"""Start the programs of docker-compose.yml as it names them, on servers of our own."""

import contextlib
import os
import re
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import yaml

from tests.servers import free_port, wait_until

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
EMBEDDED_WORKER = [
    *["celery", "-A", "readiness.config.worker", "worker", "--beat", "--pool", "threads"],
    *["--concurrency", "2", "--without-gossip", "--without-mingle", "--without-heartbeat"],
]


def command_of(service: str) -> list[str]:
    """Return the command line of a service, as the compose file has it."""
    return [str(word).replace("$$", "$") for word in COMPOSE["services"][service]["command"]]


@dataclass(slots=True)
class Stage:
    """Programs that share an environment, each in a process group of its own."""

    environment: dict[str, str]
    folder: Path
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    services: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def start_service(self, name: str) -> None:
        """Start a service of the compose file, as it names it."""
        self.services[name] = self.start(command_of(name), name=name)

    def restart_ended(self) -> None:
        """Start services again that ended by themselves, as the compose file asks for."""
        for name, program in self.services.items():
            if program.poll() is not None:
                assert COMPOSE["services"][name]["restart"] == "unless-stopped"
                self.running.remove(program)
                self.start_service(name)

    def start(self, command: list[str], *, name: str) -> "subprocess.Popen[bytes]":
        """Start a program; what it says goes to NAME.log in the folder."""
        with (self.folder / f"{name}.log").open("ab") as log:
            program = subprocess.Popen(  # noqa: S603 - our own command lines
                command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.running.append(program)
        return program

    def kill(self, program: "subprocess.Popen[bytes]") -> None:
        """Kill a program and its children at once, without a word."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
        self.running.remove(program)

    def stop_all(self) -> None:
        """End whatever still runs."""
        for program in list(self.running):
            self.kill(program)

    def run(self, command: list[str]) -> str:
        """Run a command to its end and return what it printed."""
        done = subprocess.run(  # noqa: S603 - our own command lines
            command,
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask_for_jobs(self, prefix: str, number: int) -> None:
        """Write jobs as a door of the product does."""
        self.run([sys.executable, "-m", "tests.faults.work", "jobs", prefix, str(number)])

    def open_project(self, *, days_ago: int) -> None:
        """Open a project in the past, so that its nights are due."""
        self.run([sys.executable, "-m", "tests.faults.work", "project", str(days_ago)])

    def count(self, query: str) -> int:
        """Return the one number that a query asks for."""
        url = self.environment["DATABASE_URL"]
        if url.startswith("sqlite"):
            with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
                return int(database.execute(query).fetchone()[0])
        with psycopg.connect(url) as connection:
            row = connection.execute(query.encode()).fetchone()
            return int(row[0]) if row else 0

    def jobs(self, prefix: str) -> tuple[int, int, int]:
        """Return how many jobs are not done, how many are, and how many marks there are."""
        jobs = f"SELECT count(*) FROM governance_job WHERE key LIKE '{prefix}-%' AND state"  # noqa: S608
        marks = f"SELECT count(*) FROM governance_organisation WHERE slug LIKE '{prefix}-%'"  # noqa: S608
        return self.count(f"{jobs} <> 'DONE'"), self.count(f"{jobs} = 'DONE'"), self.count(marks)

    def wait_for_jobs(self, prefix: str, *, seconds: float = 45) -> None:
        """Wait until no job of this prefix is left."""

        def all_done() -> bool:
            self.restart_ended()
            return self.jobs(prefix)[0] == 0

        wait_until(all_done, what=f"jobs {prefix}", seconds=seconds)

    def get(self, address: str) -> int:
        """Return the status of an answer, 0 where nobody answers."""
        request = urllib.request.Request(
            f"http://{self.environment['BIND']}{address}", headers={"Host": "localhost"}
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except (urllib.error.URLError, OSError):
            return 0

    def wait_for_web(self, *, status: int = HTTPStatus.OK) -> None:
        """Wait until the health of the site is as given."""
        wait_until(lambda: self.get("/health/") == status, what=f"health {status}")


def compose_environment(folder: Path, *, database_url: str, redis_url: str) -> dict[str, str]:
    """Return the environment of the compose file, with our servers in the place of its own.

    Its secrets come from files, as there; words like ${NAME:-default} take their default.
    """
    given: dict[str, str] = COMPOSE["x-product"]["environment"]
    plain = {
        name: re.sub(r"\$\{\w+:[-?]([^}]*)\}", r"\1", str(value)) for name, value in given.items()
    }
    redis = urlsplit(redis_url)
    files = {
        "SECRET_KEY_FILE": "tests-only-7a5e2486-3f0c9d1b-7a5e2486-3f0c9d1b-7a5e2486",
        "DATABASE_PASSWORD_FILE": "not asked for on a socket",
        "REDIS_PASSWORD_FILE": redis.password or "",
    }
    for name, secret in files.items():
        (folder / name).write_text(secret)
        plain[name] = str(folder / name)
    return {
        **plain,
        "DATABASE_URL": database_url,
        "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0",
        **_machine(folder),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
    }


def embedded_environment(folder: Path) -> dict[str, str]:
    """Return the environment of one machine without servers: SQLite and the queue of files."""
    return {
        "SECRET_KEY": "tests-only-7a5e2486-3f0c9d1b-7a5e2486-3f0c9d1b-7a5e2486",
        "DATABASE_URL": f"sqlite:///{folder / 'readiness.sqlite3'}",
        "REDIS_URL": "",
        "HTTPS": "0",
        **_machine(folder),
    }


def _machine(folder: Path) -> dict[str, str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {
        "PATH": path,
        "HOME": str(folder),
        "VAR_DIR": str(folder / "var"),
        "BIND": f"127.0.0.1:{free_port()}",
        "WEB_CONCURRENCY": "1",
        "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "DJANGO_SETTINGS_MODULE": "tests.faults.stage_settings",
        "PYTHONUNBUFFERED": "1",
    }


@contextlib.contextmanager
def staged(environment: dict[str, str], folder: Path) -> Iterator[Stage]:
    """Yield a stage, and end whatever was started on it."""
    stage = Stage(environment=environment, folder=folder)
    try:
        yield stage
    finally:
        stage.stop_all()
