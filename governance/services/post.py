"""Hand one letter to the mail server, and tell a refusal from a mail of unknown fate."""

import contextlib
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.mail import EmailMultiAlternatives, get_connection

LONGEST_WAIT = 20
_REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
)


class MailRefused(Exception):
    """Say that the mail server did not take the letter."""


class MailServerAway(MailRefused):
    """Say that no mail server could be reached, or that it let nobody in."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that a letter carries, byte for byte."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail in words and in HTML; `things` is how many things it lists.

    `others` read the same letter; `tells` are the notices that it tells.
    """

    to: str
    others: Sequence[str] = ()
    enclosures: Sequence[Enclosure] = ()
    subject: str
    text: str
    html: str
    things: int = 0
    tells: Sequence[int] = ()
    headers: dict[str, str] = field(default_factory=dict)


def send_letter(letter: Letter) -> None:
    """Hand over one letter.

    :raises MailServerAway: nothing was said yet; it can be tried again.
    :raises MailRefused: the server answered no; it can be tried again.
    :raises OSError: the connection died on the way; the letter may have arrived.
    """
    message = EmailMultiAlternatives(
        " ".join(letter.subject.split()),  # a name with a line break in it is no header
        letter.text,
        to=[letter.to, *letter.others],
        headers=letter.headers,
    )
    message.attach_alternative(letter.html, "text/html")
    for each in letter.enclosures:
        # as bytes: a mail program changes the line ends of a text
        message.attach(each.name, each.content, "application/octet-stream")
    connection = get_connection(timeout=LONGEST_WAIT)
    try:
        connection.open()
    except OSError as error:
        raise MailServerAway(f"No mail server: {type(error).__name__}.") from error
    try:
        connection.send_messages([message])
    except _REFUSALS as error:
        raise MailRefused(f"The mail server refused: {_answer(error)}") from error
    finally:
        with contextlib.suppress(OSError):
            connection.close()


def _answer(error: OSError) -> str:
    """Return what the server said, without the addresses in it."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    return type(error).__name__
