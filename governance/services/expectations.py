"""Write what the sponsor expects, in the sponsor's own words; acknowledge it by name."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import NoticeKind
from governance.models import Project, SponsorStatement, StatementAcknowledgement, User
from governance.outbox import News, settle, tell
from governance.permissions import seat_of
from governance.permissions.areas.meetings import ACKNOWLEDGE, WRITE_STATEMENT
from governance.querysets.meetings import addressed_by
from governance.record.witnessing import witness
from governance.services.marks import mark_projects

LONGEST_STATEMENT = 5000
NOUN = "sponsor_statement"
_TITLE = 200


class StatementRefused(Exception):
    """Say why a statement was not written or not acknowledged; `field` names what is wrong."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@transaction.atomic
def write_statement(
    *, project: Project, text: str, written_by: User, written_at: datetime
) -> SponsorStatement:
    """Write a statement that takes the place of the last, and tell everybody who takes part.

    :raises StatementRefused: not the sponsor, no words, too many, or the same words again.
    """
    if not WRITE_STATEMENT.allows(seat_of(written_by, project=project)):
        raise StatementRefused(str(WRITE_STATEMENT.refusal))
    words = text.strip()
    if not words:
        raise StatementRefused(_("Say in your own words what you expect."), field="text")
    if len(words) > LONGEST_STATEMENT:
        longest = _("A statement has %(number)s characters at most.")
        raise StatementRefused(longest % {"number": LONGEST_STATEMENT}, field="text")
    Project.objects.select_for_update().get(pk=project.pk)
    before = SponsorStatement.objects.filter(project=project).newest_first().first()
    if before is not None and before.text == words:
        raise StatementRefused(_("That stands there already."), field="text")
    row = SponsorStatement.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        text=words,
        written_by=written_by,
        written_at=written_at,
    )
    if before is not None:
        settle(project=project, noun=NOUN, subject_id=before.public_id, settled_at=written_at)
    _tell(row)
    mark_projects(project_ids=[project.pk])
    witness(row, actor=written_by)
    return row


@transaction.atomic
def acknowledge(
    *, statement: SponsorStatement, account: User, acknowledged_at: datetime
) -> StatementAcknowledgement:
    """Write that somebody read what the sponsor expects; a second time changes nothing.

    :raises StatementRefused: takes no part in the project, wrote it, or it counts no more.
    """
    project = statement.project
    if not ACKNOWLEDGE.allows(seat_of(account, project=project)):
        raise StatementRefused(str(ACKNOWLEDGE.refusal))
    if statement.written_by_id == account.pk:
        raise StatementRefused(_("You wrote this; others acknowledge it."))
    newest = SponsorStatement.objects.filter(project=project).newest_first().first()
    if newest is None or newest.pk != statement.pk:
        raise StatementRefused(_("A newer statement took its place. Read that one."))
    SponsorStatement.objects.select_for_update().get(pk=statement.pk)
    read = StatementAcknowledgement.objects.filter(statement=statement, account=account).first()
    if read is not None:
        return read
    row = StatementAcknowledgement.objects.create(
        organisation_id=statement.organisation_id,
        project=project,
        statement=statement,
        account=account,
        acknowledged_at=acknowledged_at,
    )
    settle(
        project=project,
        noun=NOUN,
        subject_id=statement.public_id,
        settled_at=acknowledged_at,
        account=account,
    )
    mark_projects(project_ids=[project.pk])
    witness(row, actor=account)
    return row


def _tell(statement: SponsorStatement) -> None:
    project = statement.project
    tell(
        News(
            kind=NoticeKind.STATEMENT_WRITTEN,
            noun=NOUN,
            subject_id=statement.public_id,
            title=statement.text[:_TITLE],
            key=f"statement:{statement.public_id}",
            happened_at=statement.written_at,
        ),
        accounts=addressed_by(statement),
        project=project,
    )
