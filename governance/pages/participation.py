"""Requests for people: what each asks for, and what was answered by name.

`at` is the moment of looking, in the project's own zone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.choices import ParticipationPurpose, PersonReply
from governance.forms.participation import may_be_answered, waits
from governance.models import (
    Department,
    ParticipationRequest,
    PersonAnswer,
    Project,
    RequestedPerson,
)
from governance.pages.looks import Look
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat, may_answer_for_people
from governance.permissions.areas.participation import ASK_FOR_PEOPLE
from governance.services.participation import newest_answer

ROWS_ON_A_PAGE = 50
WAITING, ALL = "waiting", "all"
RELEASED = Look(gettext_lazy("Released"), "circle-check", "good")
REFUSED = Look(gettext_lazy("Refused"), "hand-stop", "bad")
WAITS = Look(gettext_lazy("Waits for an answer"), "clock", "warn")
SILENT = Look(gettext_lazy("No answer in time"), "clock-exclamation", "bad")
LEFT = Look(gettext_lazy("Left the roster"), "minus", "quiet")
NEVER = Look(gettext_lazy("Never answered"), "circle-x", "bad")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a request: how it stands, who said so, and what was said before."""

    requested: RequestedPerson
    look: Look
    answer: PersonAnswer | None
    before: list[PersonAnswer]
    href: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request in its list, with how many people stand where."""

    request: ParticipationRequest
    href: str
    purpose: str
    look: Look
    released: int
    refused: int
    waiting: int
    left: int

    @property
    def people(self) -> int:
        """Return how many people were asked for."""
        return self.released + self.refused + self.waiting + self.left


@dataclass(frozen=True, slots=True)
class RequestList:
    """One page of requests, with the line that answers first."""

    rows: list[RequestRow]
    page: "Page[ParticipationRequest]"
    show: str
    answer: str
    may_ask: bool
    trail: list[Step]

    @property
    def kept(self) -> dict[str, str]:
        """Return the query parameters to keep from page to page."""
        return {"show": self.show}


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request, the people it names, and whether the reader answers for them."""

    row: RequestRow
    people: list[PersonLine]
    answer: str
    waits_for: str
    may_answer: bool
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class AnsweredPerson:
    """One person of a request with the answer that counts."""

    requested: RequestedPerson
    answer: PersonAnswer | None


@dataclass(frozen=True, slots=True)
class AnsweredRequest:
    """One request with its people as REST tells it."""

    request: ParticipationRequest
    released: int
    refused: int
    waiting: int
    is_silent: bool
    lines: list[AnsweredPerson]


@dataclass(frozen=True, slots=True)
class DepartmentChoice:
    """A department to ask, and what stands in the way."""

    department: Department
    href: str
    manager: str


def request_list(seat: Seat, *, at: datetime, asked: Mapping[str, Any]) -> RequestList:
    """Return the project's requests: those that wait, the soonest due first, or every one."""
    everything = ParticipationRequest.objects.filter(project=seat.project)
    waiting = everything.waiting_on(at.date()).ahead_on(at.date())
    show = ALL if asked.get("show") == ALL else WAITING
    found = everything.newest_first() if show == ALL else waiting.most_pressing_first()
    page = Paginator(found.with_people(), ROWS_ON_A_PAGE).get_page(asked.get("page", "1"))
    return RequestList(
        rows=[request_row(each, at=at) for each in page],
        page=page,
        show=show,
        answer=_list_answer(waiting.count(), waiting.late_at(at).count()),
        may_ask=ASK_FOR_PEOPLE.allows(seat),
        trail=trail_of(seat.project, _("Requests for people")),
    )


def _list_answer(waiting: int, late: int) -> str:
    if not waiting:
        return _("No request for people waits for an answer.")
    first = ngettext(
        "%(number)d request for people waits for an answer.",
        "%(number)d requests for people wait for an answer.",
        waiting,
    ) % {"number": waiting}
    if not late:
        return first
    then = ngettext(
        "%(number)d of them was not answered in time.",
        "%(number)d of them were not answered in time.",
        late,
    )
    return f"{first} {then % {'number': late}}"


def request_row(request: ParticipationRequest, *, at: datetime) -> RequestRow:
    """Return one request as its list shows it."""
    people = list(request.people.all())
    replies = [answer.reply for each in people if (answer := newest_answer(each))]
    waiting = sum(waits(each, today=at.date()) for each in people)
    released = replies.count(PersonReply.RELEASED)
    refused = replies.count(PersonReply.REFUSED)
    return RequestRow(
        request=request,
        href=request_address(request),
        purpose=str(ParticipationPurpose(request.purpose).label),
        look=_look_of(request, waiting=waiting, refused=refused, at=at),
        released=released,
        refused=refused,
        waiting=waiting,
        left=len(people) - len(replies) - waiting,
    )


def answered_requests(
    requests: Iterable[ParticipationRequest], *, at: datetime
) -> list[AnsweredRequest]:
    """Return requests with what counts for each of their people, by name."""
    found = []
    for request in requests:
        here = at.astimezone(ZoneInfo(request.project.time_zone))
        row = request_row(request, at=here)
        people = sorted(request.people.all(), key=lambda each: (each.person.name, each.pk))
        lines = [AnsweredPerson(each, newest_answer(each)) for each in people]
        is_silent = row.look is SILENT
        found.append(
            AnsweredRequest(request, row.released, row.refused, row.waiting, is_silent, lines)
        )
    return found


def request_address(request: ParticipationRequest) -> str:
    """Return where a request is shown and answered."""
    names = [request.project.public_id, request.public_id]
    return reverse("governance:people-request-detail", args=names)


def _look_of(request: ParticipationRequest, *, waiting: int, refused: int, at: datetime) -> Look:
    if waiting:
        return _waiting_look(request, at=at)
    return REFUSED if refused else RELEASED


def _waiting_look(request: ParticipationRequest, *, at: datetime) -> Look:
    if request.to_date < at.date():
        return NEVER
    return SILENT if request.answer_due_at <= at else WAITS


def request_page(request: ParticipationRequest, *, seat: Seat, at: datetime) -> RequestPage:
    """Return one request with the people it names, those who wait first."""
    row = request_row(request, at=at)
    may = may_answer_for_people(seat, request, at=at) and may_be_answered(request, at=at)
    people = [_person_line(each, request=request, may=may, at=at) for each in request.people.all()]
    people.sort(key=lambda line: (line.answer is not None, line.requested.person.name))
    above = Step(_("Requests for people"), _list_address(request.project))
    return RequestPage(
        row=row,
        people=people,
        answer=_page_answer(row),
        waits_for=_waits_for(request),
        may_answer=may,
        trail=trail_of(request.project, above, f"{request.department.name}: {row.purpose}"),
    )


def _list_address(project: Project) -> str:
    return reverse("governance:people-request-list", args=[project.public_id])


def _person_line(
    each: RequestedPerson, *, request: ParticipationRequest, may: bool, at: datetime
) -> PersonLine:
    project = request.project
    said = sorted(each.answers.all(), key=lambda row: (row.answered_at, row.pk), reverse=True)
    change = reverse(
        "governance:person-answer-change",
        args=[project.public_id, request.public_id, each.public_id],
    )
    return PersonLine(
        requested=each,
        look=_person_look(each, request=request, at=at),
        answer=said[0] if said else None,
        before=said[1:],
        href=reverse("training:person-detail", args=[project.public_id, each.person.public_id]),
        change=change if said and may else "",
    )


def _person_look(each: RequestedPerson, *, request: ParticipationRequest, at: datetime) -> Look:
    answer = newest_answer(each)
    if answer is not None:
        return RELEASED if answer.reply == PersonReply.RELEASED else REFUSED
    return _waiting_look(request, at=at) if waits(each, today=at.date()) else LEFT


def _page_answer(row: RequestRow) -> str:
    said = ngettext(
        "%(released)d of %(people)d person is released.",
        "%(released)d of %(people)d people are released.",
        row.people,
    ) % {"released": row.released, "people": row.people}
    if not row.waiting:
        return said
    if row.look is NEVER:
        return f"{said} {_('The days are over, and the others were never answered for.')}"
    if row.look is SILENT:
        return f"{said} {_('The answer for the others is overdue.')}"
    return f"{said} {_('The others wait for an answer.')}"


def _waits_for(request: ParticipationRequest) -> str:
    manager = request.department.manager
    if manager is None or not manager.is_active:
        return _("an executive, as nobody manages the department")
    return manager.name


def department_choices(project: Project) -> list[DepartmentChoice]:
    """Return the departments of a project that can be asked, by name."""
    rows = Department.objects.filter(project=project).select_related("manager")
    return [
        DepartmentChoice(
            department=row,
            href=reverse("governance:people-request-add", args=[project.public_id, row.public_id]),
            manager=row.manager.name if row.manager and row.manager.is_active else "",
        )
        for row in rows.order_by("name", "pk")
    ]
