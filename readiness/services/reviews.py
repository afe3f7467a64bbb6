"""Write down that an executive opened a judgement: on its page, or as the printed report."""

from datetime import datetime

from django.db import transaction

from governance.models import User
from governance.permissions import seat_of
from governance.record.witnessing import witness
from readiness.choices import Paper
from readiness.models import Review, Snapshot


@transaction.atomic
def note_review(
    *, snapshot: Snapshot, account: User, paper: Paper, opened_at: datetime
) -> Review | None:
    """Write the first time that an executive opened a judgement; of nobody else anything.

    It does not mark the project: who read is checked in the meeting and takes no part in a
    judgement, which would else be made anew by being read. Source: criterion GO-08.
    """
    if not seat_of(account, project=snapshot.project).is_executive:
        return None
    User.objects.select_for_update().get(pk=account.pk)
    known = Review.objects.filter(account=account, judgement=snapshot.public_id, paper=paper)
    if known.exists():
        return None
    row = Review.objects.create(
        organisation_id=snapshot.organisation_id,
        project=snapshot.project,
        account=account,
        judgement=snapshot.public_id,
        judged_at=snapshot.as_of,
        paper=paper,
        opened_at=opened_at,
    )
    witness(row, actor=account)
    return row
