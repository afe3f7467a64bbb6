"""Messages as files: whole or not at all, and a broken one stops nobody."""

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any
from unittest.mock import patch

import pytest
from kombu import Connection, Consumer, Exchange, Producer, Queue

from readiness.config import queue, spool
from readiness.config.settings import CELERY_BROKER_TRANSPORT

QUEUE = Queue("celery", Exchange("celery"), routing_key="celery")
MESSAGES = 150


def connect(folder: Path) -> Connection:
    return Connection(
        "filesystem://",
        transport=CELERY_BROKER_TRANSPORT,
        transport_options=queue.through_files(folder),
    )


def tables_of(connection: Connection) -> Any:
    return connection.default_channel


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Any]:
    with connect(tmp_path) as connection:
        QUEUE(connection.default_channel).declare()
        yield connection.default_channel


class TestPut:
    def test_shows_a_message_only_when_it_is_whole(
        self, channel: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[Any] = []
        written = Path.write_text

        def half_written(file: Path, text: str, *arguments: Any) -> int:
            count = written(file, text[:5], *arguments)
            with pytest.raises(Empty):
                channel._get("celery")
            seen.append(file.name)
            return count + written(file, text, *arguments)

        monkeypatch.setattr(Path, "write_text", half_written)
        channel._put("celery", {"wake": "up"})
        assert seen
        assert channel._get("celery") == {"wake": "up"}
        assert not list(tmp_path.glob("*.msg*"))


class TestGet:
    def test_drops_what_cannot_be_read_and_goes_on(self, channel: Any, tmp_path: Path) -> None:
        (tmp_path / "0_half.celery.msg").write_text('{"wake": ')
        channel._put("celery", {"wake": "up"})
        with patch.object(spool.logger, "warning") as warned:
            assert channel._get("celery") == {"wake": "up"}
        assert warned.call_args.args[1] == "0_half.celery.msg"
        with pytest.raises(Empty):
            channel._get("celery")

    def test_leaves_the_messages_of_other_queues(self, channel: Any) -> None:
        channel._put("other", {"wake": "up"})
        with pytest.raises(Empty):
            channel._get("celery")
        assert channel._get("other") == {"wake": "up"}

    def test_gives_a_message_to_one_of_two_readers(self, channel: Any, tmp_path: Path) -> None:
        taken: list[int] = []

        def read() -> None:
            with connect(tmp_path) as connection:
                mine = tables_of(connection)
                while len(taken) < MESSAGES:
                    try:
                        taken.append(mine._get("celery")["number"])
                    except Empty:
                        continue

        readers = [threading.Thread(target=read, daemon=True) for _ in range(2)]
        for reader in readers:
            reader.start()
        for number in range(MESSAGES):
            channel._put("celery", {"number": number})
        for reader in readers:
            reader.join(timeout=30)
        assert sorted(taken) == list(range(MESSAGES))

    def test_says_nothing_is_there_when_another_took_it(
        self, channel: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        channel._put("celery", {"wake": "up"})

        def too_late(_file: Path, _target: Path) -> None:
            raise FileNotFoundError

        monkeypatch.setattr(Path, "rename", too_late)
        with pytest.raises(Empty):
            channel._get("celery")


class TestTable:
    def test_is_written_anew_after_a_crash_left_it_empty(self, tmp_path: Path) -> None:
        (tmp_path / "control").mkdir()
        (tmp_path / "control" / "anew.exchange").write_bytes(b"")
        with connect(tmp_path) as connection:
            Queue("anew", Exchange("anew"), routing_key="anew")(
                connection.default_channel
            ).declare()
            [bound] = tables_of(connection).get_table("anew")
            assert bound.queue == "anew"

    def test_forgets_a_queue_that_is_deleted(self, channel: Any) -> None:
        short_lived = Queue("short-lived", Exchange("short-lived"), routing_key="short-lived")
        short_lived(channel).declare()
        assert len(channel.get_table("short-lived")) == 1
        short_lived(channel).delete()
        assert channel.get_table("short-lived") == []


class TestTransport:
    def test_carries_a_message_from_end_to_end(self, tmp_path: Path) -> None:
        heard: list[Any] = []
        through = Queue("through", Exchange("through"), routing_key="through")
        with connect(tmp_path) as connection:
            Producer(connection.default_channel).publish(
                {"wake": "up"}, exchange=through.exchange, routing_key="through", declare=[through]
            )
            with Consumer(connection, [through], callbacks=[lambda body, _: heard.append(body)]):
                connection.drain_events(timeout=5)
        assert heard == [{"wake": "up"}]
