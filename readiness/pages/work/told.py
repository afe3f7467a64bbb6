"""What an account was told and has to do, where no other list says that it waits."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from governance.choices import NoticeKind
from governance.models import Notice
from governance.pages.notices import href_of
from readiness.pages.work.desk import Desk, Kind, WorkItem

KINDS_TOLD = {
    NoticeKind.ESCALATED: Kind("ESCALATION", gettext_lazy("Escalation"), "alert-triangle"),
    NoticeKind.CHARTER_WAITS: Kind("CHARTER", gettext_lazy("Charter"), "signature"),
    NoticeKind.ASSESSMENT_WAITS: Kind("ASSESSMENT", gettext_lazy("Assessment"), "clipboard-check"),
    NoticeKind.HANDOVER_WAITS: Kind("HANDOVER", gettext_lazy("Handover"), "versions"),
    NoticeKind.STATEMENT_WRITTEN: Kind("STATEMENT", gettext_lazy("Statement"), "flag"),
    NoticeKind.CONFIRMATION_STALE: Kind(
        "CONFIRMATION", gettext_lazy("Confirmation"), "clock-exclamation"
    ),
}
"""Each of these is settled when it is done."""


def told_waiting(desk: Desk) -> Iterator[WorkItem]:
    """Yield what the account was told to do and has not done; read or not, it waits."""
    told = Notice.objects.told_to(desk.user).filter(project_id__in=desk.project_ids)
    waiting = told.of_kinds(KINDS_TOLD).waiting().select_related("project")
    for notice in waiting.newest_first():
        yield desk.item(
            KINDS_TOLD[NoticeKind(notice.kind)],
            notice.title,
            project=notice.project,
            href=href_of(notice),
            since=notice.happened_at,
        )
