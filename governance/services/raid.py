"""Keep risks, issues and dependencies: write one down, change it, confirm it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import NoticeKind, RaidKind, RaidState
from governance.models import (
    Participation,
    Project,
    ProviderConfirmation,
    RaidChange,
    RaidItem,
    User,
)
from governance.outbox import settle
from governance.record.witnessing import witness
from governance.services.marks import mark_projects

LETTERS = {RaidKind.RISK: "R", RaidKind.ISSUE: "I", RaidKind.DEPENDENCY: "X"}
NOUN = "raid"


class RaidRefused(Exception):
    """Say why a risk, an issue or a dependency was not taken, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class RaidEntry:
    """What somebody writes down; a dependency names who provides it, and by when."""

    kind: str
    title: str
    detail: str = ""
    impact: str = ""
    probability: str = ""
    mitigation: str = ""
    provider: str = ""
    owner: User | None = None
    due_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaidUpdate:
    """What became of it: how it stands now, why, and who owns it if somebody else does."""

    state: str
    note: str
    owner: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderWord:
    """What the provider's person said: what comes by when."""

    promised_date: date
    confirmed_by: str
    note: str = ""


@transaction.atomic
def write_item(
    *, project: Project, entry: RaidEntry, written_by: User, written_at: datetime
) -> RaidItem:
    """Write a risk, an issue or a dependency down, under the project's next free code.

    :raises RaidRefused: a dependency names no provider, or the owner is not the client's.
    """
    if entry.kind == RaidKind.DEPENDENCY and not entry.provider.strip():
        raise RaidRefused(_("Say who provides it."), field="provider")
    _refuse_foreign_owner(project, entry.owner)
    row = RaidItem.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        code=_free_code(project, letter=LETTERS[RaidKind(entry.kind)]),
        kind=entry.kind,
        title=entry.title,
        detail=entry.detail,
        impact=entry.impact,
        probability=entry.probability,
        mitigation=entry.mitigation,
        provider=entry.provider.strip() if entry.kind == RaidKind.DEPENDENCY else "",
        owner=entry.owner,
        due_date=entry.due_date,
        raised_by=written_by.name,
        raised_at=written_at,
    )
    mark_projects(project_ids=[project.pk])
    witness(row, actor=written_by)
    return row


def _free_code(project: Project, *, letter: str) -> str:
    """Return the next code nobody ever used; the project is locked meanwhile."""
    Project.objects.select_for_update().get(pk=project.pk)
    rows = RaidItem._base_manager.filter(project=project, code__startswith=f"{letter}-")
    taken = set(rows.values_list("code", flat=True))
    number = len(taken) + 1
    while f"{letter}-{number:03d}" in taken:
        number += 1
    return f"{letter}-{number:03d}"


def _refuse_foreign_owner(project: Project, owner: User | None) -> None:
    """Accept only an open account of the client that takes part in the project.

    :raises RaidRefused: it is another's.
    """
    if owner is None:
        return
    if owner.is_partner or owner.organisation_id != project.organisation_id:
        sentence = _("%(name)s works for %(organisation)s. A partner never owns.")
        names = {"name": owner.name, "organisation": owner.organisation.name}
        raise RaidRefused(sentence % names, field="owner")
    seats = Participation.objects.filter(user=owner, project=project, ended_at__isnull=True)
    if not owner.is_active or not seats.exists():
        sentence = _("%(name)s does not take part in this project yet.")
        raise RaidRefused(sentence % {"name": owner.name}, field="owner")


@transaction.atomic
def change_item(
    *, item: RaidItem, update: RaidUpdate, changed_by: User, changed_at: datetime
) -> RaidChange:
    """Write what became of an item: closed, open again, somebody else's, or a note alone.

    The note of a new owner begins with an arrow and the name, the same in every language.

    :raises RaidRefused: there is no note, the owner is not the client's, or it is said to
        have happened before it was raised.
    """
    note = update.note.strip()
    if not note:
        raise RaidRefused(_("Say what happened."), field="note")
    if changed_at < item.raised_at:
        raise RaidRefused(_("That is before it was raised."))
    held = RaidItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if update.owner is not None and update.owner.pk != held.owner_id:
        _refuse_foreign_owner(held.project, update.owner)
        held.owner = update.owner
        note = f"→ {update.owner.name}: {note}"
    held.state = update.state
    held.save(update_fields=["state", "owner"])
    row = RaidChange.objects.create(
        organisation_id=held.organisation_id,
        project_id=held.project_id,
        item=held,
        state=update.state,
        note=note,
        changed_by=changed_by,
        changed_at=changed_at,
    )
    if update.state == RaidState.CLOSED:
        _settle(held, settled_at=changed_at)
    mark_projects(project_ids=[held.project_id])
    witness(row, actor=changed_by)
    return row


@transaction.atomic
def confirm(
    *, item: RaidItem, word: ProviderWord, noted_by: User, confirmed_at: datetime, now: datetime
) -> ProviderConfirmation:
    """Write that the provider of a dependency said, by name, by when it comes.

    :raises RaidRefused: it is no open dependency, nobody is named, the word is from the
        future, or somebody of a partner notes it.
    """
    if noted_by.is_partner or noted_by.organisation_id != item.organisation_id:
        raise RaidRefused(_("The client's own people ask the provider and write the answer down."))
    held = RaidItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if held.kind != RaidKind.DEPENDENCY:
        raise RaidRefused(_("Only a dependency is confirmed by a provider."))
    if held.state != RaidState.OPEN:
        raise RaidRefused(_("It is closed. Open it again first."))
    if not word.confirmed_by.strip():
        raise RaidRefused(_("Name the provider's person who said so."), field="confirmed_by")
    if confirmed_at > now:
        raise RaidRefused(_("That day lies in the future."), field="confirmed_date")
    row = ProviderConfirmation.objects.create(
        organisation_id=held.organisation_id,
        project_id=held.project_id,
        item=held,
        promised_date=word.promised_date,
        confirmed_by=word.confirmed_by.strip(),
        note=word.note,
        noted_by=noted_by,
        confirmed_at=confirmed_at,
    )
    _settle(held, settled_at=now)
    mark_projects(project_ids=[held.project_id])
    witness(row, actor=noted_by)
    return row


def _settle(item: RaidItem, *, settled_at: datetime) -> None:
    settle(
        project=item.project,
        noun=NOUN,
        subject_id=item.public_id,
        settled_at=settled_at,
        kinds=[NoticeKind.CONFIRMATION_STALE],
    )
