"""Read notices, and mail the urgent ones: each at most once, none lost.

A notice is taken for sending before its mail leaves. A server that refuses gives it back, and
the next sweep tries again. A mail whose fate nobody knows (a worker or the connection died
while it left) is never sent again: what it told goes into the next mail of the day.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.db.models import F

from governance.choices import MailState
from governance.models import Notice, Project, User
from governance.querysets import NoticeQuerySet
from governance.services.post import Letter, MailRefused, MailServerAway, send_letter

LONGEST_SENDING = timedelta(minutes=30)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
TRIED_FOR = timedelta(days=14)
AT_ONCE = 200
LONGEST_ERROR = 300
TAKEN = "TAKEN"

Compose = Callable[[Notice], Letter]
logger = logging.getLogger(__name__)


def read_notices(notices: NoticeQuerySet, *, read_at: datetime) -> int:
    """Keep that an account has read these notices of its own; return how many were new to it."""
    return notices.filter(read_at=None).update(read_at=read_at)


def post_urgent(*, now: datetime, compose: Compose) -> Counter[str]:
    """Mail the urgent notices that wait; return state -> how many came to it.

    It stops for now when the mail server cannot be reached.
    """
    tally = give_up_lost(now=now)
    waiting = Notice.objects.to_mail_at_once(now).select_related("account__organisation", "project")
    for notice in waiting.order_by("try_at", "pk")[:AT_ONCE]:
        try:
            tally[_post(notice, now=now, compose=compose)] += 1
        except MailServerAway as away:
            _give_back(notice, now=now, error=str(away), pause=timedelta())
            logger.warning("no mail server; %s notices wait", waiting.count())
            break
    return +tally


def give_up_lost(*, now: datetime) -> Counter[str]:
    """End what was taken and came to no end, and what has waited for too long."""
    lost = Notice.objects.taken_before(now - LONGEST_SENDING).update(
        mail_state=MailState.UNKNOWN, ended_at=now, error="Whoever sent it stopped on the way."
    )
    old = Notice.objects.left_lying(now - TRIED_FOR).update(
        mail_state=MailState.TOO_OLD, ended_at=now
    )
    return Counter({MailState.UNKNOWN.value: lost, MailState.TOO_OLD.value: old})


def take_for_digest(ids: Collection[int], *, now: datetime) -> None:
    """Take the notices that a mail of the day tells."""
    found = Notice.objects.filter(pk__in=ids).not_known()
    found.update(mail_state=MailState.SENDING, attempts=F("attempts") + 1, taken_at=now)


def end_with_digest(ids: Collection[int], *, state: MailState, now: datetime) -> None:
    """Write what became of the notices that a mail of the day told."""
    ended_at = None if state == MailState.WAITING else now
    found = Notice.objects.filter(pk__in=ids).being_sent()
    if state == MailState.WAITING:
        # an urgent one came here because its own mail was lost: it waits for the next digest
        found.filter(is_urgent=True).update(mail_state=MailState.UNKNOWN, ended_at=now)
    found.update(mail_state=state, ended_at=ended_at)


def reaches(account: User, *, project_id: int, organisation_id: int) -> bool:
    """Say whether an account still reaches a project; a partner's, acting for that client."""
    before, account.acting_for_id = account.acting_for_id, organisation_id
    try:
        return Project.objects.visible_to(account).filter(pk=project_id).exists()
    finally:
        account.acting_for_id = before


def _post(notice: Notice, *, now: datetime, compose: Compose) -> str:
    place = {"project_id": notice.project_id, "organisation_id": notice.organisation_id}
    if notice.read_at:
        return _end(notice, MailState.SETTLED, now=now)
    if not reaches(notice.account, **place):
        return _end(notice, MailState.NOT_WANTED, now=now)
    try:
        letter = compose(notice)
    except Exception:
        logger.exception("notice %s cannot be written", notice.pk)
        return _give_back(notice, now=now, error="It could not be written; the log says why.")
    taken = _held(notice).update(
        mail_state=MailState.SENDING, attempts=F("attempts") + 1, taken_at=now
    )
    if not taken:
        return TAKEN
    notice.mail_state = MailState.SENDING
    return _send(notice, letter, now=now)


def _send(notice: Notice, letter: Letter, *, now: datetime) -> str:
    try:
        send_letter(letter)
    except MailServerAway:
        raise
    except MailRefused as refusal:
        return _give_back(notice, now=now, error=str(refusal))
    except OSError as error:
        sentence = f"The connection ended while the mail left ({type(error).__name__})."
        return _end(notice, MailState.UNKNOWN, now=now, error=sentence)
    return _end(notice, MailState.SENT, now=now)


def _end(notice: Notice, state: MailState, *, now: datetime, error: str = "") -> str:
    """Write how a mail ended, unless somebody else has moved it meanwhile."""
    moved = _held(notice).update(mail_state=state, ended_at=now, error=error)
    return state if moved else TAKEN


def _give_back(notice: Notice, *, now: datetime, error: str, pause: timedelta | None = None) -> str:
    """Let a notice wait for another try, unless somebody else has moved it meanwhile."""
    if pause is None:
        pause = min(FIRST_PAUSE * 2 ** min(notice.attempts, 9), LONGEST_PAUSE)
    moved = _held(notice).update(
        mail_state=MailState.WAITING, try_at=now + pause, error=error[:LONGEST_ERROR]
    )
    return MailState.WAITING if moved else TAKEN


def _held(notice: Notice) -> NoticeQuerySet:
    """Return the row as long as it is in the state this caller left it in."""
    return Notice.objects.filter(pk=notice.pk, mail_state=notice.mail_state)
