"""Write down what stands on page one until somebody says why it no longer holds."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from governance.models import Caveat, Project, User
from governance.outbox import settle
from governance.permissions import may_report_status, seat_of
from governance.record.witnessing import witness
from governance.services.caveats import CaveatRefused, CaveatSource, write_caveat
from governance.services.marks import mark_projects
from readiness.models import CaveatReading, CaveatResolution


def open_caveats(*, project_ids: Collection[int], as_of: datetime) -> QuerySet[Caveat]:
    """Return the caveats that stood at a moment, the newest first."""
    ended = CaveatResolution.objects.known_at(as_of).filter(project_id__in=project_ids)
    written = Caveat.objects.filter(
        project_id__in=project_ids, written_at__lte=as_of, recorded_at__lte=as_of
    )
    return ended.standing_of(written).order_by("-written_at", "-pk")


def standing_with_readers(
    *, project_ids: Collection[int], as_of: datetime, most: int
) -> dict[int, list[dict[str, Any]]]:
    """Return project -> its newest standing caveats as a judgement keeps them: two queries.

    Each is {id, text, by, at, source, opened_by: [names, the first to open it first]}.
    """
    newest: defaultdict[int, list[Caveat]] = defaultdict(list)
    rows = open_caveats(project_ids=project_ids, as_of=as_of).select_related("written_by")
    for row in rows:
        if len(newest[row.project_id]) < most:
            newest[row.project_id].append(row)
    readers: defaultdict[int, list[str]] = defaultdict(list)
    shown = [row.pk for kept in newest.values() for row in kept]
    opened = CaveatReading.objects.filter(
        caveat__in=shown, opened_at__lte=as_of, recorded_at__lte=as_of
    )
    named = opened.order_by("opened_at", "pk").values_list("caveat_id", "account__name")
    for caveat_id, name in named if shown else ():
        readers[caveat_id].append(name)
    return {
        project_id: [
            {
                "id": str(row.public_id),
                "text": row.text,
                "by": row.written_by.name,
                "at": row.written_at,
                "source": row.source_title,
                "opened_by": readers[row.pk],
            }
            for row in kept
        ]
        for project_id, kept in newest.items()
    }


@transaction.atomic
def add_caveat(
    *,
    project: Project,
    text: str,
    writer: User,
    written_at: datetime,
    source: CaveatSource | None = None,
) -> Caveat:
    """Write a caveat by hand, or beside a status.

    :raises CaveatRefused: empty, too long, open already, or not the writer's to write.
    """
    _check_right(project, writer)
    same = Caveat.objects.filter(project=project, text=text.strip())
    if CaveatResolution.objects.standing_of(same).exists():
        raise CaveatRefused("text", _("This very caveat stands on page one already."))
    return write_caveat(
        project=project, text=text, writer=writer, written_at=written_at, source=source
    )


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
    settle(
        project=caveat.project, noun="caveat", subject_id=caveat.public_id, settled_at=resolved_at
    )
    mark_projects(project_ids=[caveat.project_id])
    witness(row, actor=resolver)
    return row


@transaction.atomic
def open_caveat(caveat: Caveat, *, account: User, opened_at: datetime) -> CaveatReading:
    """Keep that somebody opened a caveat, the first time it was; what it was told for is read.

    Source: mission row F7.
    """
    Caveat.objects.select_for_update().get(pk=caveat.pk)
    row, is_new = CaveatReading.objects.get_or_create(
        caveat=caveat,
        account=account,
        defaults={
            "organisation_id": caveat.organisation_id,
            "project_id": caveat.project_id,
            "opened_at": opened_at,
        },
    )
    if is_new:
        mark_projects(project_ids=[caveat.project_id])
        witness(row, actor=account)
    return row


def _check_right(project: Project, user: User) -> None:
    if not may_report_status(seat_of(user, project=project)):
        raise CaveatRefused("", _("The project manager, the sponsor or the steering does this."))
