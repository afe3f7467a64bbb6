"""Who of those who vote opened which judgement and which caveat, by name."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import EXECUTIVE_ROLES
from governance.models import Caveat, Project, User
from governance.pages.places import place_of
from governance.pages.trail import Step, trail_of
from readiness.choices import Paper
from readiness.models import CaveatReading, Review
from readiness.querysets.reviews import READ_WITHIN
from readiness.services.caveats import open_caveats


@dataclass(frozen=True, slots=True)
class Opened:
    """A judgement that somebody opened, when and in which form."""

    judged_at: datetime
    opened_at: datetime
    paper: str


@dataclass(frozen=True, slots=True)
class CaveatMark:
    """A caveat and whether somebody opened it; `own` wrote it."""

    text: str
    href: str
    opened_at: datetime | None
    is_own: bool

    @property
    def is_known(self) -> bool:
        """Say whether nobody need open it any more."""
        return self.is_own or self.opened_at is not None


@dataclass(frozen=True, slots=True)
class ExecutiveRow:
    """One executive: what was opened this week, and every caveat that stands."""

    account_id: int
    name: str
    opened: list[Opened]
    caveats: list[CaveatMark]
    is_this_week: bool

    @property
    def unopened(self) -> list[CaveatMark]:
        """Return the caveats that are still to be opened."""
        return [each for each in self.caveats if not each.is_known]

    @property
    def caveats_to_open(self) -> list[str]:
        """Return the words of those."""
        return [each.text for each in self.unopened]

    @property
    def has_read(self) -> bool:
        """Say whether everything was opened that is voted on."""
        return self.is_this_week and not self.unopened


@dataclass(frozen=True, slots=True)
class ReviewList:
    """Every executive with what was opened."""

    rows: list[ExecutiveRow]
    answer: str
    trail: list[Step]


MOST_OPENED = 5


def review_list(project: Project, *, at: datetime) -> ReviewList:
    """Return who opened what before voting."""
    people = User.objects.holding(EXECUTIVE_ROLES, project=project).by_name()
    caveats = list(open_caveats(project_ids=[project.pk], as_of=at))
    readings = CaveatReading.objects.filter(project=project, caveat__in=caveats)
    seen = {
        (account, caveat): moment
        for account, caveat, moment in readings.values_list("account_id", "caveat_id", "opened_at")
    }
    opened = _opened(project, at=at)
    rows = [
        ExecutiveRow(
            account_id=person.pk,
            name=person.name,
            opened=opened.get(person.pk, [])[:MOST_OPENED],
            caveats=[_mark(each, person, project, seen) for each in caveats],
            is_this_week=any(
                each.judged_at > at - READ_WITHIN for each in opened.get(person.pk, [])
            ),
        )
        for person in people
    ]
    above = Step(_("Sponsor"), reverse("readiness:sponsor-show", args=[project.public_id]))
    return ReviewList(rows, _answer(rows), trail_of(project, above, _("Who read what")))


def _opened(project: Project, *, at: datetime) -> dict[int, list[Opened]]:
    found: dict[int, list[Opened]] = {}
    rows = Review.objects.filter(project=project, opened_at__lte=at)
    for row in rows.order_by("-judged_at", "-opened_at", "-pk"):
        opened = Opened(row.judged_at, row.opened_at, str(Paper(row.paper).label))
        found.setdefault(row.account_id, []).append(opened)
    return found


def _mark(
    caveat: Caveat, person: User, project: Project, seen: dict[tuple[int, int], datetime]
) -> CaveatMark:
    return CaveatMark(
        text=caveat.text,
        href=place_of(project, noun="caveat", subject_id=caveat.public_id),
        opened_at=seen.get((person.pk, caveat.pk)),
        is_own=caveat.written_by_id == person.pk,
    )


def _answer(rows: list[ExecutiveRow]) -> str:
    if not rows:
        return _("Nobody votes here yet: there is no sponsor and no steering member.")
    read = sum(row.has_read for row in rows)
    words = ngettext(
        "%(read)d of %(due)d executive opened this week's judgement and every caveat.",
        "%(read)d of %(due)d executives opened this week's judgement and every caveat.",
        len(rows),
    )
    return words % {"read": read, "due": len(rows)}
