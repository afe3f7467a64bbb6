"""Write down what has to stand on page one: a reservation, or a note marked as one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import NoticeKind
from governance.models import Caveat, Project, User
from governance.outbox import News, tell
from governance.permissions import STATUS_ROLES
from governance.record.witnessing import witness
from governance.services.marks import mark_projects

LONGEST_CAVEAT = 1000
LONGEST_TITLE = 400
LONGEST_TOLD = 200


class CaveatRefused(Exception):
    """Say why a caveat was not written or resolved; `field` names what is wrong."""

    def __init__(self, field: str, sentence: str) -> None:
        """Keep the field that is wrong beside the sentence."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class CaveatSource:
    """The row whose note a caveat is: its noun and identifier as in pages.places, its title."""

    noun: str
    id: UUID | str
    title: str


@transaction.atomic
def write_caveat(
    *,
    project: Project,
    text: str,
    writer: User,
    written_at: datetime,
    source: CaveatSource | None = None,
) -> Caveat:
    """Write a caveat, which stands on page one until it is resolved; tell who reports the status.

    Whoever may write the note may mark it: the service of the note asks for the right. The
    same note of the same row is a caveat once.

    :raises CaveatRefused: empty or too long.
    """
    words = text.strip()
    if not words:
        raise CaveatRefused("text", _("Say in a sentence what the reader has to know."))
    if len(words) > LONGEST_CAVEAT:
        longest = _("A caveat has %(number)s characters at most.") % {"number": LONGEST_CAVEAT}
        raise CaveatRefused("text", longest)
    before = _same_note(project, words, source)
    if before:
        return before
    row = Caveat.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        text=words,
        source_noun=source.noun if source else "",
        source_id=str(source.id) if source else "",
        source_title=source.title[:LONGEST_TITLE] if source else "",
        written_by=writer,
        written_at=written_at,
    )
    tell_caveat(row)
    mark_projects(project_ids=[project.pk])
    witness(row, actor=writer)
    return row


def _same_note(project: Project, words: str, source: CaveatSource | None) -> Caveat | None:
    if source is None:
        return None
    notes = Caveat.objects.filter(project=project, text=words)
    return notes.filter(source_noun=source.noun, source_id=str(source.id)).first()


def tell_caveat(caveat: Caveat) -> None:
    """Tell the executives and the project manager, but for whoever wrote it."""
    project = caveat.project
    readers = User.objects.holding(STATUS_ROLES, project=project)
    tell(
        News(
            kind=NoticeKind.CAVEAT_WRITTEN,
            noun="caveat",
            subject_id=caveat.public_id,
            title=caveat.text[:LONGEST_TOLD],
            key=f"caveat:{caveat.public_id}",
            happened_at=caveat.written_at,
        ),
        accounts=readers.exclude(pk=caveat.written_by_id),
        project=project,
    )
