"""Say in words how far a record is anchored outside."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.services.anchoring import AnchorAge

HOUR, DAY = 3600, 86400


@dataclass(frozen=True, slots=True)
class AnchorWords:
    """The sentence, and whether it calls for somebody."""

    sentence: str
    is_late: bool


def anchor_words(age: AnchorAge, *, at: datetime) -> AnchorWords:
    """Return how far and since when a record is anchored; never is late too."""
    return AnchorWords(_sentence(age, at), age.is_late(at))


def _sentence(age: AnchorAge, at: datetime) -> str:
    if age.anchored_at is None:
        return _("Never anchored outside: no checkpoint of this record has left the house yet.")
    told = {"ago": _ago(int((at - age.anchored_at).total_seconds()))}
    told |= {"until": str(age.until), "size": str(age.size)}
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
