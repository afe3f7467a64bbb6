"""Keep the business calendar: days to stay away from with a go-live."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import CalendarEntry, CalendarEntryEnd, Project, User
from governance.record.witnessing import witness
from governance.services.marks import mark_projects

LONGEST_DAYS = 400


class CalendarRefused(Exception):
    """Say why the calendar stays as it is, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Some days, both ends included, and why they are none to go live on."""

    kind: str
    title: str
    from_date: date
    to_date: date


@transaction.atomic
def write_days(
    *, project: Project, days: Days, written_by: User, written_at: datetime
) -> CalendarEntry:
    """Write days into the calendar.

    :raises CalendarRefused: they end before they start, are too many, or stand there already.
    """
    if days.to_date < days.from_date:
        raise CalendarRefused(_("They end before they start."), field="to_date")
    if (days.to_date - days.from_date).days > LONGEST_DAYS:
        sentence = _("More than %(number)d days are no date to stay away from.")
        raise CalendarRefused(sentence % {"number": LONGEST_DAYS}, field="to_date")
    Project.objects.select_for_update().get(pk=project.pk)
    named = {"kind": days.kind, "title": days.title, "from_date": days.from_date}
    known = CalendarEntry._base_manager.filter(project=project, **named).order_by("edition")
    if CalendarEntry.objects.filter(project=project, **named).standing().exists():
        raise CalendarRefused(_("These days stand in the calendar already."), field="from_date")
    newest = known.last()
    row = CalendarEntry.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        **named,
        to_date=days.to_date,
        written_by=written_by,
        written_at=written_at,
        edition=0 if newest is None else newest.edition + 1,
    )
    mark_projects(project_ids=[project.pk])
    witness(row, actor=written_by)
    return row


@transaction.atomic
def end_days(
    *, entry: CalendarEntry, reason: str, ended_by: User, ended_at: datetime
) -> CalendarEntryEnd:
    """Take days out of the calendar again; they stay on record.

    :raises CalendarRefused: there is no reason, or they are out already.
    """
    if not reason.strip():
        raise CalendarRefused(_("Say why they no longer count."), field="reason")
    held = CalendarEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if CalendarEntryEnd.objects.filter(entry=held).exists():
        raise CalendarRefused(_("They were taken out of the calendar already."))
    row = CalendarEntryEnd.objects.create(
        organisation_id=held.organisation_id,
        project_id=held.project_id,
        entry=held,
        reason=reason.strip(),
        ended_by=ended_by,
        ended_at=ended_at,
    )
    mark_projects(project_ids=[held.project_id])
    witness(row, actor=ended_by)
    return row
