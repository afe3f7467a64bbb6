"""Ask the manager of a department to release named people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.choices import NoticeKind, PersonReply
from governance.models import (
    Department,
    ParticipationRequest,
    Person,
    PersonAnswer,
    Project,
    RequestedPerson,
    User,
)
from governance.outbox import News, tell
from governance.permissions import seat_of
from governance.record.witnessing import witness, witness_all
from governance.services.marks import mark_projects
from governance.services.working_time import due_after

ANSWER_HOURS = 18
"""Two working days of nine hours; silence after that escalates itself."""
LONGEST_DAYS = 366
NAMES_IN_TITLE = 3
NOUN = "people_request"


class PeopleRefused(Exception):
    """Say why people were not asked for, or an answer was not taken; `field` names what to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Whom somebody asks for: people of one department, what for, and from and until a day."""

    department: Department
    people: Collection[Person]
    purpose: str
    from_date: date
    to_date: date
    note: str = ""


@transaction.atomic
def ask_for_people(
    *, project: Project, call: Call, asked_by: User, asked_at: datetime
) -> ParticipationRequest:
    """Ask the manager of a department for named people, and start the clock of the answer.

    :raises PeopleRefused: nobody can answer for the department, somebody named is not in it
        or not there in these days or asked for already, or the days are none.
    """
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if asked_by.organisation_id != project.organisation_id:
        raise PeopleRefused(_("Only the client's own people ask for people."))
    manager = _manager_of(call.department, project=project)
    _check_days(call, today=day_of(project, at=asked_at))
    _check_people(call, project=project, today=day_of(project, at=asked_at))
    row = ParticipationRequest.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        department=call.department,
        manager=manager,
        purpose=call.purpose,
        from_date=call.from_date,
        to_date=call.to_date,
        note=call.note.strip(),
        answer_due_at=due_after(project, hours=ANSWER_HOURS, since=asked_at),
        asked_by=asked_by,
        asked_at=asked_at,
    )
    people = RequestedPerson.objects.bulk_create(
        RequestedPerson(
            organisation_id=project.organisation_id, project=project, request=row, person=person
        )
        for person in sorted(call.people, key=lambda each: (each.name, each.pk))
    )
    _tell_manager(row, call)
    mark_projects(project_ids=[project.pk])
    witness(row, actor=asked_by)
    witness_all(people, actor=asked_by)
    return row


def newest_answer(requested: RequestedPerson) -> PersonAnswer | None:
    """Return the answer that counts for a person; answers that were fetched along are used."""
    answers = requested.answers.all()
    return max(answers, key=lambda each: (each.answered_at, each.pk), default=None)


def day_of(project: Project, *, at: datetime) -> date:
    """Return the date of a moment where a project is."""
    return at.astimezone(ZoneInfo(project.time_zone)).date()


def _manager_of(department: Department, *, project: Project) -> User:
    """Return who answers for a department.

    :raises PeopleRefused: it is another project's, or nobody can answer for it.
    """
    if department.project_id != project.pk:
        raise PeopleRefused(_("Choose a department of this project."), field="department")
    manager = department.manager
    if manager is None or not manager.is_active:
        nobody = _("Nobody manages %(department)s. Name its manager first.")
        raise PeopleRefused(nobody % {"department": department}, field="department")
    if not seat_of(manager, project=project).roles:
        absent = _("%(name)s manages %(department)s and has no role in this project yet.")
        named = {"name": manager.name, "department": department}
        raise PeopleRefused(absent % named, field="department")
    return manager


def _check_days(call: Call, *, today: date) -> None:
    """Accept days from today on, in their order and within a year.

    :raises PeopleRefused: they are none.
    """
    if call.to_date < call.from_date:
        raise PeopleRefused(_("The last day lies before the first."), field="to_date")
    if call.from_date < today:
        raise PeopleRefused(_("That day is over."), field="from_date")
    if (call.to_date - call.from_date).days > LONGEST_DAYS:
        raise PeopleRefused(_("Ask for a year at most."), field="to_date")


def _check_people(call: Call, *, project: Project, today: date) -> None:
    """Accept people of the department who are there in these days and not asked for yet.

    :raises PeopleRefused: somebody is not, or nobody is named.
    """
    if not call.people:
        raise PeopleRefused(_("Name at least one person."), field="people")
    for person in call.people:
        if person.project_id != project.pk or person.department_id != call.department.pk:
            foreign = _("%(name)s is not in %(department)s.")
            named = {"name": person.name, "department": call.department}
            raise PeopleRefused(foreign % named, field="people")
        _check_presence(person, call=call, today=today)
    asked = _asked_already(call)
    if asked:
        twice = _("%(names)s: asked for in these days already, for the same.")
        raise PeopleRefused(twice % {"names": ", ".join(asked)}, field="people")


def _check_presence(person: Person, *, call: Call, today: date) -> None:
    """Accept somebody who is on the roster from the first of the days to the last.

    :raises PeopleRefused: the person left, leaves before, or joins later.
    """
    if person.left_date is not None and person.left_date < call.to_date:
        left = _("%(name)s left on %(day)s.")
        leaves = _("%(name)s leaves on %(day)s.")
        words = left if person.left_date < today else leaves
        named = {"name": person.name, "day": date_format(person.left_date, "j M Y")}
        raise PeopleRefused(words % named, field="people")
    if person.joined_date is not None and person.joined_date > call.from_date:
        joins = _("%(name)s joins on %(day)s only.")
        named = {"name": person.name, "day": date_format(person.joined_date, "j M Y")}
        raise PeopleRefused(joins % named, field="people")


def _asked_already(call: Call) -> list[str]:
    """Return who is released, or still to be answered for, on one of these days for the same."""
    before = RequestedPerson.objects.filter(
        person__in=[person.pk for person in call.people],
        request__purpose=call.purpose,
        request__from_date__lte=call.to_date,
        request__to_date__gte=call.from_date,
    ).select_related("person")
    return sorted(
        {
            each.person.name
            for each in before.prefetch_related("answers")
            if (newest := newest_answer(each)) is None or newest.reply == PersonReply.RELEASED
        }
    )


def title_of(request: ParticipationRequest, *, names: Collection[str]) -> str:
    """Return what a request is called where it is told of: the department and the first names."""
    ordered = sorted(names)
    more = len(ordered) - NAMES_IN_TITLE
    named = ", ".join(ordered[:NAMES_IN_TITLE]) + (f" +{more}" if more > 0 else "")
    return f"{request.department.name}: {named}"


def _tell_manager(request: ParticipationRequest, call: Call) -> None:
    news = News(
        kind=NoticeKind.PEOPLE_WANTED,
        noun=NOUN,
        subject_id=request.public_id,
        title=title_of(request, names=[person.name for person in call.people]),
        key=f"{NOUN}:{request.public_id}",
        happened_at=request.asked_at,
        due_at=request.answer_due_at,
    )
    tell(news, accounts=[request.manager], project=request.project)
