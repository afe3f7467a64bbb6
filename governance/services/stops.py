"""Stop a gate by the power of the charter, and end that; ending another's stop overrules."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import NoticeKind, Power
from governance.models import GateStop, GateStopEnd, Overruling, Project, User
from governance.outbox import News, settle, tell
from governance.record.witnessing import witness
from governance.services.charters import grants
from governance.services.marks import mark_projects
from governance.services.seating import executives_of, holds_executive_seat


class StopRefused(Exception):
    """Say why a gate was not stopped or a stop not ended, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@transaction.atomic
def stop_gate(
    *, project: Project, gate_key: str, reason: str, stopped_by: User, stopped_at: datetime
) -> GateStop:
    """Stop a gate: it is a no-go until the stop ends.

    :raises StopRefused: the account has no signed power to, the gate is stopped already, or
        there is no reason.
    """
    held = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not grants(held, power=Power.STOP_GATE, account=stopped_by):
        message = _("Only a project manager whose signed charter grants it stops a gate.")
        raise StopRefused(message)
    if GateStop.objects.filter(project=held, gate_key=gate_key).standing().exists():
        raise StopRefused(_("This gate is stopped already."), field="gate")
    row = GateStop.objects.create(
        organisation_id=held.organisation_id,
        project=held,
        gate_key=gate_key,
        reason=_said(reason),
        stopped_by=stopped_by,
        stopped_at=stopped_at,
    )
    mark_projects(project_ids=[held.pk])
    news = News(
        kind=NoticeKind.GATE_STOPPED,
        noun="stop",
        subject_id=row.public_id,
        title=f"{gate_key}: {row.reason}",
        key=f"stop:{row.public_id}",
        happened_at=stopped_at,
        is_urgent=True,
        terms={"gate": gate_key},
    )
    tell(news, accounts=executives_of(held), project=held)
    witness(row, actor=stopped_by)
    return row


@transaction.atomic
def end_stop(*, stop: GateStop, reason: str, ended_by: User, ended_at: datetime) -> GateStopEnd:
    """End a stop; an executive who ends another's overrules the project manager by it.

    :raises StopRefused: neither who stopped the gate nor an executive, no reason, or the stop
        has ended already.
    """
    project = Project.objects.select_for_update(of=("self",)).get(pk=stop.project_id)
    held = GateStop.objects.select_related("stopped_by").get(pk=stop.pk)
    is_own = held.stopped_by_id == ended_by.pk and ended_by.is_active
    if not (is_own or holds_executive_seat(ended_by, project=project)):
        message = _("Whoever stopped the gate ends that, or an executive, who overrules by it.")
        raise StopRefused(message)
    if GateStopEnd.objects.filter(stop=held).exists():
        raise StopRefused(_("This stop has ended already."))
    row = GateStopEnd.objects.create(
        organisation_id=held.organisation_id,
        project=project,
        stop=held,
        reason=_said(reason),
        ended_by=ended_by,
        ended_at=ended_at,
    )
    mark_projects(project_ids=[project.pk])
    settle(project=project, noun="stop", subject_id=held.public_id, settled_at=ended_at)
    if not is_own:
        _overrule(row)
    witness(row, actor=ended_by)
    return row


def _overrule(end: GateStopEnd) -> None:
    """Write that ending somebody else's stop overruled the project manager."""
    row = Overruling.objects.create(
        organisation_id=end.organisation_id,
        project_id=end.project_id,
        project_manager=end.stop.stopped_by,
        power=Power.STOP_GATE,
        what=f"{end.stop.gate_key}: {end.stop.reason}",
        reason=end.reason,
        stop=end.stop,
        overruled_by=end.ended_by,
        overruled_at=end.ended_at,
        written_by=end.ended_by,
    )
    tell_overruled(row)
    witness(row, actor=end.ended_by)


def tell_overruled(row: Overruling) -> None:
    """Tell the project manager, and whoever overruled, what stands on record."""
    news = News(
        kind=NoticeKind.OVERRULED,
        noun="overruling",
        subject_id=row.public_id,
        title=row.what,
        key=f"overruling:{row.public_id}",
        happened_at=row.overruled_at,
    )
    told = [row.project_manager, row.overruled_by]
    others = [account for account in told if account.pk != row.written_by_id]
    tell(news, accounts=others, project=row.project)


def _said(reason: str) -> str:
    """Return a reason without the space around it.

    :raises StopRefused: there is none.
    """
    if not reason.strip():
        raise StopRefused(_("Give the reason; it is printed with the gate."), field="reason")
    return reason.strip()
