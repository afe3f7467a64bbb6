"""Write down what stands on page one until somebody says why it no longer holds."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from governance.models import Caveat, Project, User
from governance.permissions import may_report_status, seat_of
from governance.record.witnessing import witness
from governance.services.caveats import CaveatRefused, write_caveat
from governance.services.marks import mark_projects
from readiness.models import CaveatResolution


def open_caveats(*, project_ids: Collection[int], as_of: datetime) -> QuerySet[Caveat]:
    """Return the caveats that stood at a moment, the newest first."""
    ended = CaveatResolution.objects.known_at(as_of).filter(project_id__in=project_ids)
    written = Caveat.objects.filter(
        project_id__in=project_ids, written_at__lte=as_of, recorded_at__lte=as_of
    )
    return ended.standing_of(written).order_by("-written_at", "-pk")


@transaction.atomic
def add_caveat(*, project: Project, text: str, writer: User, written_at: datetime) -> Caveat:
    """Write a caveat that is no other row's note.

    :raises CaveatRefused: empty, too long, open already, or not the writer's to write.
    """
    _check_right(project, writer)
    same = Caveat.objects.filter(project=project, text=text.strip())
    if CaveatResolution.objects.standing_of(same).exists():
        raise CaveatRefused("text", _("This very caveat stands on page one already."))
    return write_caveat(project=project, text=text, writer=writer, written_at=written_at)


@transaction.atomic
def resolve_caveat(
    *, caveat: Caveat, reason: str, resolver: User, resolved_at: datetime
) -> CaveatResolution:
    """End a caveat with the reason; it leaves page one and stays on record.

    :raises CaveatRefused: no reason, resolved before, or not the resolver's to resolve.
    """
    _check_right(caveat.project, resolver)
    if not reason.strip():
        raise CaveatRefused("reason", _("Say what became of it, in a sentence."))
    Caveat.objects.select_for_update().get(pk=caveat.pk)
    if CaveatResolution.objects.filter(caveat=caveat).exists():
        raise CaveatRefused("reason", _("This caveat was resolved before."))
    row = CaveatResolution.objects.create(
        organisation_id=caveat.organisation_id,
        project_id=caveat.project_id,
        caveat=caveat,
        reason=reason.strip(),
        resolved_by=resolver,
        resolved_at=resolved_at,
    )
    mark_projects(project_ids=[caveat.project_id])
    witness(row, actor=resolver)
    return row


def _check_right(project: Project, user: User) -> None:
    if not may_report_status(seat_of(user, project=project)):
        raise CaveatRefused("", _("The project manager, the sponsor or the steering does this."))
