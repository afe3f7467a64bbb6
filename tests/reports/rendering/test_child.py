import io
import json
import resource
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reports.rendering import child

IDENTIFIER = bytes(range(16))
PAGE = "<html lang=en><title>A page</title><h1>Heading</h1><p>Text</p>{}"


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """Listen on the loopback and keep the first line of every request."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    asked.append(connection.recv(200))

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1], asked
        finally:
            stop.set()
            thread.join()


def corpus(address: str) -> list[str]:
    """Return every way we know to make a renderer ask for an address."""
    style = (
        f'@import "{address}"; @font-face {{ font-family: f; src: url({address}) }}'
        f" p {{ background: url({address}); font-family: f }}"
    )
    return [
        f'<link rel="attachment" href="{address}">',
        f'<link rel="stylesheet" href="{address}">',
        f'<img alt="" src="{address}">',
        f'<object data="{address}"></object><embed src="{address}">',
        f'<a rel="attachment" href="{address}">x</a>',
        f"<style>{style}</style>",
        f'<svg><image href="{address}"/><use href="{address}#a"/></svg>',
        f'<base href="{address}"><img alt="" src="y.png">',
    ]


class TestPress:
    def test_gives_the_same_bytes_twice(self) -> None:
        first = child.press(PAGE.format(""), identifier=IDENTIFIER)
        assert child.press(PAGE.format(""), identifier=IDENTIFIER) == first
        assert first[0] == 1

    def test_fetches_nothing_from_file_or_network(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("the secret of this machine")
        plain = child.press(PAGE.format(""), identifier=IDENTIFIER)[1]
        with listening() as (port, asked):
            for address in (
                f"http://127.0.0.1:{port}/x",
                secret.as_uri(),
                f"ftp://127.0.0.1:{port}/x",
            ):
                for hostile in corpus(address):
                    pdf = child.press(PAGE.format(hostile), identifier=IDENTIFIER)[1]
                    assert b"the secret of this machine" not in pdf
                    assert b"/EmbeddedFile" not in pdf
                    assert len(pdf) < len(plain) + 4000
        assert asked == []


class TestLock:
    def test_gives_up_memory_time_and_files(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given_up: dict[int, tuple[int, int]] = {}
        monkeypatch.setattr(resource, "setrlimit", given_up.__setitem__)
        child.lock(memory_bytes=5, processor_seconds=7)
        assert given_up == {
            resource.RLIMIT_AS: (5, 5),
            resource.RLIMIT_CPU: (7, 7),
            resource.RLIMIT_CORE: (0, 0),
            resource.RLIMIT_FSIZE: (0, 0),
        }


class TestMain:
    @pytest.fixture(autouse=True)
    def _unlocked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
        monkeypatch.setattr(sys, "argv", ["child.py", "1000", "60"])

    def order(self, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    def test_writes_the_pages_and_the_pdf(
        self, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        self.order(monkeypatch, json.dumps({"html": PAGE.format(""), "identifier": "00" * 16}))
        assert child.main() == 0
        assert capfdbinary.readouterr().out.startswith(b"1\n%PDF-")

    @pytest.mark.parametrize("text", ["", "{}", '{"html": "x", "identifier": "no hex"}', "[]"])
    def test_names_an_order_it_cannot_read(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        text: str,
    ) -> None:
        self.order(monkeypatch, text)
        assert child.main() == child.UNREADABLE
        assert "Error" in capsys.readouterr().err

    def test_says_when_memory_ran_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def exhausted(*_: object, **__: object) -> None:
            raise MemoryError

        self.order(monkeypatch, json.dumps({"html": "x", "identifier": "00"}))
        monkeypatch.setattr(child, "press", exhausted)
        assert child.main() == child.OUT_OF_MEMORY
