"""Talk to an identity provider: bounded in time and size, on its own hosts, never redirected."""

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 3, 5, 10
LARGEST_ANSWER = 512 * 1024
LOCAL_HOSTS = {"127.0.0.1", "localhost"}
OK = 200


class ProviderFailed(Exception):
    """Say, for the operator's log, how an identity provider did not answer as it should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request to a provider: where, and what goes along."""

    url: str
    hosts: frozenset[str]
    method: str = "GET"
    form: dict[str, str] | None = None
    login: tuple[str, str] | None = None
    bearer: str = ""


def ask_for_object(ask: Ask) -> dict[str, Any]:
    """Return the JSON object that a provider answers with.

    :raises ProviderFailed: a foreign host, no answer in time, too much of it, a redirect, an
        error, or something else than an object.
    """
    refuse_foreign(ask.url, hosts=ask.hosts)
    headers = {"Accept": "application/json"}
    if ask.bearer:
        headers["Authorization"] = f"Bearer {ask.bearer}"
    try:
        with (
            requests.Session() as session,
            session.request(
                ask.method,
                ask.url,
                data=ask.form,
                auth=ask.login or as_it_is,
                headers=headers,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
                stream=True,
            ) as answer,
        ):
            if answer.status_code != OK:
                raise ProviderFailed(f"{ask.url} answered {answer.status_code}")
            content = json.loads(body_of(answer))
    except (requests.RequestException, ValueError, RecursionError) as error:
        raise ProviderFailed(f"{ask.url}: {type(error).__name__}") from error
    if not isinstance(content, dict):
        raise ProviderFailed(f"{ask.url} answered something else than an object")
    return content


def refuse_foreign(url: object, *, hosts: frozenset[str]) -> str:
    """Return an address once it is on one of the provider's own hosts and encrypted.

    :raises ProviderFailed: it is not.
    """
    try:
        place = urlsplit(url if isinstance(url, str) else "")
        local = place.scheme == "http" and place.hostname in LOCAL_HOSTS
        own = place.netloc in hosts and (place.scheme == "https" or local)
    except ValueError:
        own = False
    if not own or not isinstance(url, str):
        raise ProviderFailed(f"{url!r} is not on a host of this provider (OIDC_<NAME>_HOSTS)")
    return url


def as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keep a .netrc of the machine from adding a password of its own."""
    return request


def body_of(answer: requests.Response, *, most: int = LARGEST_ANSWER) -> bytes:
    """Read an answer up to a size and a time, however slowly it drips.

    :raises ProviderFailed: it is larger, takes longer, or breaks off.
    """
    body, end = bytearray(), time.monotonic() + WHOLE_SECONDS
    try:
        # read1 returns what has come; read would wait for a whole piece of drips
        while chunk := answer.raw.read1(16 * 1024, decode_content=True):
            body += chunk
            if len(body) > most or time.monotonic() > end:
                raise ProviderFailed(f"{answer.url} answered too much or too slowly")
    except HTTPError as error:
        raise ProviderFailed(f"{answer.url}: {type(error).__name__}") from error
    return bytes(body)
