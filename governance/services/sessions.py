"""End sessions: whoever holds an old one is asked to sign in again."""

from governance.models import SignedInSession, User


def end_sessions_of(*, user: User, but: str = "") -> int:
    """End every session of an account and return how many; `but` is a key that may stay."""
    ended, _ = SignedInSession.objects.of_user(user).exclude(pk=but).delete()
    return ended
