"""Remember how far an account has read a project, so that it can be told what changed since."""

from datetime import datetime, timedelta

from django.db import transaction

from governance.models import Project, User
from readiness.models import Snapshot, Visit

VISIT_GAP = timedelta(minutes=30)
"""Who comes back within this time is still on the same visit."""


@transaction.atomic
def note_visit(
    *, user: User, project: Project, shown: Snapshot, at: datetime, all_read: bool = False
) -> Visit:
    """Write that an account was shown a judgement; an older one never takes its place.

    After a gap a new visit begins, and what had been seen before becomes what is compared
    with. `all_read` begins one at once: whatever is shown now is known.
    """
    first = {
        "organisation_id": project.organisation_id,
        "seen": shown,
        "seen_at": at,
    }
    visit, is_new = Visit.objects.select_for_update().get_or_create(
        user=user, project=project, defaults=first
    )
    if not is_new and at - visit.seen_at > VISIT_GAP:
        visit.since, visit.since_at = visit.seen, visit.seen_at
    if visit.seen is None or visit.seen.as_of <= shown.as_of:
        visit.seen = shown
    if all_read:
        visit.since, visit.since_at = visit.seen, at
    visit.seen_at = max(at, visit.seen_at)
    visit.save(update_fields=["seen", "seen_at", "since", "since_at"])
    return visit
