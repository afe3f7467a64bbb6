"""Serve the demo on one machine: web, worker and schedule, until Ctrl-C.

    make demo [PORT=8010]

Everything it keeps lies in var/: the database, the queue, the key that signs sessions,
the logs. A second run finds what was entered in the first.
"""

import argparse
import contextlib
import ctypes
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
APPS = ("governance", "training", "uat", "readiness", "reports")
PATIENCE_SECONDS = 60
PR_SET_PDEATHSIG = 1
HASHED_STATIC = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


class DemoFailed(Exception):
    """Say in one sentence what is wrong and what to do."""


class Stopped(Exception):
    """Somebody asked the demo to stop."""


def say(text: str = "") -> None:
    """Write a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def loopback(port: int) -> list[tuple[socket.AddressFamily, str]]:
    """Return the addresses that `localhost` means on this machine.

    :raises DemoFailed: somebody listens there already.
    """
    addresses = [(socket.AF_INET, "127.0.0.1")]
    if socket.has_ipv6 and _can_bind(socket.AF_INET6, "::1", 0):
        addresses.append((socket.AF_INET6, "::1"))
    for family, address in addresses:
        if not _can_bind(family, address, port):
            raise DemoFailed(
                f"Port {port} is taken by another program. "
                f"End it, or choose another: make demo PORT={port + 10}"
            )
    return addresses


def _can_bind(family: socket.AddressFamily, address: str, port: int) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def signing_key(var: Path) -> Path:
    """Return the file of a random key, made once, that only this account may read."""
    file = var / "secret-key"
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as key:
            key.write(secrets.token_urlsafe(50))
    return file


def closed_environment(var: Path, *, port: int) -> dict[str, str]:
    """Return the environment of the demo; a configuration for serious use does not leak in."""
    own = {
        "DJANGO_SETTINGS_MODULE": "readiness.config.settings",
        "DEMO_MODE": "1",
        "DEBUG": "0",
        "HTTPS": "0",
        "TRUST_PROXY": "0",
        "SECRET_KEY": "",
        "SECRET_KEY_FILE": str(signing_key(var)),
        "DATABASE_URL": f"sqlite:///{var / 'readiness.sqlite3'}",
        "DATABASE_URL_FILE": "",
        "REDIS_URL": "",
        "REDIS_URL_FILE": "",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "CSRF_TRUSTED_ORIGINS": "",
        "SITE_URL": f"http://localhost:{port}",
        "VAR_DIR": str(var),
        "QUEUE_DIR": str(var / "queue"),
        "CACHE_DIR": str(var / "cache"),
        "EMAIL_URL": "consolemail://",
        "LOG_FORMAT": "plain",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "INFO"),
        # compressing every file would take minutes and gain nothing on one machine
        "STATICFILES_BACKEND": HASHED_STATIC,
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **own}


def manage(environment: dict[str, str], *arguments: str) -> None:
    """Run a command of the product.

    :raises DemoFailed: it failed; what it said stands above.
    """
    done = subprocess.run(  # noqa: S603 - our own command line
        [PYTHON, "manage.py", *arguments], cwd=ROOT, env=environment, check=False
    )
    if done.returncode:
        raise DemoFailed(f"manage.py {arguments[0]} failed; see above.")


def load_once(environment: dict[str, str], var: Path) -> None:
    """Load the demo unless it is there; a load that was cut off is begun anew."""
    begun, loaded = var / "demo-begun", var / "demo-loaded"
    database = var / "readiness.sqlite3"
    if begun.exists():
        for left in var.glob("readiness.sqlite3*"):
            left.unlink()
        begun.unlink()
    if not database.exists():
        loaded.unlink(missing_ok=True)
        begun.touch()
    say("Preparing the database …")
    manage(environment, "migrate", "--verbosity", "0")
    if not loaded.exists():
        say("Loading the demo, once (about a minute) …")
        manage(environment, "load_demo")
        loaded.touch()
    begun.unlink(missing_ok=True)


def collect_static(environment: dict[str, str], var: Path) -> None:
    """Collect static files where they changed since the last time."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for file in sorted(file for app in APPS for file in (ROOT / app).glob("static/**/*")):
        status = file.stat()
        digest.update(f"{file} {status.st_size} {status.st_mtime_ns}".encode())
    stamp = var / "static-collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    say("Collecting static files …")
    shutil.rmtree(var / "static", ignore_errors=True)
    manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
    stamp.write_text(digest.hexdigest())


def _die_with_parent() -> None:
    """Ask Linux to end this child even if its parent is killed without warning."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: list[str], *, log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a child in a group of its own, so that Ctrl-C reaches it through us alone."""
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own command line
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - no thread has been started here
        )


def start_all(
    environment: dict[str, str], *, port: int, var: Path
) -> dict[str, subprocess.Popen[bytes]]:
    """Start web and worker; the worker carries the schedule."""
    hosts = [address if ":" not in address else f"[{address}]" for _, address in loopback(port)]
    web = {**environment, "BIND": ",".join(f"{host}:{port}" for host in hosts)}
    logs = var / "log"
    logs.mkdir(mode=0o700, exist_ok=True)
    worker = [str(BIN / "celery"), "-A", "readiness.config.worker", "worker", "--beat"]
    worker += ["--pool", "threads", "--concurrency", "2", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return {
        "web": start(
            [str(BIN / "gunicorn"), "-c", "python:readiness.config.gunicorn"],
            log=logs / "web.log",
            environment=web,
        ),
        "worker": start(worker, log=logs / "worker.log", environment=environment),
    }


def wait_until_ready(port: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Wait until the site says that it is ready.

    :raises DemoFailed: a child ended, or the site did not answer in time.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        refuse_ended(children)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5) as answer:
                if answer.status == 200:  # noqa: PLR2004
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise DemoFailed(f"The site did not answer within {PATIENCE_SECONDS} s; see var/log/web.log.")


def refuse_ended(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Stop everything where a part stopped by itself.

    :raises DemoFailed: a child ended.
    """
    for name, child in children.items():
        if child.poll() is not None:
            raise DemoFailed(f"The {name} ended by itself; see var/log/{name}.log.")


def stop_all(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask every child to end, and end those that do not listen."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    end = time.monotonic() + 15
    for child in children.values():
        try:
            child.wait(timeout=max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _stop(*_: object) -> None:
    raise Stopped


def serve(port: int) -> None:
    """Prepare, serve, and wait for the end.

    :raises DemoFailed: what stands in the way.
    :raises Stopped: somebody asked to stop.
    """
    loopback(port)
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment = closed_environment(var, port=port)
    load_once(environment, var)
    collect_static(environment, var)
    children = start_all(environment, port=port, var=var)
    try:
        wait_until_ready(port, children)
        say(f"\nThe demo is at http://localhost:{port}\n")
        manage(environment, "demo_accounts")
        say("\nCtrl-C stops it. What you enter stays in var/; delete var/ to begin anew.")
        while True:
            refuse_ended(children)
            time.sleep(0.5)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        stop_all(children)


def port_number(text: str) -> int:
    """Return a port that an ordinary account may listen on."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:  # noqa: PLR2004
        raise argparse.ArgumentTypeError(f"write a port between 1 and 65535, not {text!r}")
    return int(text)


def main() -> int:
    """Serve the demo; return the exit code."""
    parser = argparse.ArgumentParser(prog="make demo", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=port_number, default=8000)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        serve(arguments.port)
    except DemoFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    except Stopped:
        say("\nStopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
