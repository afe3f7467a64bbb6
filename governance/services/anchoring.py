"""Send checkpoints out of the house, and say how old the newest one outside is."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from governance.choices import AnchorKind, Role
from governance.models import (
    Anchor,
    Checkpoint,
    Job,
    Organisation,
    Participation,
    Project,
    RecordEntry,
    RecordHead,
    User,
)
from governance.outbox import write_job
from governance.record.checkpoints import checkpoint_of
from governance.record.keys import RecordKeyMissing
from governance.services.freezing import is_frozen
from governance.services.time_stamping import ask_for_time_stamps

LATE_AFTER = timedelta(hours=48)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnchorAge:
    """How far a record is anchored outside; `anchored_at` is None where it never was.

    `until` is how many entries the furthest anchor covers, of `size`; `stamped` how many the
    furthest time stamp of an authority does.
    """

    size: int
    until: int
    anchored_at: datetime | None
    stamped: int = 0

    def is_late(self, at: datetime) -> bool:
        """Say whether it was never anchored, or entries wait for longer than two days."""
        if self.anchored_at is None:
            return True
        return self.until < self.size and at - self.anchored_at > LATE_AFTER


def anchor_age(project: Project) -> AnchorAge:
    """Return how far and since when a record is anchored outside; receipts and stamps do."""
    return anchor_ages([project.pk])[project.pk]


def anchor_ages(project_ids: Iterable[int]) -> dict[int, AnchorAge]:
    """Return the same for many projects, in two questions."""
    ids = list(project_ids)
    sizes = dict(RecordHead.objects.filter(project__in=ids).values_list("project_id", "size"))
    found = {key: AnchorAge(sizes.get(key, 0), 0, None) for key in ids}
    anchors = Anchor.objects.of_projects(ids).furthest()
    for project_id, until, anchored_at, stamped in anchors:
        found[project_id] = AnchorAge(sizes.get(project_id, 0), until, anchored_at, stamped)
    return found


def local_midnight(project: Project, *, moment: datetime) -> datetime:
    """Return the start of the day in a project's own zone; UTC where nobody knows the zone."""
    try:
        zone = ZoneInfo(project.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return datetime.combine(moment.astimezone(zone).date(), time.min, tzinfo=zone)


def write_due_checkpoints(*, moment: datetime) -> list[Job]:
    """Write the mails of checkpoints that are due, one for each client and night; and their stamps.

    A log is due where an entry of an earlier day left the house with no checkpoint yet.
    """
    clients = Organisation.objects.filter(projects__record_head__isnull=False).distinct()
    return [job for client in clients.order_by("pk") for job in _write_jobs(client, moment)]


@transaction.atomic
def _write_jobs(client: Organisation, moment: datetime) -> list[Job]:
    projects = list(Project.objects.of_client(client.pk).order_by("pk"))
    day = local_midnight(projects[0], moment=moment).date()
    key = f"checkpoints:{client.public_id}:{day}"
    if Job.objects.filter(key=key).exists():
        return []
    due = [project for project in projects if _is_due(project, moment)]
    checkpoints = [made for project in due if (made := _checkpoint(project)) is not None]
    if not checkpoints:
        return []
    rows = [str(checkpoint.public_id) for checkpoint in checkpoints]
    payload = {"letter": "checkpoints", "client": str(client.public_id), "rows": rows}
    mail = write_job(kind="record-mail", key=key, payload=payload)
    return [mail, *ask_for_time_stamps(checkpoints)]


def _is_due(project: Project, moment: datetime) -> bool:
    mailed = Checkpoint.objects.filter(project=project, anchors__kind=AnchorKind.MAIL)
    covered = mailed.order_by("-size").values_list("size", flat=True).first() or 0
    before = local_midnight(project, moment=moment)
    return RecordEntry.objects.filter(project=project, seq__gte=covered, at__lt=before).exists()


def _checkpoint(project: Project) -> Checkpoint | None:
    """Return the checkpoint over a log as it is; none over one that does not verify."""
    if is_frozen(project):
        return None
    head = RecordHead.objects.select_for_update().get(project=project)
    try:
        return checkpoint_of(head)
    except RecordKeyMissing as missing:
        log.error("no checkpoint of project %s: %s", project.pk, missing)
        return None


def checkpoint_readers(client: Organisation) -> list[User]:
    """Return who gets a client's checkpoints: its administrators and its sponsors."""
    seats = Participation.objects.filter(
        organisation=client, role=Role.SPONSOR, ended_at__isnull=True
    )
    own = User.objects.open_accounts_of(client.pk)
    sponsors = own.filter(pk__in=seats.values("user_id"))
    return list((User.objects.administrators_of(client.pk) | sponsors).distinct().order_by("pk"))


def note_mailed(checkpoints: Iterable[Checkpoint]) -> None:
    """Write that checkpoints were mailed; one that was noted before is not noted again."""
    for checkpoint in checkpoints:
        if not Anchor.objects.filter(checkpoint=checkpoint, kind=AnchorKind.MAIL).exists():
            Anchor.objects.create(
                organisation_id=checkpoint.organisation_id,
                project_id=checkpoint.project_id,
                checkpoint=checkpoint,
                kind=AnchorKind.MAIL,
            )
