"""Know who asks, in two small questions that are compiled once.

Every page begins with them: which session is this, and whose? They are the questions of
Django's own session store and of its own backend, with the same answers; only that they
are not compiled again for each request, which costs more than the database needs.
"""

import uuid
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from governance.models import SignedInSession, User
from governance.querysets.prepared import Prepared
from governance.services.sessions import end_of_session, note_use

ASKS_BY_ITSELF = ("-version", "-progress", "visit-note", "notice-seen")
"""How the names of addresses end that an open page asks by itself."""
LONGEST_AGENT = 200
_USER_FIELDS = [field.attname for field in User._meta.concrete_fields]
_SESSION_FIELDS = [field.attname for field in SignedInSession._meta.concrete_fields]
_sessions = Prepared(
    lambda session_key: SignedInSession.objects.filter(session_key=session_key).values_list(
        *_SESSION_FIELDS
    ),
    session_key="the key of some session",
)
_users = Prepared(lambda pk: User.objects.filter(pk=pk).values_list(*_USER_FIELDS), pk=-1)


class SessionStore(db.SessionStore):
    """Keep sessions in rows that their account can see and end.

    A row knows since when it is the account's; under a new key it stays the same session.
    """

    ran_out = ""
    """Why the session that was asked for no longer opens anything: IDLE, LONG or nothing."""
    is_use = True
    """Whether somebody is using it: an open page that asks for news by itself is nobody."""

    def __init__(self, session_key: str | None = None) -> None:
        """Begin without a row; the first look at the session reads it."""
        super().__init__(session_key)
        self._row = SignedInSession()
        self._address: str | None = None
        self._agent = ""

    @classmethod
    def get_model_class(cls) -> type[SignedInSession]:
        """Return what the rows are."""
        return SignedInSession

    def come_from(self, *, address: str | None, agent: str) -> None:
        """Say where the session is used now; written with the next change of it."""
        self._address, self._agent = address, agent

    def create(self) -> None:
        """Begin a row of its own, which nobody has seen under this name."""
        self._row.public_id = uuid.uuid4()
        super().create()

    def create_model_instance(self, data: dict[str, Any]) -> SignedInSession:
        """Return the row as it is to be: whose it is, since when, and when it ends."""
        now, before = timezone.now(), self._row
        account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        started_at = before.started_at if before.account_id == account_id else None
        seen_at = now if self.is_use else before.seen_at
        row = SignedInSession(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            public_id=before.public_id,
            account_id=account_id,
            started_at=started_at or now,
            seen_at=seen_at or now,
            address=self._address or before.address,
            agent=self._agent or before.agent,
        )
        row.expire_date = end_of_session(started_at=started_at or now, seen_at=seen_at or now)
        self._row = row
        return row

    def flush(self) -> None:
        """Forget everything, whose it was first of all."""
        super().flush()
        self._row = SignedInSession()

    def note_use(self) -> None:
        """Let the session last on, at most once a minute, while somebody uses it."""
        if self.session_key and self._row.account_id and self.is_use:
            note_use(session=self._row, used_at=timezone.now())

    def _get_session_from_db(self) -> SignedInSession | None:
        """Return the running session of this key; without one the key is forgotten."""
        for found in _sessions.rows(session_key=str(self.session_key)):
            row = SignedInSession.from_db(connection.alias, _SESSION_FIELDS, found)
            if row.expire_date > timezone.now():
                self._row = row
                return row
            self.ran_out = row.why_ended
        self._session_key = None
        return None


class Sessions(SessionMiddleware):
    """Hand each request its session, and write down that it was used."""

    def process_request(self, request: HttpRequest) -> None:
        """Begin with the session of the cookie, which is read when somebody asks."""
        super().process_request(request)
        agent = request.headers.get("User-Agent", "")[:LONGEST_AGENT]
        _session_of(request).come_from(address=request.META.get("REMOTE_ADDR") or None, agent=agent)

    def process_view(self, request: HttpRequest, view: Any, args: Any, names: Any) -> None:
        """Take a page that asks for news by itself for no use."""
        name = request.resolver_match.url_name if request.resolver_match else None
        _session_of(request).is_use = not str(name).endswith(ASKS_BY_ITSELF)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Write what changed; a key that ran out stays, so that the sign-in page can say why."""
        response = _led_to_sign_in(request, response)
        session = _session_of(request)
        if session.ran_out and session.is_empty():
            patch_vary_headers(response, ("Cookie",))
            return response
        answer = super().process_response(request, response)
        session.note_use()
        return answer


def _led_to_sign_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Lead a page that asks for news on to the sign-in, where its reader is signed out.

    Otherwise what it shows would stay on the screen, and nobody would know.
    """
    if "HX-Request" not in request.headers or not isinstance(response, HttpResponseRedirect):
        return response
    login = resolve_url(settings.LOGIN_URL)
    if not response.url.startswith(f"{login}?"):
        return response
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = shown._replace(scheme="", netloc="", fragment="").geturl() or "/"
    return HttpResponse(headers={"HX-Redirect": f"{login}?{urlencode({'next': back})}"})


def _session_of(request: HttpRequest) -> SessionStore:
    return cast(SessionStore, request.session)


class AccountBackend(ModelBackend):
    """Know accounts by their password, as Django does."""

    def get_user(self, user_id: int) -> User | None:
        """Return an account that may still sign in."""
        for row in _users.rows(pk=user_id):
            user = User.from_db(connection.alias, _USER_FIELDS, row)
            return user if self.user_can_authenticate(user) else None
        return None
