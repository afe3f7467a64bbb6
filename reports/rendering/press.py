"""Press a page in a child process that cannot take more than its share of the machine."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from reports.choices import Pressed

CHILD = Path(__file__).with_name("child.py")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
MIB = 1024 * 1024
IDENTIFIER_LENGTH = 32
OUT_OF_MEMORY = 3
_MEMORY_SIGNALS = (signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV, signal.SIGBUS)
_TIME_SIGNALS = (signal.SIGXCPU, signal.SIGKILL)


class PressRefused(Exception):
    """Say why a page did not become a PDF."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound one press run: address space, processor time, and time on the wall."""

    memory_mib: int = 1024
    processor_seconds: int = 60
    wall_seconds: int = 180


LIMITS = Limits()


def press_pdf(html: str, *, identifier: str, limits: Limits = LIMITS) -> Pressed:
    """Return the PDF of a page; `identifier` (hexadecimal) fixes what would be random in it.

    :raises PressRefused: the page took too long, too much memory, or could not be read.
    """
    order = json.dumps({"html": html, "identifier": identifier[:IDENTIFIER_LENGTH]})
    command = [sys.executable, "-I", str(CHILD)]
    command += [str(limits.memory_mib * MIB), str(limits.processor_seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and script, no shell
            command,
            input=order.encode(),
            capture_output=True,
            timeout=limits.wall_seconds,
            env=ENVIRONMENT,
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"The report took longer than {limits.wall_seconds} seconds and was stopped."
        raise PressRefused(message) from error
    if done.returncode:
        raise PressRefused(_reason(done.returncode, done.stderr, limits))
    pages, _, pdf = done.stdout.partition(b"\n")
    return Pressed(pdf, int(pages))


def _reason(code: int, stderr: bytes, limits: Limits) -> str:
    if -code in _TIME_SIGNALS:
        return (
            f"The report took more than {limits.processor_seconds} seconds of processor time"
            " and was stopped."
        )
    lines = stderr.decode(errors="replace").strip().splitlines()
    last = lines[-1] if lines else ""
    if code == OUT_OF_MEMORY or -code in _MEMORY_SIGNALS or "MemoryError" in last:
        return f"The report needed more than {limits.memory_mib} MiB of memory and was stopped."
    return f"The report could not be drawn: {last or f'the press ended with {code}'}"
