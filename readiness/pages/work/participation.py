"""Requests for people that wait for one manager."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import ParticipationRequest
from governance.pages.participation import request_address, request_row
from readiness.pages.work.desk import Desk, Kind, WorkItem

PEOPLE = Kind("PEOPLE", gettext_lazy("People asked for"), "users")


def people_waiting(desk: Desk) -> Iterator[WorkItem]:
    """Yield the requests whose people the account has to release or refuse by name."""
    mine = ParticipationRequest.objects.filter(project_id__in=desk.project_ids)
    for request in mine.for_manager(desk.user).with_people():
        at = desk.at.astimezone(ZoneInfo(request.project.time_zone))
        row = request_row(request, at=at)
        if row.waiting and request.to_date >= at.date():
            text = _("Release people of %(department)s for %(purpose)s, or refuse: %(number)d")
            words = {"department": request.department.name, "number": row.waiting}
            yield desk.item(
                PEOPLE,
                text % {**words, "purpose": row.purpose},
                project=request.project,
                href=request_address(request),
                since=request.asked_at,
            )
