"""Have the checkpoints of the night dated by a time-stamp authority, where one is set."""

import base64
import secrets
import socket
from collections.abc import Iterable
from datetime import datetime
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.db import transaction

from governance.choices import AnchorKind
from governance.models import Anchor, Checkpoint, Job, RecordHead
from governance.outbox import write_job
from governance.record.time_stamps import StampRefused, check_answer, question_over, request_of
from governance.services.identity_wire import OK, ProviderFailed, as_it_is, body_of
from governance.services.jobs import JobFailed, JobRefused

WAIT_SECONDS = 10
LARGEST_ANSWER = 64 * 1024
LONGEST_NAME = 200
NONCE_BITS = 64
HTTPS_PORT = 443
HEADERS = {
    "Accept": "application/timestamp-reply",
    "Accept-Encoding": "identity",
    "Content-Type": "application/timestamp-query",
}


class TimeStampFailed(JobFailed):
    """Say why there is no time stamp this time; it can be tried again."""


def ask_for_time_stamps(checkpoints: Iterable[Checkpoint]) -> list[Job]:
    """Write down that checkpoints are to be stamped: one job each, none without an authority."""
    if not settings.TSA_URL:
        return []
    return [
        write_job(
            kind="time-stamp",
            key=f"time-stamp:{checkpoint.public_id}",
            payload={"checkpoint": str(checkpoint.public_id)},
        )
        for checkpoint in checkpoints
    ]


def run_time_stamp(job: Job, *, moment: datetime) -> None:
    """Have the checkpoint of a job stamped and keep the answer; done twice, kept once.

    :raises JobRefused: no authority is set any more.
    :raises TimeStampFailed: it did not answer as it should.
    """
    checkpoint = Checkpoint.objects.get(public_id=job.payload["checkpoint"])
    if _is_stamped(checkpoint):
        return
    if not settings.TSA_URL:
        raise JobRefused("No time-stamp authority is set (TSA_URL).")
    _keep(checkpoint, stamp_over(checkpoint.note.encode()))


def stamp_over(content: bytes) -> bytes:
    """Return the authority's answer over some bytes once it was held against the question.

    :raises TimeStampFailed: it did not answer, or answered something else.
    """
    question = question_over(content, nonce=secrets.randbits(NONCE_BITS))
    answer = _ask(settings.TSA_URL, request_of(question))
    try:
        check_answer(answer, question=question)
    except StampRefused as refusal:
        raise TimeStampFailed(str(refusal)) from refusal
    return answer


def _is_stamped(checkpoint: Checkpoint) -> bool:
    return Anchor.objects.filter(checkpoint=checkpoint, kind=AnchorKind.TIMESTAMP).exists()


@transaction.atomic
def _keep(checkpoint: Checkpoint, answer: bytes) -> None:
    RecordHead.objects.select_for_update().get(project=checkpoint.project_id)
    if _is_stamped(checkpoint):
        return
    Anchor.objects.create(
        organisation_id=checkpoint.organisation_id,
        project_id=checkpoint.project_id,
        checkpoint=checkpoint,
        kind=AnchorKind.TIMESTAMP,
        authority=str(urlsplit(settings.TSA_URL).hostname)[:LONGEST_NAME],
        token=base64.b64encode(answer).decode(),
    )


def _ask(url: str, question: bytes) -> bytes:
    """Post a question and return the answer: bounded in time and size, never redirected."""
    _refuse_inside(url)
    try:
        with (
            requests.Session() as session,
            session.post(
                url,
                data=question,
                auth=as_it_is,
                headers=HEADERS,
                timeout=WAIT_SECONDS,
                allow_redirects=False,
                stream=True,
            ) as answer,
        ):
            if answer.status_code != OK:
                raise TimeStampFailed(f"{url} answered {answer.status_code} instead of a stamp.")
            return body_of(answer, most=LARGEST_ANSWER)
    except ProviderFailed as failure:
        raise TimeStampFailed(f"{failure}.") from failure
    except requests.RequestException as error:
        kind = type(error).__name__
        raise TimeStampFailed(f"{url} could not be asked for a time stamp: {kind}.") from error


def _refuse_inside(url: str) -> None:
    """Keep to https and to addresses of the internet, except on a developer's own machine."""
    if settings.DEBUG:
        return
    place = urlsplit(url)
    if place.scheme != "https" or not place.hostname:
        raise TimeStampFailed("A time-stamp authority is asked over https alone (TSA_URL).")
    try:
        found = socket.getaddrinfo(
            place.hostname, place.port or HTTPS_PORT, type=socket.SOCK_STREAM
        )
    except (OSError, UnicodeError) as error:
        raise TimeStampFailed(f"Nobody knows where {place.hostname} is.") from error
    if not all(_is_outside(str(end[4][0])) for end in found):
        raise TimeStampFailed(f"{place.hostname} is an address inside, not on the internet.")


def _is_outside(text: str) -> bool:
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address.is_global and not address.is_multicast
