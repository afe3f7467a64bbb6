"""A mail server that keeps what arrives, takes its time, refuses, or hangs, as a test says."""

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message


@dataclass(slots=True)
class Mailbox:
    """What arrived, by Message-ID; `refuses` says no, `pause` is how long each answer takes.

    A mail counts as arrived before its sender hears so: whoever dies waiting does not know.
    """

    port: int = 0
    refuses: bool = False
    pause: float = 0.0
    arrived: list[Message] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def names(self) -> list[str]:
        """Return the Message-IDs in the order in which they arrived."""
        return [str(message["Message-ID"]) for message in self.arrived]

    def holds(self, words: str) -> bool:
        """Say whether some mail has these words in its plain text."""
        return any(words in _text(message) for message in self.arrived)


def _text(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            return bytes(part.get_payload(decode=True) or b"").decode()
    return ""


class _Conversation(socketserver.StreamRequestHandler):
    """Speak as much SMTP as a sender needs."""

    server: "_Server"

    def handle(self) -> None:
        """Answer line by line."""
        self._say("220 mailbox")
        while line := self.rfile.readline().decode().strip().upper():
            if line == "DATA":
                self._take()
            elif line == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 mailbox" if line.startswith(("EHLO", "HELO")) else "250 ok")

    def _take(self) -> None:
        box = self.server.box
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        if box.refuses:
            self._say("451 later")
            return
        box.arrived.append(email.message_from_bytes(b"".join(lines)))
        box.released.wait(box.pause)
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    """Listen on a port of our own."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, box: Mailbox) -> None:
        super().__init__(("127.0.0.1", box.port), _Conversation)
        self.box = box

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a sender that was killed."""


@contextmanager
def listening(box: Mailbox) -> Iterator[Mailbox]:
    """Take mails for a mailbox as long as the block lasts."""
    with _Server(box) as server:
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield box
        box.released.set()
        server.shutdown()
