"""A letter handed to a real socket: taken, refused in words, or cut off."""

import socket
import threading
from dataclasses import replace

import pytest
from pytest_django import Settings

from governance.services.post import Letter, MailRefused, MailServerAway, send_letter

LETTER = Letter(
    to="ann@example.com",
    subject="Two things",
    text="Two",
    html="<p>Two</p>",
    things=2,
    headers={"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
)


class Server(threading.Thread):
    """A mail server of few words: answers each command, and the letter, as told."""

    def __init__(self, *, at_end: bytes) -> None:
        """Listen on a free port; `at_end` answers the letter, empty hangs up."""
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.at_end = at_end
        self.letter = b""

    def run(self) -> None:
        """Talk to one client."""
        client, _ = self.listener.accept()
        with client, client.makefile("rwb", buffering=0) as line:
            line.write(b"220 hello\r\n")
            while command := line.readline():
                if not self._answer(command, line):
                    return

    def _answer(self, command: bytes, line: socket.SocketIO) -> bool:
        if not command.upper().startswith(b"DATA"):
            line.write(b"221 bye\r\n" if command.startswith(b"QUIT") else b"250 fine\r\n")
            return True
        line.write(b"354 go on\r\n")
        while (part := line.readline()) != b".\r\n":
            self.letter += part
        if self.at_end:
            line.write(self.at_end)
        return bool(self.at_end)


@pytest.fixture
def start(settings: Settings) -> type[Server]:
    """Let mails go to a port of this machine."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return Server


def started(settings: Settings, at_end: bytes) -> Server:
    """Return a server that is listening."""
    server = Server(at_end=at_end)
    settings.EMAIL_PORT = server.port
    server.start()
    return server


class TestSendLetter:
    def test_hands_over_words_and_html(self, start: object, settings: Settings) -> None:
        server = started(settings, b"250 taken\r\n")
        send_letter(LETTER)
        server.join(5)
        assert b"multipart/alternative" in server.letter
        assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in server.letter

    def test_makes_one_line_of_the_subject(self, start: object, settings: Settings) -> None:
        server = started(settings, b"250 taken\r\n")
        send_letter(replace(LETTER, subject="Ann\r\nBcc: all@example.com\nTwo"))
        server.join(5)
        assert b"\r\nSubject: Ann Bcc: all@example.com Two\r\n" in server.letter

    def test_says_that_the_server_said_no(self, start: object, settings: Settings) -> None:
        started(settings, b"451 later\r\n")
        with pytest.raises(MailRefused, match="451"):
            send_letter(LETTER)

    def test_does_not_call_a_cut_line_a_refusal(self, start: object, settings: Settings) -> None:
        started(settings, b"")
        with pytest.raises(OSError, match=r".") as loss:
            send_letter(LETTER)
        assert not isinstance(loss.value, MailRefused)

    def test_says_that_nobody_is_there(self, start: object, settings: Settings) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            settings.EMAIL_PORT = taken.getsockname()[1]
        with pytest.raises(MailServerAway, match="ConnectionRefusedError"):
            send_letter(LETTER)
