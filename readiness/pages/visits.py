"""What changed for one account since it last looked at a project.

Reading a page changes nothing: the page sends what it showed back by a POST of its own
(`readiness.services.visits.note_visit`), so that prefetching and links in mails never
count as having looked.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from governance.models import Project, User
from readiness.models import Snapshot, Visit
from readiness.pages.history import Judged, findings_of
from readiness.pages.moves import Move, moves_between, naming_of
from readiness.pages.recorded import body_of
from readiness.pages.turns import status_words
from readiness.pages.words import ago_text, moment_text
from readiness.services.visits import VISIT_GAP


@dataclass(frozen=True, slots=True)
class SinceVisit:
    """What moved since the last visit; `is_quiet` when nothing did."""

    when: str
    ago: str
    before: str
    verdict: str
    words: str
    moves: tuple[Move, ...]

    @property
    def is_quiet(self) -> bool:
        """Say whether nothing changed."""
        return not (self.words or self.moves or self.before != self.verdict)


def since_visit(
    user: User, project: Project, *, shown: Snapshot, now: datetime, zone: tzinfo
) -> SinceVisit | None:
    """Return what changed since the account's last visit; None on its first."""
    visit = Visit.objects.filter(user=user, project=project).first()
    if visit is None:
        return None
    is_new = now - visit.seen_at > VISIT_GAP
    known_id, known_at = (
        (visit.seen_id, visit.seen_at) if is_new else (visit.since_id, visit.since_at)
    )
    if known_id is None or known_at is None:
        return None
    return _compared(known_id, shown, project=project, at=known_at, now=now, zone=zone)


def _compared(
    known_id: int, shown: Snapshot, *, project: Project, at: datetime, now: datetime, zone: tzinfo
) -> SinceVisit:
    when, ago = moment_text(at, zone=zone), ago_text(at, now=now)
    if known_id == shown.pk:
        return SinceVisit(when, ago, shown.verdict, shown.verdict, "", ())
    columns = Snapshot.objects.filter(pk__in=(known_id, shown.pk)).values_list(*Judged._fields)
    rows = {judged.pk: judged for judged in map(Judged._make, columns)}
    found = findings_of(rows)
    naming = naming_of(project, body_of(shown))
    moves = moves_between(found[known_id], found[shown.pk], naming=naming)
    return SinceVisit(
        when,
        ago,
        rows[known_id].verdict,
        shown.verdict,
        status_words(rows[known_id], rows[shown.pk]),
        tuple(moves),
    )
