"""Minutes that somebody who called a meeting has to write."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Meeting
from readiness.pages.work.desk import Desk, Kind, WorkItem

MINUTES = Kind("MINUTES", gettext_lazy("Minutes"), "users")


def minutes_waiting(desk: Desk) -> Iterator[WorkItem]:
    """Yield the meetings that the account called, that are over and that nobody minuted."""
    called = Meeting.objects.filter(project_id__in=desk.project_ids, called_by=desk.user)
    for meeting in called.unwritten_at(desk.at).select_related("project"):
        yield desk.item(
            MINUTES,
            _("Write the minutes: %(meeting)s") % {"meeting": meeting.title},
            project=meeting.project,
            href=reverse(
                "governance:meeting-minutes", args=[meeting.project.public_id, meeting.public_id]
            ),
            since=meeting.starts_at,
        )
