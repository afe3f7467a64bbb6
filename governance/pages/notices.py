"""What an account was told: the newest first, each with the one screen where it is done."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import DecisionKind, NoticeKind
from governance.models import Notice, User
from governance.pages.amounts import amount_text
from governance.pages.places import place_of
from governance.querysets import NoticeQuerySet

ROWS_ON_A_PAGE = 25
UNREAD, ALL = "unread", "all"
SHAPES = {
    NoticeKind.DECISION_WAITS: "gavel",
    NoticeKind.DECISION_OVERDUE: "clock-exclamation",
    NoticeKind.DECIDED: "gavel",
    NoticeKind.ASSUMPTION_WAITS: "help-circle",
    NoticeKind.ASSUMPTION_RULED: "help-circle",
    NoticeKind.REWORK: "refresh",
    NoticeKind.ESCALATED: "alert-triangle",
    NoticeKind.ESCALATION_LATE: "clock-exclamation",
    NoticeKind.ESCALATION_ANSWERED: "alert-triangle",
    NoticeKind.PEOPLE_WANTED: "users",
    NoticeKind.PEOPLE_ANSWERED: "users",
    NoticeKind.MEETING_CALLED: "calendar",
    NoticeKind.STATEMENT_WRITTEN: "writing-sign",
    NoticeKind.CHARTER_WAITS: "signature",
    NoticeKind.GATE_STOPPED: "hand-stop",
    NoticeKind.OVERRULED: "hand-stop",
    NoticeKind.ASSESSMENT_WAITS: "clipboard-check",
    NoticeKind.OWNERSHIP_GIVEN: "user",
    NoticeKind.RIGHT_GIVEN: "gavel",
    NoticeKind.CAVEAT_WRITTEN: "alert-triangle",
    NoticeKind.CONFIRMATION_STALE: "clock-exclamation",
    NoticeKind.HANDOVER_WAITS: "versions",
    NoticeKind.RISK_ASKED: "writing-sign",
    NoticeKind.SIGNATURE_STALE: "signature",
}
"""The shape of each kind."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One thing somebody was told: what, about what, where it is done, and until when."""

    notice: Notice
    what: str
    shape: str
    href: str
    due: str
    is_late: bool

    @property
    def is_new(self) -> bool:
        """Say whether the account has neither read it nor done it."""
        return self.notice.read_at is None and self.notice.settled_at is None


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of what an account was told."""

    rows: list[NoticeRow]
    page: "Page[Notice]"
    show: str
    answer: str
    unread: int

    @property
    def kept(self) -> dict[str, str]:
        """Return what is looked at, to keep it from page to page."""
        return {"show": self.show}


def feed_of(user: User, *, show: str, number: str, at: datetime) -> Feed:
    """Return what an account was told, the newest first; unread things alone unless asked."""
    told = Notice.objects.told_to(user)
    unread = told.unread().count()
    wanted = told if show == ALL else told.unread()
    found = wanted.newest_first().select_related("project__organisation")
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(number)
    rows = [notice_row(notice, at=at) for notice in page.object_list]
    return Feed(rows, page, ALL if show == ALL else UNREAD, _answer(unread), unread)


def notice_row(notice: Notice, *, at: datetime) -> NoticeRow:
    """Return one notice as its reader sees it; days are the project's own."""
    kind = NoticeKind(notice.kind)
    zone = ZoneInfo(notice.project.time_zone)
    due = notice.due_at.astimezone(zone).date() if notice.due_at else None
    today = at.astimezone(zone).date()
    return NoticeRow(
        notice=notice,
        what=_what(notice),
        shape=SHAPES[kind],
        href=href_of(notice),
        due=_due_text(due, today),
        is_late=due is not None and due < today and notice.settled_at is None,
    )


def _what(notice: Notice) -> str:
    """Return what somebody is told, and for a right which kind of decision, in their language."""
    label = str(NoticeKind(notice.kind).label)
    decides = notice.terms.get("decides")
    return f"{label}: {DecisionKind(decides).label}" if decides else label


def href_of(notice: Notice) -> str:
    """Return the one screen of a notice; the gate of its project where it has none."""
    project = notice.project
    place = place_of(project, noun=notice.subject_noun, subject_id=notice.subject_id)
    return place or place_of(project, noun="project")


def seen_on(user: User, *, path: str) -> NoticeQuerySet:
    """Return the unread notices of an account whose screen is at an address of the site."""
    unread = Notice.objects.told_to(user).unread()
    notices = unread.select_related("project")
    return unread.filter(pk__in=[each.pk for each in notices if href_of(each) == path])


def _answer(unread: int) -> str:
    if not unread:
        return _("You have read everything.")
    words = ngettext(
        "%(number)s thing that you have not read.",
        "%(number)s things that you have not read.",
        unread,
    )
    return words % {"number": amount_text(unread)}


def _due_text(due: date | None, today: date) -> str:
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return _("due today")
    if days > 0:
        words = ngettext("due in %(n)d day", "due in %(n)d days", days)
    else:
        words = ngettext("overdue for %(n)d day", "overdue for %(n)d days", -days)
    return words % {"n": abs(days)}
