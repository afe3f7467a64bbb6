"""Private servers for tests: PostgreSQL and Redis in a folder of their own, gone afterwards."""

import contextlib
import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import redis

PATIENCE_SECONDS = 30


class ServerFailed(Exception):
    """Say which server did not start, and what it said."""


def wait_until(true: Callable[[], bool], *, what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Ask again and again until the answer is yes.

    :raises ServerFailed: the answer stayed no.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.05)
    raise ServerFailed(f"gave up after {seconds:.0f} s waiting for {what}")


def free_port() -> int:
    """Return a port on the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(name: str) -> str:
    """Return the newest program of that name, Debian's PostgreSQL folders included.

    :raises ServerFailed: there is none.
    """
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")])
    found = shutil.which(name, path=path)
    if found is None:
        raise ServerFailed(f"{name} is not installed; make test says how")
    return found


def _unprivileged() -> int | None:
    """Return whom PostgreSQL runs as where we are root, which it refuses to be."""
    if os.getuid() != 0:
        return None
    numbers = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return numbers.get("postgres", numbers["nobody"])


def _end_with_parent() -> None:
    """Ask Linux to end this child when its parent is killed without warning."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


@contextlib.contextmanager
def _folder(owner: int | None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="readiness-"))
    if owner is not None:
        os.chown(folder, owner, -1)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(slots=True)
class Server:
    """A child process that serves at `url`, and how to end it."""

    url: str
    command: list[str]
    ready: Callable[[], bool]
    owner: int | None = None
    log: Path | None = None
    process: "subprocess.Popen[bytes] | None" = field(default=None)

    def start(self) -> None:
        """Start the process and wait until it answers.

        :raises ServerFailed: it ended, or did not answer in time.
        """
        output = self.log.open("ab") if self.log else None
        self.process = subprocess.Popen(  # noqa: S603 - our own command line
            self.command,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            user=self.owner,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - it calls nothing but the kernel
        )
        wait_until(self._answers_or_ended, what=self.command[0])
        if self.process.poll() is not None:
            said = self.log.read_text(errors="replace")[-2000:] if self.log else ""
            raise ServerFailed(f"{self.command[0]} ended at once: {said}")

    def _answers_or_ended(self) -> bool:
        return (self.process is not None and self.process.poll() is not None) or self.ready()

    def kill(self) -> None:
        """End the process without warning, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the process to end."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def _running(server: Server) -> Iterator[Server]:
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def postgresql(**more: str) -> Iterator[Server]:
    """Yield a PostgreSQL on a socket of its own, without fsync; its url names no database.

    What is given as `more` are settings of the server, such as work_mem="64MB".
    """
    owner = _unprivileged()
    with _folder(owner) as folder:
        cluster = folder / "cluster"
        subprocess.run(  # noqa: S603 - our own command line
            [
                *[_program("initdb"), "--pgdata", str(cluster), "--username=postgres"],
                *["--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"],
            ],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            user=owner,
        )
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "unix_socket_permissions": "0700",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "100",
            **more,
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        server = Server(
            url=f"postgresql://postgres@/{{name}}?host={folder}",
            command=[_program("postgres"), "-D", str(cluster), *options],
            ready=lambda: _takes_connections(folder),
            owner=owner,
            log=folder / "log",
        )
        with _running(server):
            yield server


def _takes_connections(folder: Path) -> bool:
    answer = subprocess.run(  # noqa: S603 - our own command line
        [_program("pg_isready"), "--quiet", "--host", str(folder)], check=False, cwd="/"
    )
    return answer.returncode == 0


@contextlib.contextmanager
def redis_server() -> Iterator[Server]:
    """Yield a Redis with a password and an append-only file, on a free port."""
    with _folder(None) as folder:
        port, password = free_port(), secrets.token_urlsafe(16)
        url = f"redis://:{password}@127.0.0.1:{port}/0"
        command = [_program("redis-server"), "--bind", "127.0.0.1", "--port", str(port)]
        command += ["--requirepass", password, "--dir", str(folder), "--save", ""]
        command += ["--appendonly", "yes", "--maxmemory-policy", "noeviction"]
        server = Server(url=url, command=command, ready=lambda: _pongs(url), log=folder / "log")
        with _running(server):
            yield server


def _pongs(url: str) -> bool:
    try:
        with contextlib.closing(redis.Redis.from_url(url, socket_timeout=1)) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
