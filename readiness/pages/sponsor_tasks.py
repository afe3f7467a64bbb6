"""What only a sponsor can do, the gravest first: each is one sentence and one screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import NoticeKind
from governance.models import (
    Decision,
    Escalation,
    GateStop,
    Meeting,
    Notice,
    Project,
    SponsorStatement,
    User,
)
from governance.pages.meeting_rows import moment_words
from governance.pages.meetings import chaired_by_sponsor
from governance.pages.places import place_of
from governance.pages.waiting import days_between
from readiness.models import AcceptanceRequest, Snapshot
from readiness.pages.recorded import body_of, findings_in
from readiness.pages.reviews import review_list
from readiness.policy.outcomes import BLOCKING

THIS_WEEK = timedelta(days=7)
DAY = timedelta(days=1)
WANTED_MEETINGS = 2
DOCUMENTS = {"gov.charter_signed": "charter", "uat.closure_signed": "closure"}
DOCUMENTS |= {"sign.handover": "handover"}
WAITING_KINDS = (NoticeKind.ASSESSMENT_WAITS, NoticeKind.HANDOVER_WAITS)
# The gravest first.
STOPPED, ESCALATED, DECIDE, RISK, SIGN, CHAIR, SAY, READ = range(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do: what, why it matters, since when it waits, and the screen for it."""

    rank: int
    text: str
    why: str
    href: str
    shape: str
    since: datetime
    age: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    project: Project
    sponsors: Sequence[User]
    snapshot: Snapshot | None
    at: datetime

    def address(self, name: str, *rows: object) -> str:
        """Return where something of the project is."""
        return reverse(name, args=[self.project.public_id, *rows])

    def age(self, since: datetime) -> str:
        """Return how long something waits; nothing while it is new."""
        return days_between(since, self.at) if self.at - since >= DAY else ""


def tasks_of(
    project: Project, sponsors: Sequence[User], *, snapshot: Snapshot | None, at: datetime
) -> list[Task]:
    """Return everything that only these accounts can do this week, the gravest first."""
    look = _Look(project=project, sponsors=sponsors, snapshot=snapshot, at=at)
    sources = (_stops, _escalations, _decisions, _risks, _documents, _asked, _chairing, _saying)
    found = [task for source in (*sources, _reading) for task in source(look)]
    return sorted(found, key=lambda task: (task.rank, not task.is_late, task.since, task.text))


def _stops(look: _Look) -> Iterator[Task]:
    stops = GateStop.objects.filter(project=look.project).standing_at(look.at)
    for stop in stops.select_related("stopped_by").newest_first():
        told = {"who": stop.stopped_by.name, "gate": stop.gate_key}
        yield Task(
            rank=STOPPED,
            text=_("Settle why %(who)s stopped gate %(gate)s") % told,
            why=stop.reason,
            href=place_of(look.project, noun="stop", subject_id=stop.public_id)
            or look.address("governance:charter-show"),
            shape="hand-stop",
            since=stop.stopped_at,
            age=look.age(stop.stopped_at),
            is_late=True,
        )


def _escalations(look: _Look) -> Iterator[Task]:
    """Yield what was escalated to a sponsor; who raised it stands on its own page alone."""
    for sponsor in look.sponsors:
        for row in Escalation.objects.filter(project=look.project).waiting_for(sponsor):
            due = row.due_now  # type: ignore[attr-defined]
            is_late = due is not None and due <= look.at
            yield Task(
                rank=ESCALATED,
                text=_("Answer: %(what)s") % {"what": row.subject_title},
                why=_("Escalated to the sponsor; the time is over.")
                if is_late
                else _("Escalated to the sponsor: answer, decide or pass it on."),
                href=place_of(look.project, noun="escalation", subject_id=row.public_id),
                shape="alert-octagon",
                since=row.raised_at,
                age=look.age(row.raised_at),
                is_late=is_late,
            )


def _decisions(look: _Look) -> Iterator[Task]:
    """Yield the open decisions of a sponsor that are due this week or block go-live."""
    week = (look.at + THIS_WEEK).date()
    asked = Decision.objects.filter(project=look.project, decider__in=look.sponsors).waiting()
    wanted = asked.filter(Q(due_date__lte=week) | Q(blocks_go_live=True) | Q(due_date=None))
    for decision in wanted.most_pressing_first():
        is_late = decision.due_date is not None and decision.due_date < look.at.date()
        yield Task(
            rank=DECIDE,
            text=_("Decide: %(what)s") % {"what": decision},
            why=_why(decision, is_late=is_late),
            href=look.address("governance:decision-detail", decision.public_id),
            shape="gavel",
            since=decision.raised_at,
            age=look.age(decision.raised_at),
            is_late=is_late,
        )


def _why(decision: Decision, *, is_late: bool) -> str:
    day = date_format(decision.due_date, "j M Y") if decision.due_date else ""
    words = []
    if decision.blocks_go_live:
        words.append(_("Go-live cannot happen without it."))
    if is_late:
        words.append(_("It was needed by %(day)s.") % {"day": day})
    elif day:
        words.append(_("It is needed by %(day)s.") % {"day": day})
    return " ".join(words) or _("Nobody else is named to decide it.")


def _risks(look: _Look) -> Iterator[Task]:
    asked = AcceptanceRequest.objects.filter(project=look.project, asked__in=look.sponsors)
    wordings = {
        (gate["key"], finding["criterion"]): finding["wording"]
        for gate, finding in findings_in(body_of(look.snapshot))
    }
    for request in asked.waiting().select_related("requester").order_by("requested_at"):
        key = (request.gate_key, request.criterion_key)
        told = {"criterion": wordings.get(key, " ".join(key))}
        yield Task(
            rank=RISK,
            text=_("Accept or decline the risk: %(criterion)s") % told,
            why=_("%(who)s asks: %(reason)s")
            % {"who": request.requester.name, "reason": request.reason},
            href=look.address("readiness:request-detail", request.public_id),
            shape="writing-sign",
            since=request.requested_at,
            age=look.age(request.requested_at),
            is_late=look.at > request.requested_at + THIS_WEEK,
        )


def _documents(look: _Look) -> Iterator[Task]:
    """Yield the documents whose missing signature closes a gate now."""
    if look.snapshot is None:
        return
    titles = {
        "charter": _("Sign the project manager's charter"),
        "closure": _("Sign that acceptance testing is closed"),
        "handover": _("Sign the handover to operations"),
    }
    shown: set[str] = set()
    for gate, finding in findings_in(body_of(look.snapshot)):
        kind = DOCUMENTS.get(finding["metric"], "")
        if not kind or kind in shown or not gate.get("is_deciding"):
            continue
        if finding["state"] in BLOCKING:
            shown.add(kind)
            yield Task(
                rank=SIGN,
                text=titles[kind],
                why=finding["wording"],
                href=place_of(look.project, noun=kind)
                or look.address("readiness:document-sign", kind),
                shape="signature",
                since=look.snapshot.as_of,
            )


def _asked(look: _Look) -> Iterator[Task]:
    """Yield what a sponsor was told to do and has not: an assessment, a handover."""
    told = Notice.objects.filter(project=look.project, account__in=look.sponsors)
    for notice in told.waiting().of_kinds(WAITING_KINDS).order_by("happened_at", "pk"):
        yield Task(
            rank=SIGN,
            text=f"{NoticeKind(notice.kind).label}: {notice.title}",
            why=_("Nobody else answers it."),
            href=place_of(look.project, noun=notice.subject_noun, subject_id=notice.subject_id),
            shape="list-check",
            since=notice.happened_at,
            age=look.age(notice.happened_at),
        )


def _chairing(look: _Look) -> Iterator[Task]:
    """Yield the steering of this week; where too few were chaired and none is ahead, to call it."""
    ahead = Meeting.objects.filter(project=look.project).ahead_of(look.at).first()
    if ahead is not None and ahead.starts_at <= look.at + THIS_WEEK:
        yield Task(
            rank=CHAIR,
            text=_("Chair the meeting: %(meeting)s") % {"meeting": ahead.title},
            why=moment_words(ahead.starts_at),
            href=look.address("governance:meeting-detail", ahead.public_id),
            shape="users",
            since=ahead.called_at,
        )
    chaired = chaired_by_sponsor(look.project, at=look.at)
    if ahead is None and chaired < WANTED_MEETINGS:
        words = _("%(number)d chaired in sixty days; two are wanted, and none is called.")
        yield Task(
            rank=CHAIR,
            text=_("Call a steering meeting and chair it"),
            why=words % {"number": chaired},
            href=look.address("governance:meeting-add"),
            shape="users",
            since=look.at,
        )


def _saying(look: _Look) -> Iterator[Task]:
    if not SponsorStatement.objects.filter(project=look.project).exists():
        yield Task(
            rank=SAY,
            text=_("Say what is expected of everybody"),
            why=_(
                "A few sentences in the sponsor's own words; each person acknowledges them by name."
            ),
            href=look.address("governance:statement-show"),
            shape="pencil",
            since=look.at,
        )


def _reading(look: _Look) -> Iterator[Task]:
    """Yield to read, where a sponsor has not opened what is voted on."""
    if look.snapshot is None:
        return
    sponsors = {each.pk for each in look.sponsors}
    for row in review_list(look.project, at=look.at).rows:
        if row.account_id in sponsors and not row.has_read:
            left = len(row.unopened)
            words = ngettext(
                "%(number)d caveat is not opened; who votes has read it.",
                "%(number)d caveats are not opened; who votes has read them.",
                left,
            )
            yield Task(
                rank=READ,
                text=_("Read this week's judgement and each caveat"),
                why=words % {"number": left} if left else _("Who votes has read it."),
                href=look.address(
                    "readiness:review-list" if row.is_this_week else "readiness:gate-show"
                ),
                shape="clipboard-check",
                since=look.snapshot.as_of,
            )
