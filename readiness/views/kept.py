"""Answer a page from memory while nothing that it hangs on has moved.

A page is kept under a name made of everything it depends on: the account, the client it works
for, its language, the address, the minute, and a ground: a text from the database that
moves with every row behind the page. So nothing has to be thrown away when something
changes; the name is another one then. What each answer has of its own, the token against
forgery, is left out of what is kept and put in anew. The minute bounds what no ground can
know: words like "7 h ago", and a name that somebody corrected.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import get_language

from governance.api.shelf import Shelf
from governance.models import User

Page = Callable[..., HttpResponse]
Ground = Callable[..., str | None]

PAGES = 120
"""So many pages stay in the memory of a worker: some 20 MiB where the portfolio is long."""
OK = 200
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"')
_PLACE = b"\0token\0"
_shelf = Shelf(size=PAGES)


def kept_while(ground: Ground) -> Callable[[Page], Page]:
    """Keep what the view shows to a signed-in account until the ground moves.

    `ground` takes the account and the names of the address; it answers None where the
    account may not look, and the view then says so itself.
    """

    def keep(view: Page) -> Page:
        @wraps(view)
        def answered(request: HttpRequest, **names: Any) -> HttpResponse:
            name = _name_of(request, ground, names)
            if name is None:
                return view(request, **names)
            body = _shelf.get(name)
            if body is None:
                answer = view(request, **names)
                _keep(name, answer)
                return answer
            return HttpResponse(_with_token(request, body))

        return answered

    return keep


def kept_text(user: User, *, ground: str, make: Callable[[], str]) -> str:
    """Return a short text that hangs on the same ground as a page, made once a minute at most."""
    name = repr((user.public_id, user.works_for_id, _minute(), ground, make.__qualname__))
    text = _shelf.get(name)
    if text is None:
        text = make().encode()
        _shelf.put(name, text)
    return text.decode()


def _name_of(request: HttpRequest, ground: Ground, names: dict[str, Any]) -> str | None:
    """Return the name of a page; None where it is not one to keep."""
    user = request.user
    if request.method != "GET" or not user.is_authenticated or settings.DEBUG:
        return None
    told = None if get_messages(request) else ground(user, **names)
    if told is None:
        return None
    person = (user.public_id, user.works_for_id, user.email, user.name, user.is_administrator)
    return repr((person, get_language(), request.get_full_path(), _minute(), told))


def _minute() -> str:
    return f"{timezone.now():%Y-%m-%d %H:%M}"


def _keep(name: str, answer: HttpResponse) -> None:
    """Put a good page on the shelf, without its tokens."""
    if answer.status_code != OK or answer.streaming or answer.cookies:
        return
    body = answer.content
    for token in set(_TOKEN.findall(body)):
        body = body.replace(token, _PLACE)
    _shelf.put(name, body)


def _with_token(request: HttpRequest, body: bytes) -> bytes:
    return body.replace(_PLACE, get_token(request).encode()) if _PLACE in body else body
