"""Every upgrade an account may see, in few columns: enough to count, to search and to sort."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import EXECUTIVE_ROLES, Phase
from governance.models import Participation, User
from readiness.choices import Verdict
from readiness.models import Acceptance, AcceptanceRequest
from readiness.querysets import JudgedLine, judged_at, judged_lines

SOON_DAYS = 28
"""A no-go this near to its date asks for a decision about the date."""
WEEK_DAYS = 7
DATE, RISKS = "governance:go-live-show", "readiness:risk-list"
"""Where an executive does what an upgrade asks."""
_RANKS = {Verdict.NO_GO: 0, "": 1, Verdict.CONDITIONAL: 2, Verdict.NOT_OPEN: 3, Verdict.GO: 4}
_FAR = date.max
Keys = Collection[int] | QuerySet[Any, Any]
"""Projects by their keys: a few, or a question that finds many without sending them."""


class Line(NamedTuple):
    """One project as its row says."""

    pk: int
    name: str
    slug: str
    client: str
    phase: str
    go_live_date: date | None
    mark_version: int | None
    snapshot_id: int | None


@dataclass(frozen=True, slots=True)
class Upgrade:
    """One upgrade with its newest judgement and what it asks of an executive now."""

    line: Line
    judged: JudgedLine | None
    waiting: int
    ending: int

    @property
    def verdict(self) -> str:
        """Return the verdict; nothing before the first judgement."""
        return self.judged.verdict if self.judged else ""

    @property
    def is_closed(self) -> bool:
        """Say whether the upgrade is over."""
        return self.line.phase == Phase.CLOSED

    @property
    def days_left(self) -> int | None:
        """Return the days from the judged day to the date that was judged."""
        if self.judged is None or self.judged.go_live_date is None:
            return None
        return (self.judged.go_live_date - self.judged.local_date).days

    @property
    def is_pressed(self) -> bool:
        """Say whether it stands at no-go with its date near, or behind it."""
        return is_pressed(self.verdict, days_left=self.days_left)

    @property
    def needs_executive(self) -> bool:
        """Say whether an executive has something to do in it this week."""
        return not self.is_closed and bool(self.waiting or self.ending or self.is_pressed)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Return in words what it asks of an executive, each with the page where it is done."""
        if not self.needs_executive:
            return []
        asked = ((self._pressed(), DATE), (self._waiting(), RISKS), (self._ending(), RISKS))
        return [(words, page) for words, page in asked if words]

    def fits(self, words: Collection[str]) -> bool:
        """Say whether each of these words, in lower case, stands in its name or client."""
        text = f"{self.line.name}\n{self.line.slug}\n{self.line.client}".lower()
        return all(word in text for word in words)

    def _pressed(self) -> str:
        days = self.days_left
        if not self.is_pressed or days is None:
            return ""
        if days < 0:
            return _("No-go, and the date has passed: decide what happens now")
        words = ngettext(
            "No-go %(days)s day before go-live: decide about the date",
            "No-go %(days)s days before go-live: decide about the date",
            days,
        )
        return words % {"days": days}

    def _waiting(self) -> str:
        words = ngettext(
            "%(number)s risk waits for an executive's answer",
            "%(number)s risks wait for an executive's answer",
            self.waiting,
        )
        return words % {"number": self.waiting} if self.waiting else ""

    def _ending(self) -> str:
        words = ngettext(
            "%(number)s accepted risk ends within a week",
            "%(number)s accepted risks end within a week",
            self.ending,
        )
        return words % {"number": self.ending} if self.ending else ""


def upgrades_of(projects: "QuerySet[Any]", *, as_of: datetime) -> list[Upgrade]:
    """Return these projects as they stood at a moment, first what needs an executive."""
    lines = [
        Line._make(row)
        for row in judged_at(projects, as_of=as_of).values_list(
            "pk",
            "name",
            "slug",
            "organisation__name",
            "phase",
            "go_live_date",
            "mark__version",
            "newest_snapshot_id",
        )
    ]
    judged = judged_lines([line.snapshot_id for line in lines if line.snapshot_id])
    keys = projects.values("pk")
    waiting, ending = requests_waiting(keys, as_of=as_of), acceptances_ending(keys, as_of=as_of)
    found = [
        Upgrade(
            line, judged.get(line.snapshot_id or 0), waiting.get(line.pk, 0), ending.get(line.pk, 0)
        )
        for line in lines
    ]
    return sorted(found, key=_urgency)


def is_pressed(verdict: str, *, days_left: int | None) -> bool:
    """Say whether a no-go stands near its date, or past it."""
    return verdict == Verdict.NO_GO and days_left is not None and days_left <= SOON_DAYS


def is_executive(user: User) -> bool:
    """Say whether an account is sponsor or steering of any client project now."""
    held = Participation.objects.filter(user=user, ended_at__isnull=True, role__in=EXECUTIVE_ROLES)
    return not user.is_partner and held.exists()


def _urgency(upgrade: Upgrade) -> tuple[Any, ...]:
    """Order by what needs an executive, then the worst verdict, then the nearest date."""
    line = upgrade.line
    return (
        upgrade.is_closed,
        not upgrade.needs_executive,
        _RANKS[upgrade.verdict],
        line.go_live_date or _FAR,
        line.name,
        line.pk,
    )


def requests_waiting(projects: Keys, *, as_of: datetime) -> dict[int, int]:
    """Return project -> how many requests to accept a risk nobody has answered."""
    asked = AcceptanceRequest.objects.filter(project__in=projects).known_at(as_of)
    found: defaultdict[int, int] = defaultdict(int)
    for project_id in asked.waiting().values_list("project_id", flat=True):
        found[project_id] += 1
    return found


def acceptances_ending(projects: Keys, *, as_of: datetime) -> dict[int, int]:
    """Return project -> how many criteria lose their last acceptance within a week."""
    held = Acceptance.objects.filter(project__in=projects).known_at(as_of)
    running = held.filter(expires_at__gt=as_of, withdrawal__isnull=True)
    last: dict[tuple[int, str], datetime] = {}
    for project_id, key, expires_at in running.values_list(
        "project_id", "criterion_key", "expires_at"
    ):
        last[project_id, key] = max(expires_at, last.get((project_id, key), expires_at))
    found: defaultdict[int, int] = defaultdict(int)
    for (project_id, _key), expires_at in last.items():
        found[project_id] += expires_at <= as_of + timedelta(days=WEEK_DAYS)
    return found
