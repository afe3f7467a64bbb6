"""What the sponsor expects, and who of those who take part has read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import SponsorStatement, StatementAcknowledgement
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat
from governance.permissions.areas.meetings import ACKNOWLEDGE, WRITE_STATEMENT
from governance.querysets.meetings import addressed_by


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who takes part, and when they acknowledged the statement; None: not yet."""

    name: str
    organisation: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """The statement that counts, who read it, and what was said before."""

    statement: SponsorStatement | None
    answer: str
    read: list[Reader]
    unread: list[Reader]
    may_write: bool
    may_acknowledge: bool
    earlier: list[SponsorStatement]
    trail: list[Step]


def statement_page(seat: Seat) -> StatementPage:
    """Return what the sponsor wrote, as a seat sees it."""
    project = seat.project
    written = SponsorStatement.objects.filter(project=project).select_related("written_by")
    newest, *earlier = [*written.newest_first()] or [None]
    readers = _readers(newest) if newest is not None else []
    read = [each for each in readers if each.at]
    above = Step(_("Sponsor"), reverse("readiness:sponsor-show", args=[project.public_id]))
    return StatementPage(
        statement=newest,
        answer=_answer(newest, read=len(read), due=len(readers)),
        read=sorted(read, key=lambda each: (each.at, each.name), reverse=True),
        unread=[each for each in readers if not each.at],
        may_write=WRITE_STATEMENT.allows(seat),
        may_acknowledge=newest is not None and _may_acknowledge(seat, newest),
        earlier=[each for each in earlier if each is not None],
        trail=trail_of(project, above, _("Sponsor's statement")),
    )


def _may_acknowledge(seat: Seat, statement: SponsorStatement) -> bool:
    if statement.written_by_id == seat.user.pk or not ACKNOWLEDGE.allows(seat):
        return False
    read = StatementAcknowledgement.objects.filter(project=seat.project, statement=statement)
    return not read.filter(account=seat.user).exists()


def _readers(statement: SponsorStatement) -> list[Reader]:
    """Return everybody who takes part now but the writer, by name."""
    read = dict(
        StatementAcknowledgement.objects.filter(
            project=statement.project, statement=statement
        ).values_list("account_id", "acknowledged_at")
    )
    return [
        Reader(each.name, each.organisation.name, read.get(each.pk))
        for each in addressed_by(statement).select_related("organisation").by_name()
    ]


def _answer(statement: SponsorStatement | None, *, read: int, due: int) -> str:
    if statement is None:
        return _("The sponsor has not written yet what is expected.")
    words = ngettext(
        "%(read)d of %(due)d person who takes part has read it.",
        "%(read)d of %(due)d people who take part have read it.",
        due,
    )
    return words % {"read": read, "due": due}


@dataclass(frozen=True, slots=True)
class Heard:
    """A statement with the names of those who acknowledged it, in that order."""

    statement: SponsorStatement
    acknowledged_by: list[str]


def heard_statements(statements: Iterable[SponsorStatement]) -> list[Heard]:
    """Return statements in their order; who acknowledged them was fetched with them."""
    return [
        Heard(
            each,
            [
                row.account.name
                for row in sorted(
                    each.acknowledgements.all(), key=lambda row: (row.acknowledged_at, row.pk)
                )
            ],
        )
        for each in statements
    ]
