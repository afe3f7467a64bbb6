"""Messages as files in one private folder, for a single machine without a server to install.

Kombu's own file transport lets a reader see a message or a table that is still being written,
and a worker that reads half a message ends. Here a file appears whole or not at all, and one
that cannot be read is dropped: a message only wakes a worker, the rows to do are in the database.
"""

import fcntl
import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any, cast

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """Write beside, then rename; take by renaming, then read."""

    def _put(  # type: ignore[override]  # kombu's classes disagree on the second name
        self, queue: str, payload: Any, **_options: Any
    ) -> None:
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg"
        draft = folder / f"{name}.part"
        draft.write_text(dumps(payload))
        draft.replace(folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for file in sorted(Path(self.data_folder_in).iterdir()):
            if file.name.partition(".")[2] == f"{queue}.msg":
                payload = _taken(file)
                if payload is not None:
                    return payload
        raise Empty

    def get_table(self, exchange: str) -> list[Any]:
        """Return which queues an exchange feeds."""
        with self._alone(exchange):
            return list(super().get_table(exchange))

    def _queue_bind(self, exchange: str, *names: Any) -> None:
        with self._alone(exchange):
            super()._queue_bind(exchange, *names)

    def _delete(self, queue: str, exchange: str, *names: Any, **options: Any) -> None:
        with self._alone(exchange):
            super()._delete(queue, exchange, *names, **options)

    @contextmanager
    def _alone(self, exchange: str) -> Iterator[None]:
        """Keep others from an exchange's table, and remove one that a crash left unreadable."""
        self.control_folder.mkdir(exist_ok=True)
        with (self.control_folder / "lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            table: Path = cast(Any, self)._exchange_file(exchange)
            if table.exists() and _parsed(table.read_bytes()) is None:
                table.unlink()
            yield


class Transport(filesystem.Transport):
    """The file transport with a channel that never shows half a file."""

    Channel = Channel


def _taken(file: Path) -> Any:
    """Return a message that nobody else took, or None."""
    mine = file.with_name(f"{file.name}.taken")
    try:
        file.rename(mine)
        content = mine.read_bytes()
        mine.unlink()
    except OSError:
        return None
    payload = _parsed(content)
    if payload is None:
        logger.warning("A message that could not be read was dropped: %s", file.name)
    return payload


def _parsed(content: bytes) -> Any:
    try:
        return loads(content)
    except ValueError:
        return None
