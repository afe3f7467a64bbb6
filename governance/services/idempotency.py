"""Do a thing once for each key a sender gives it; a repeat gets the first answer again."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from governance.models import IdempotencyKey, User


class KeyReused(Exception):
    """Say that a key was used before, for something else."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: HTTP-like status, the text of the body, and whether it is a repeat."""

    status: int
    body: str
    is_repeat: bool = False


@transaction.atomic
def answer_once(*, user: User, key: str, request_hash: str, act: Callable[[], Answer]) -> Answer:
    """Act and keep the answer under the key, or return the answer kept.

    The key is taken before acting and in the same transaction, so that of two senders at
    once one acts and the other waits and repeats; where acting fails, nothing is kept.

    :raises KeyReused: the key belongs to a request with another content.
    """
    taken = _take(user=user, key=key, request_hash=request_hash)
    if taken is None:
        kept = IdempotencyKey.objects.get(user=user, key=key)
        if kept.request_hash != request_hash:
            raise KeyReused(f"The key {key} was used before, with another content.")
        return Answer(kept.status, kept.body, is_repeat=True)
    answer = act()
    taken.status, taken.body = answer.status, answer.body
    taken.save(update_fields=["status", "body"])
    return answer


def _take(*, user: User, key: str, request_hash: str) -> IdempotencyKey | None:
    if IdempotencyKey.objects.filter(user=user, key=key).exists():
        return None
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(
                user=user, key=key, request_hash=request_hash, status=0, body=""
            )
    except IntegrityError:
        return None
