"""`make demo` starts everything, keeps what was entered, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.faults.stage import ROOT, Stage
from tests.servers import free_port, wait_until

RUNNER = [sys.executable, ".ci/demo.py", "--port"]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Return a function that starts the demo on a free port, in a folder of its own."""
    environment = {**os.environ, "VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": "mysql://not"}
    stage = Stage(environment={**environment, "BIND": f"127.0.0.1:{free_port()}"}, folder=tmp_path)
    _load_a_short_demo(stage)

    def start() -> "subprocess.Popen[bytes]":
        port = stage.environment["BIND"].rpartition(":")[2]
        runner = stage.start([*RUNNER, port], name="demo")
        wait_until(lambda: _says(tmp_path, "Ctrl-C stops it"), what="the demo", seconds=120)
        assert stage.get("/health/") == HTTPStatus.OK
        return runner

    yield start
    stage.stop_all()


def _load_a_short_demo(stage: Stage) -> None:
    """Load two nights instead of ninety, as if the first run had done it."""
    var = Path(stage.environment["VAR_DIR"])
    var.mkdir(mode=0o700)
    own = {
        "DEMO_MODE": "1",
        "SECRET_KEY": "tests-only-7a5e2486-3f0c9d1b-7a5e2486-3f0c9d1b-7a5e2486",
        "DATABASE_URL": f"sqlite:///{var / 'readiness.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "readiness.config.settings",
    }
    manage = [sys.executable, "manage.py"]
    loading = Stage(environment={**stage.environment, **own}, folder=stage.folder)
    loading.run([*manage, "migrate", "--verbosity", "0"])
    loading.run([*manage, "load_demo", "--nights", "2"])
    (var / "demo-loaded").touch()


def _says(folder: Path, words: str) -> bool:
    log = folder / "demo.log"
    return log.exists() and words in log.read_text()


def _children(runner: "subprocess.Popen[bytes]") -> list[int]:
    """Return the processes that the runner started."""
    listed = subprocess.run(  # noqa: S603 - our own process
        ["ps", "--ppid", str(runner.pid), "-o", "pid="],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(pid) for pid in listed.stdout.split()]


def _lives(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and ") Z " not in state.read_text()


class TestDemo:
    def test_serves_stops_and_starts_again(
        self, demo: Callable[[], "subprocess.Popen[bytes]"], tmp_path: Path
    ) -> None:
        runner = demo()
        children = _children(runner)
        assert len(children) == 2
        said = (tmp_path / "demo.log").read_text()
        assert re.search(r"http://localhost:\d+", said)
        assert "sponsor@halden.example" in said
        assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600
        key = (tmp_path / "var" / "secret-key").read_text()

        runner.send_signal(signal.SIGINT)
        assert runner.wait(timeout=60) == 0
        assert not [pid for pid in children if _lives(pid)]

        (tmp_path / "demo.log").unlink()
        again = demo()
        assert "Loading the demo" not in (tmp_path / "demo.log").read_text()
        assert (tmp_path / "var" / "secret-key").read_text() == key

        children = _children(again)
        again.kill()
        wait_until(lambda: not [pid for pid in children if _lives(pid)], what="the children's end")

    def test_names_a_taken_port_before_anything_starts(self, tmp_path: Path) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            ended = subprocess.run(  # noqa: S603 - our own command line
                [*RUNNER, str(port)],
                cwd=ROOT,
                env={**os.environ, "VAR_DIR": str(tmp_path / "var")},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        assert ended.returncode == 1
        assert ended.stderr.startswith(f"Port {port} is taken by another program.")
        assert not (tmp_path / "var").exists()
