"""What waits for one person, over every project the person takes part in, oldest first.

`at` is the moment of looking; days are counted in each project's own zone.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import User
from readiness.pages.words import number_text
from readiness.pages.work.desk import Desk, Kind, WorkItem, desk_of
from readiness.pages.work.governing import (
    ASSUMPTION,
    DECISION,
    FIGURE,
    RISK,
    SIGNOFF,
    assumptions_waiting,
    decisions_waiting,
    figures_waiting,
    requests_waiting,
    signatures_waiting,
)
from readiness.pages.work.learning import COURSE, TEST, courses_waiting, scenarios_waiting
from readiness.pages.work.meetings import MINUTES, minutes_waiting
from readiness.pages.work.participation import PEOPLE, people_waiting
from readiness.pages.work.told import KINDS_TOLD, told_waiting

__all__ = ["KINDS", "Desk", "Kind", "KindCount", "MyWork", "WorkItem", "my_work"]

KINDS = (
    SIGNOFF,
    DECISION,
    ASSUMPTION,
    RISK,
    FIGURE,
    COURSE,
    TEST,
    PEOPLE,
    MINUTES,
    *KINDS_TOLD.values(),
)


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many things of one kind wait."""

    kind: Kind
    number: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MyWork:
    """Everything that waits for the reader, the oldest first; `items` may be of one kind only."""

    items: list[WorkItem]
    answer: str
    kinds: list[KindCount]


def my_work(user: User, *, at: datetime, only: str = "") -> MyWork:
    """Return what waits for an account; `only` names the code of one kind to keep."""
    desk = desk_of(user, at=at)
    items = [
        *signatures_waiting(desk),
        *decisions_waiting(desk),
        *assumptions_waiting(desk),
        *requests_waiting(desk),
        *figures_waiting(desk),
        *courses_waiting(desk),
        *scenarios_waiting(desk),
        *people_waiting(desk),
        *minutes_waiting(desk),
        *told_waiting(desk),
    ]
    items.sort(key=lambda item: (item.since, item.text))
    if not items:
        return MyWork([], _("Nothing waits for you."), [])
    waits = ngettext(
        "%(number)s thing waits for you, the oldest for %(age)s.",
        "%(number)s things wait for you, the oldest for %(age)s.",
        len(items),
    )
    answer = waits % {"number": number_text(len(items)), "age": items[0].age}
    counts = Counter(item.kind for item in items)
    kinds = [KindCount(kind, number, kind.code == only) for kind, number in counts.most_common()]
    if any(each.is_chosen for each in kinds):
        items = [item for item in items if item.kind.code == only]
    return MyWork(items, answer, kinds)
