"""Answer by name for people who were asked for: released, or refused with a reason."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import NoticeKind, PersonReply
from governance.models import ParticipationRequest, PersonAnswer, RequestedPerson, User
from governance.outbox import News, settle, tell
from governance.permissions import may_answer_for_people, seat_of
from governance.record.witnessing import witness_all
from governance.services.caveats import CaveatSource, write_caveat
from governance.services.marks import mark_projects
from governance.services.participation import NOUN, PeopleRefused, day_of, newest_answer, title_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What is said about one person; `instead_of` is the answer that it takes the place of."""

    requested: RequestedPerson
    reply: str
    reason: str = ""
    instead_of: PersonAnswer | None = field(default=None)


@transaction.atomic
def answer_for_people(
    *,
    request: ParticipationRequest,
    words: Collection[Word],
    answered_by: User,
    answered_at: datetime,
    is_caveat: bool = False,
) -> list[PersonAnswer]:
    """Release or refuse people by name; the newest word on each counts, all stay on record.

    :raises PeopleRefused: somebody else answers for the department, a person was answered for
        meanwhile or has left, a refusal or a change has no reason, or the days are over.
    """
    held = ParticipationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    _check_answer(held, words, answered_by=answered_by, answered_at=answered_at)
    rows = PersonAnswer.objects.bulk_create(
        PersonAnswer(
            organisation_id=held.organisation_id,
            project_id=held.project_id,
            requested=word.requested,
            reply=word.reply,
            reason=word.reason.strip(),
            answered_by=answered_by,
            answered_at=answered_at,
        )
        for word in words
    )
    if is_caveat:
        _write_caveats(held, rows)
    _tell_asker(held, rows)
    _settle(held, answered_at)
    mark_projects(project_ids=[held.project_id])
    witness_all(rows, actor=answered_by)
    return rows


def _check_answer(
    request: ParticipationRequest,
    words: Collection[Word],
    *,
    answered_by: User,
    answered_at: datetime,
) -> None:
    """Accept words of whoever answers for the department, while there is something to answer.

    :raises PeopleRefused: one of them is none.
    """
    seat = seat_of(answered_by, project=request.project)
    if not may_answer_for_people(seat, request, at=answered_at):
        raise PeopleRefused(_("Only the manager of the department answers for its people."))
    if answered_at < request.asked_at:
        raise PeopleRefused(_("That is before anybody was asked for."))
    if not words:
        raise PeopleRefused(_("Say for at least one person: released or refused."))
    today = day_of(request.project, at=answered_at)
    if request.to_date < today:
        raise PeopleRefused(_("These days are over. Ask for people on other days."))
    for word in words:
        _check_word(word, request=request, today=today)


def _check_word(word: Word, *, request: ParticipationRequest, today: date) -> None:
    """Accept a word on a person of the request, of which the writer saw what stood before.

    :raises PeopleRefused: it is none.
    """
    requested, person = word.requested, word.requested.person
    if requested.request_id != request.pk or word.reply not in PersonReply.values:
        raise PeopleRefused(_("Answer for the people of this request."))
    before = newest_answer(RequestedPerson.objects.get(pk=requested.pk))
    if before != word.instead_of:
        meanwhile = _("Somebody answered for %(name)s meanwhile. Look again.")
        raise PeopleRefused(meanwhile % {"name": person.name})
    if before is not None and before.reply == word.reply:
        same = _("%(name)s was answered for like this already.")
        raise PeopleRefused(same % {"name": person.name}, field="reply")
    if not word.reason.strip() and (word.reply == PersonReply.REFUSED or before is not None):
        why = _("Say why for %(name)s.")
        raise PeopleRefused(why % {"name": person.name}, field="reason")
    gone = person.left_date is not None and person.left_date < today
    if gone and word.reply == PersonReply.RELEASED:
        raise PeopleRefused(_("%(name)s has left the roster.") % {"name": person.name})


def _tell_asker(request: ParticipationRequest, rows: list[PersonAnswer]) -> None:
    """Tell who asked, unless it is the same person."""
    first = rows[0]
    news = News(
        kind=NoticeKind.PEOPLE_ANSWERED,
        noun=NOUN,
        subject_id=request.public_id,
        title=title_of(request, names=[row.requested.person.name for row in rows]),
        key=f"{NOUN}:{request.public_id}:{first.public_id}",
        happened_at=first.answered_at,
    )
    if request.asked_by_id != first.answered_by_id:
        tell(news, accounts=[request.asked_by], project=request.project)


def _settle(request: ParticipationRequest, answered_at: datetime) -> None:
    """Remind the manager no longer, once nobody of a request waits for an answer."""
    day = day_of(request.project, at=answered_at)
    if not ParticipationRequest.objects.filter(pk=request.pk).waiting_on(day).exists():
        settle(
            project=request.project,
            noun=NOUN,
            subject_id=request.public_id,
            settled_at=answered_at,
            kinds=[NoticeKind.PEOPLE_WANTED],
        )


def _write_caveats(request: ParticipationRequest, rows: list[PersonAnswer]) -> None:
    """Let each refusal stand on page one until it is resolved."""
    for row in rows:
        if row.reply == PersonReply.REFUSED:
            source = CaveatSource(
                NOUN, request.public_id, title_of(request, names=[row.requested.person.name])
            )
            write_caveat(
                project=request.project,
                text=row.reason,
                writer=row.answered_by,
                written_at=row.answered_at,
                source=source,
            )
