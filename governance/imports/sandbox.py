"""Read a file in a child process that has limits on memory, time and output."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from governance.imports import limits
from governance.imports.limits import Unreadable
from governance.imports.tables import Reading, Row, Table

ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; from governance.imports.reading import main; main(sys.argv[1], sys.argv[2])"
_TOO_MUCH = (
    "Reading the file takes too much {what}; no ordinary table does. Split it, or save it anew."
)
PROGRESS_EVERY = 20_000
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


def read_tables(
    path: Path, *, name: str, heard: Callable[[int], None] = lambda rows: None
) -> Reading:
    """Return the tables of a file; `heard` is told now and then how many rows there are.

    :raises Unreadable: the file cannot be read, or not within the limits.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        code = _run(path, name=name, output=output, errors=errors)
        output.seek(0)
        reading, ended = _collect(output, heard=heard)
        if code or not ended:
            raise _death(code, errors=errors)
    return reading


def _run(path: Path, *, name: str, output: IO[bytes], errors: IO[bytes]) -> int:
    command = [sys.executable, "-c", _START, str(path), name]
    child = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=errors,
        cwd=ROOT,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1"},
        start_new_session=True,
    )
    try:
        return child.wait(timeout=limits.WALL_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _death(code: int, *, errors: IO[bytes]) -> Unreadable:
    """Say why the child did not come to an end."""
    errors.seek(0)
    words = errors.read(100_000).decode("utf-8", errors="replace")
    if code in _OUT_OF_TIME:
        return Unreadable(_TOO_MUCH.format(what="time"))
    if code == -signal.SIGABRT or "MemoryError" in words or "memory allocation" in words:
        return Unreadable(_TOO_MUCH.format(what="memory"))
    return Unreadable("The file could not be read to its end. Save it anew, as .xlsx or .csv.")


def _collect(output: IO[bytes], *, heard: Callable[[int], None]) -> tuple[Reading, bool]:
    """Return what the child wrote, and whether it came to its end.

    :raises Unreadable: the child refused the file.
    """
    reading, rows, ended, count = Reading(), list[Row](), False, 0
    for line in output:
        message = _message(line)
        if isinstance(message, list):
            rows.extend(map(Row._make, message))
            if count // PROGRESS_EVERY < (count + len(message)) // PROGRESS_EVERY:
                heard(count + len(message))
            count += len(message)
        elif "table" in message:
            rows = []
            reading.tables.append(Table(message["table"], rows, message["encoding"]))
        elif "passed_over" in message:
            reading.passed_over.append(tuple(message["passed_over"]))
        elif "refused" in message:
            raise Unreadable(message["refused"])
        else:
            ended = "end" in message
    return reading, ended


def _message(line: bytes) -> Any:
    """Return one message; a line that the child did not finish is none."""
    try:
        return json.loads(line)
    except ValueError:
        return {}
