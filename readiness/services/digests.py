"""Write one digest per account and day, and send each at most once.

A mail server that refuses gives the row back, and the next sweep tries again. A mail whose
fate nobody knows (a worker or the connection died while it left) is never sent again: its
row says so, and the mail of the next day lists the same things anew.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import F, QuerySet

from governance.choices import MailState
from governance.models import User
from governance.services.notices import end_with_digest, take_for_digest
from governance.services.post import Letter, MailRefused, MailServerAway, send_letter
from readiness.choices import DigestState
from readiness.models import Digest, DigestChoice

NEWS_FOR = timedelta(days=1)
LONGEST_SENDING = timedelta(minutes=30)
FIRST_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=6)
AT_ONCE = 200
LONGEST_ERROR = 300
TAKEN = "TAKEN"
_SIGNER = Signer(salt="readiness.digest")

Compose = Callable[[User, datetime, date], Sequence[Letter]]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Slot:
    """The newest day and hour of an account's own zone at which a digest was due."""

    day: date
    moment: datetime


def zone_of(time_zone: str) -> ZoneInfo:
    """Return an account's zone; one that nobody knows counts as UTC."""
    try:
        return ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def slot_of(time_zone: str, *, now: datetime, hour: int | None = None) -> Slot:
    """Return the newest slot up to now in a zone; at the hour of the installation unless told."""
    zone = zone_of(time_zone)
    at = time(settings.DIGEST_HOUR if hour is None else hour)
    day = now.astimezone(zone).date()
    moment = datetime.combine(day, at, tzinfo=zone)
    if moment > now:
        day -= timedelta(days=1)
        moment = datetime.combine(day, at, tzinfo=zone)
    return Slot(day, moment)


def due_digests(*, now: datetime) -> list[Digest]:
    """Return the digests that are due now and not written yet, unsaved.

    Nobody gets one who is switched off, wants none, or came (or came back) after the hour.
    """
    choices = {choice.user_id: choice for choice in DigestChoice.objects.all()}
    slots: dict[tuple[str, int | None], Slot] = {}
    found = []
    for user in User.objects.filter(is_active=True).order_by("pk"):
        choice = choices.get(user.pk)
        hour = choice.hour if choice else None
        slot = slots.setdefault((user.time_zone, hour), slot_of(user.time_zone, now=now, hour=hour))
        is_wanted = choice is None or (choice.is_wanted and choice.changed_at <= slot.moment)
        if is_wanted and user.created_at <= slot.moment and now - slot.moment <= NEWS_FOR:
            found.append(
                Digest(user=user, due_date=slot.day, due_at=slot.moment, try_at=slot.moment)
            )
    oldest = min((digest.due_date for digest in found), default=now.date())
    rows = Digest.objects.filter(due_date__gte=oldest).values_list("user_id", "due_date")
    written = set(rows)
    return [digest for digest in found if (digest.user_id, digest.due_date) not in written]


def write_due_digests(*, now: datetime) -> int:
    """Write the rows of the digests that are due; whoever comes second writes none."""
    found = due_digests(now=now)
    Digest.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def post_digests(*, now: datetime, compose: Compose) -> Counter[str]:
    """Send the digests that wait; return state -> how many came to it.

    `compose` makes the mails: none when there is nothing to do, and one for each client that
    a partner's account works for. It stops for now when the mail server cannot be reached.
    """
    tally: Counter[str] = Counter()
    lost = Digest.objects.filter(state=DigestState.SENDING, taken_at__lt=now - LONGEST_SENDING)
    tally[DigestState.UNKNOWN] = lost.update(
        state=DigestState.UNKNOWN, ended_at=now, error="Whoever sent it stopped on the way."
    )
    waiting = Digest.objects.filter(state=DigestState.WAITING, try_at__lte=now)
    for digest in waiting.select_related("user__organisation").order_by("try_at", "pk")[:AT_ONCE]:
        try:
            tally[_post(digest, now=now, compose=compose)] += 1
        except MailServerAway as away:
            _give_back(digest, now=now, error=str(away), pause=timedelta())
            logger.warning("no mail server; %s digests wait", waiting.count())
            break
    return +tally


def _post(digest: Digest, *, now: datetime, compose: Compose) -> str:
    later = Digest.objects.filter(user=digest.user, due_date__gt=digest.due_date)
    if now - digest.due_at > NEWS_FOR or later.exists():
        return _end(digest, DigestState.TOO_OLD, now=now)
    if not digest.user.is_active or not wants_digest(digest.user):
        return _end(digest, DigestState.NOT_WANTED, now=now)
    try:
        letters = compose(digest.user, now, digest.due_date)
    except Exception:
        logger.exception("digest %s cannot be written", digest.pk)
        return _give_back(digest, now=now, error="It could not be written; the log says why.")
    if not letters:
        return _end(digest, DigestState.EMPTY, now=now)
    things = sum(letter.things for letter in letters)
    taken = _held(digest).update(
        state=DigestState.SENDING, attempts=F("attempts") + 1, taken_at=now, things=things
    )
    if not taken:
        return TAKEN
    digest.state = DigestState.SENDING
    take_for_digest(_told_in(letters), now=now)
    return _send(digest, letters, now=now)


def _send(digest: Digest, letters: Sequence[Letter], *, now: datetime) -> str:
    """Send the mails of one digest; once the first has left, none of them is tried again.

    What a mail told that did not leave, the mail of the next day tells.
    """
    for sent, letter in enumerate(letters):
        try:
            send_letter(letter)
        except (MailServerAway, MailRefused) as refusal:
            end_with_digest(_told_in(letters[sent:]), state=MailState.WAITING, now=now)
            if not sent and isinstance(refusal, MailServerAway):
                raise
            if not sent:
                return _give_back(digest, now=now, error=str(refusal))
            sentence = f"{sent} of {len(letters)} mails left; then: {refusal}"
            return _end(digest, DigestState.UNKNOWN, now=now, error=sentence[:LONGEST_ERROR])
        except OSError as error:
            end_with_digest(letter.tells, state=MailState.UNKNOWN, now=now)
            end_with_digest(_told_in(letters[sent:]), state=MailState.WAITING, now=now)
            sentence = f"The connection ended while the mail left ({type(error).__name__})."
            return _end(digest, DigestState.UNKNOWN, now=now, error=sentence)
        end_with_digest(letter.tells, state=MailState.SENT, now=now)
    return _end(digest, DigestState.SENT, now=now)


def _told_in(letters: Sequence[Letter]) -> list[int]:
    """Return the notices that some mails tell."""
    return [pk for letter in letters for pk in letter.tells]


def _end(digest: Digest, state: DigestState, *, now: datetime, error: str = "") -> str:
    """Write how a digest ended, unless somebody else has moved it meanwhile."""
    moved = _held(digest).update(state=state, ended_at=now, error=error)
    return state if moved else TAKEN


def _give_back(digest: Digest, *, now: datetime, error: str, pause: timedelta | None = None) -> str:
    """Let a digest wait for another try, unless somebody else has moved it meanwhile."""
    if pause is None:
        pause = min(FIRST_PAUSE * 2 ** min(digest.attempts, 8), LONGEST_PAUSE)
    moved = _held(digest).update(
        state=DigestState.WAITING, try_at=now + pause, error=error[:LONGEST_ERROR]
    )
    return DigestState.WAITING if moved else TAKEN


def _held(digest: Digest) -> "QuerySet[Digest]":
    """Return the row as long as it is in the state this caller left it in."""
    return Digest.objects.filter(pk=digest.pk, state=digest.state)


def wants_digest(user: User) -> bool:
    """Say whether an account wants the mail of the day; it does unless it said otherwise."""
    said = DigestChoice.objects.filter(user=user).values_list("is_wanted", flat=True).first()
    return said is not False


def choose_digest(
    *, user: User, is_wanted: bool, changed_at: datetime, hour: int | None = None
) -> DigestChoice:
    """Keep whether and when an account wants the mail of the day; said twice, it changes nothing.

    Without an hour the one chosen before stays.
    """
    choice, is_new = DigestChoice.objects.get_or_create(
        user=user, defaults={"is_wanted": is_wanted, "hour": hour, "changed_at": changed_at}
    )
    wanted = (is_wanted, choice.hour if hour is None else hour)
    if not is_new and (choice.is_wanted, choice.hour) != wanted:
        choice.is_wanted, choice.hour = wanted
        choice.changed_at = changed_at
        choice.save(update_fields=["is_wanted", "hour", "changed_at"])
    return choice


def stop_token(user: User) -> str:
    """Return the word in the link that ends the daily mail of one account."""
    return _SIGNER.sign(str(user.public_id))


def account_of(token: str) -> User | None:
    """Return whose daily mail a link ends; None when the link is not one of ours."""
    try:
        public_id = _SIGNER.unsign(token)
    except BadSignature:
        return None
    return User.objects.filter(public_id=public_id).first()
