"""Know who asks, in two small questions that are compiled once.

Every page begins with them: which session is this, and whose? They are the questions of
Django's own session store and of its own backend, with the same answers; only that they
are not compiled again for each request, which costs more than the database needs.
"""

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from governance.models import User
from governance.querysets.prepared import Prepared

_USER_FIELDS = [field.attname for field in User._meta.concrete_fields]
_sessions = Prepared(
    lambda session_key: Session.objects.filter(session_key=session_key).values_list(
        "session_data", "expire_date"
    ),
    session_key="the key of some session",
)
_users = Prepared(lambda pk: User.objects.filter(pk=pk).values_list(*_USER_FIELDS), pk=-1)


class SessionStore(db.SessionStore):
    """Keep sessions in the database, as Django does."""

    def _get_session_from_db(self) -> Session | None:
        """Return the running session of this key; without one the key is forgotten."""
        key = str(self.session_key)
        for data, expires_at in _sessions.rows(session_key=key):
            if expires_at > timezone.now():
                return Session(session_key=key, session_data=data, expire_date=expires_at)
        self._session_key = None
        return None


class AccountBackend(ModelBackend):
    """Know accounts by their password, as Django does."""

    def get_user(self, user_id: int) -> User | None:
        """Return an account that may still sign in."""
        for row in _users.rows(pk=user_id):
            user = User.from_db(connection.alias, _USER_FIELDS, row)
            return user if self.user_can_authenticate(user) else None
        return None
