"""Say in words how far a record is anchored outside."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Project, RecordCheck
from governance.services.anchoring import AnchorAge, anchor_age
from governance.services.freezing import newest_check, reason_of

HOUR, DAY = 3600, 86400


@dataclass(frozen=True, slots=True)
class AnchorWords:
    """The sentence, and whether it calls for somebody."""

    sentence: str
    is_late: bool


def anchor_words(age: AnchorAge, *, at: datetime) -> AnchorWords:
    """Return how far and since when a record is anchored; never is late too."""
    return AnchorWords(_sentence(age, at), age.is_late(at))


@dataclass(frozen=True, slots=True)
class RecordStanding:
    """Whether a record verified when it was looked at last, and how far it is anchored."""

    check: str
    is_sound: bool
    is_unsound: bool
    anchor: AnchorWords


def standing_of(project: Project, *, at: datetime) -> RecordStanding:
    """Return how a record stands; one that nobody looked at is neither sound nor unsound."""
    check = newest_check(project)
    return RecordStanding(
        check=_check_words(check, at),
        is_sound=check is not None and check.is_sound,
        is_unsound=check is not None and not check.is_sound,
        anchor=anchor_words(anchor_age(project), at=at),
    )


def _check_words(check: RecordCheck | None, at: datetime) -> str:
    if check is None:
        return _("Not verified yet.")
    told = {"ago": _ago(int((at - check.checked_at).total_seconds())), "size": str(check.size)}
    if check.is_sound:
        return _("Verified %(ago)s: all %(size)s entries hold.") % told
    told["why"] = reason_of(check.reason)
    return _("Verified %(ago)s: it does not hold, and the gates are frozen. %(why)s") % told


def _sentence(age: AnchorAge, at: datetime) -> str:
    if age.anchored_at is None:
        return _("Never anchored outside: no checkpoint of this record has left the house yet.")
    told = {"ago": _ago(int((at - age.anchored_at).total_seconds()))}
    told |= {"until": str(age.until), "size": str(age.size), "stamped": str(age.stamped)}
    if age.stamped:
        return (
            _(
                "Anchored outside %(ago)s, up to entry %(until)s of %(size)s;"
                " time-stamped by an authority up to entry %(stamped)s."
            )
            % told
        )
    return _("Anchored outside %(ago)s, up to entry %(until)s of %(size)s.") % told


def _ago(seconds: int) -> str:
    if seconds < HOUR:
        return _("less than an hour ago")
    if seconds < 2 * DAY:
        hours = seconds // HOUR
        words = ngettext("%(number)s hour ago", "%(number)s hours ago", hours)
        return words % {"number": hours}
    days = seconds // DAY
    return ngettext("%(number)s day ago", "%(number)s days ago", days) % {"number": days}
