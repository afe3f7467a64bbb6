"""A time-stamp authority for tests: its own CA, and `openssl ts` behind a local server."""

import contextlib
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from governance.record.time_stamps import SHA256, Question, request_of

CONFIGURATION = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Authority of the tests
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamping]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/stamping.pem
signer_key = {folder}/stamping.key
certs = {folder}/tsa.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def openssl(*arguments: object) -> "subprocess.CompletedProcess[bytes]":
    """Run openssl; where it is missing the test is listed as not run, which fails the run."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not installed")
    command = [program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603


def _made(*arguments: object) -> None:
    told = openssl(*arguments)
    assert told.returncode == 0, told.stderr


@dataclass(slots=True)
class Authority:
    """An authority with keys in a folder; `answer` may be replaced by a lie."""

    folder: Path
    url: str = ""
    asked: list[bytes] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    answer: Callable[[bytes], bytes] = bytes
    drip: Callable[[], object] | None = None

    def stamp(self, question: bytes) -> bytes:
        """Return the answer of a real authority to a TimeStampReq."""
        asked, answered = self.folder / "question.tsq", self.folder / "answer.tsr"
        asked.write_bytes(question)
        told = openssl(
            *["ts", "-reply", "-config", self.folder / "conf", "-section", "here"],
            *["-queryfile", asked, "-out", answered],
        )
        assert told.returncode == 0, told.stderr
        return answered.read_bytes()

    def accepts(self, token: bytes, *, over: bytes) -> bool:
        """Say whether `openssl ts -verify` takes a token over some bytes, as README shows it."""
        data, file = self.folder / "checkpoint.txt", self.folder / "kept.tsr"
        data.write_bytes(over)
        file.write_bytes(token)
        told = openssl(
            *["ts", "-verify", "-data", data, "-in", file, "-CAfile", self.folder / "tsa.pem"]
        )
        return told.returncode == 0 and b"Verification: OK" in told.stdout + told.stderr


def authority_in(folder: Path) -> Authority:
    """Return an authority with a certificate of its own and the CA behind it."""
    conf = folder / "conf"
    conf.write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")
    (folder / "serial").write_text("01\n", encoding="utf-8")
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", conf]
    _made(
        *["req", "-x509", *key, "-extensions", "authority", "-days", "2"],
        *["-keyout", folder / "tsa.key", "-out", folder / "tsa.pem"],
    )
    _made(
        *["req", "-new", *key, "-subj", "/CN=Stamps of the tests"],
        *["-keyout", folder / "stamping.key", "-out", folder / "stamping.csr"],
    )
    _made(
        *["x509", "-req", "-in", folder / "stamping.csr", "-days", "2", "-set_serial", "2"],
        *["-CA", folder / "tsa.pem", "-CAkey", folder / "tsa.key"],
        *["-extfile", conf, "-extensions", "stamping", "-out", folder / "stamping.pem"],
    )
    authority = Authority(folder)
    authority.answer = authority.stamp
    return authority


@contextlib.contextmanager
def serving(authority: Authority, *, encrypted: bool = False) -> Iterator[Authority]:
    """Answer for an authority on a free local port, over TLS with a certificate of its own."""

    class Door(BaseHTTPRequestHandler):
        """Hand every question to the authority."""

        def do_POST(self) -> None:
            """Answer one question."""
            question = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            authority.asked.append(question)
            body = authority.answer(question)
            self.send_response(authority.status)
            for name, value in authority.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                for at in range(0, len(body), 1) if authority.drip else [None]:
                    self.wfile.write(body if at is None else body[at : at + 1])
                    self.wfile.flush()
                    if authority.drip:
                        authority.drip()

        def log_message(self, *said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    if encrypted:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(
            authority.folder / "stamping.pem", authority.folder / "stamping.key"
        )
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    authority.url = f"{'https' if encrypted else 'http'}://127.0.0.1:{server.server_port}/tsr"
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()


def with_nonce(authority: Authority) -> None:
    """Have another question over the same bytes stamped, as somebody would who kept an answer."""

    def answer(question: bytes) -> bytes:
        return authority.stamp(request_of(Question(question[24:56], 77)))

    authority.answer = answer


def with_imprint(authority: Authority) -> None:
    """Have other bytes stamped, under our nonce."""
    authority.answer = lambda question: authority.stamp(question[:24] + b"x" * 32 + question[56:])


def with_refusal(authority: Authority) -> None:
    """Have the real authority refuse: it knows no such algorithm."""
    unknown = SHA256[:-1] + b"\x09"
    authority.answer = lambda question: authority.stamp(question.replace(SHA256, unknown))


def with_too_much(authority: Authority) -> None:
    """Answer more than anybody wants to read."""
    authority.answer = lambda question: authority.stamp(question).ljust(64 * 1024 + 1, b"\0")


def with_redirect(authority: Authority) -> None:
    """Send us on, to where we would find an answer."""
    authority.status, authority.headers = 307, {"Location": authority.url}


def with_error(authority: Authority) -> None:
    """Be broken."""
    authority.status = 500


def with_drips(authority: Authority) -> None:
    """Answer a byte at a time."""
    authority.drip = lambda: time.sleep(0.05)


def with_silence(authority: Authority) -> None:
    """Answer too late."""

    def answer(_: bytes) -> bytes:
        time.sleep(1.5)
        return b""

    authority.answer = answer
