"""Replace a partner or a consultant by a decision on record, and hand over what they held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import HeldKind, NoticeKind
from governance.models import Decision, Handover, HeldItem, Project, Replacement, User
from governance.outbox import News, settle, tell
from governance.record.witnessing import witness, witness_all
from governance.services.decisions import (
    Answer,
    DecisionRefused,
    Question,
    decide,
    raise_decision,
)
from governance.services.freezing import refuse_while_frozen
from governance.services.marks import mark_projects
from governance.services.seating import (
    holds_executive_seat,
    is_project_manager,
    project_managers_of,
)
from readiness.services.holdings import Held, Party, held_by


class ReplacementRefused(Exception):
    """Say why a replacement or a handover was not recorded; `field` names what to mend."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        """Keep the sentence and the field."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """Who leaves, why, until when they work, and what they know that stands in no list.

    `decision` is one that was taken before; without it this is the decision.
    """

    party: Party
    reason: str
    leaves_date: date
    knowledge: tuple[str, ...] = ()
    decision: Decision | None = None


@transaction.atomic
def replace_party(
    *, project: Project, parting: Parting, replaced_by: User, replaced_at: datetime
) -> Replacement:
    """Write a replacement with everything the party holds now, so that each is handed over.

    :raises ReplacementRefused: no executive asks, the party does not work in the project or
        was replaced before, there is no reason, or the decision is open or another's.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    refuse_while_frozen(project, refusal=ReplacementRefused)
    _refuse_parting(project, parting, replaced_by)
    held = [*held_by(parting.party, project=project), *_typed(parting.knowledge)]
    row = Replacement.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        decision=parting.decision or _decided(project, parting, replaced_by, replaced_at),
        partner=parting.party.partner,
        consultant=parting.party.consultant,
        reason=parting.reason.strip(),
        leaves_date=parting.leaves_date,
        replaced_by=replaced_by,
        replaced_at=replaced_at,
    )
    items = HeldItem.objects.bulk_create(_items(row, held))
    if items:
        _tell_managers(row, at=replaced_at)
    mark_projects(project_ids=[project.pk])
    witness(row, actor=replaced_by)
    witness_all(HeldItem.objects.filter(replacement=row), actor=replaced_by)
    return row


def _refuse_parting(project: Project, parting: Parting, replaced_by: User) -> None:
    if not holds_executive_seat(replaced_by, project=project):
        raise ReplacementRefused(_("Only the sponsor or a steering member replaces a partner."))
    if not parting.reason.strip():
        raise ReplacementRefused(_("Say why."), field="reason")
    party = parting.party
    if not party.accounts(project) or not project.partners.filter(pk=party.partner.pk).exists():
        raise ReplacementRefused(_("They do not work in this project."), field="party")
    before = Replacement.objects.filter(project=project, partner=party.partner)
    if before.concerning(party.consultant).exists():
        raise ReplacementRefused(_("They were replaced before."), field="party")
    decision = parting.decision
    if decision is None:
        return
    known = Decision.objects.filter(project=project, pk=decision.pk).answered()
    if not known.exists() or Replacement.objects.filter(decision=decision).exists():
        unfit = _("Choose a decision that was taken, and that replaced nobody else.")
        raise ReplacementRefused(unfit, field="decision")


def _decided(project: Project, parting: Parting, by: User, at: datetime) -> Decision:
    """Return the decision that replaces the party, raised and taken in this moment."""
    name = parting.party.name
    question = Question(title=f"Replace {name}", decider=by)
    try:
        decision = raise_decision(project=project, question=question, raised_by=by, raised_at=at)
        answer = Answer(outcome=f"{name} is replaced.", reason=parting.reason.strip())
        decide(decision=decision, answer=answer, decided_by=by, decided_at=at)
    except DecisionRefused as refused:
        raise ReplacementRefused(str(refused)) from refused
    return decision


def _typed(knowledge: Iterable[str]) -> list[Held]:
    lines = (line.strip() for line in knowledge)
    return [Held(kind=HeldKind.KNOWLEDGE, title=line) for line in lines if line]


def _items(row: Replacement, held: Iterable[Held]) -> list[HeldItem]:
    return [
        HeldItem(
            organisation_id=row.organisation_id,
            project_id=row.project_id,
            replacement=row,
            kind=each.kind,
            code=each.code,
            title=each.title,
            due_date=each.due_date,
        )
        for each in held
    ]


def _tell_managers(row: Replacement, *, at: datetime) -> None:
    """Tell the project managers that there is something to hand over."""
    news = News(
        kind=NoticeKind.HANDOVER_WAITS,
        noun="replacement",
        subject_id=row.public_id,
        title=row.decision.title,
        key=f"replacement:{row.public_id}:handover",
        happened_at=at,
    )
    tell(news, accounts=project_managers_of(row.project), project=row.project)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """Who takes something over, and what has to be known about it."""

    taken_by: User
    note: str = ""


@transaction.atomic
def hand_over(*, item: HeldItem, taking: Taking, noted_by: User, taken_at: datetime) -> Handover:
    """Write who took over one thing; it is taken over once.

    :raises ReplacementRefused: it was taken before, whoever takes it does not work here or
        leaves too, or whoever notes it is neither executive, project manager nor the taker.
    """
    HeldItem.objects.select_for_update().get(pk=item.pk)
    _refuse_taking(item, taking.taken_by, noted_by)
    row = Handover.objects.create(
        organisation_id=item.organisation_id,
        project_id=item.project_id,
        item=item,
        taken_by=taking.taken_by,
        note=taking.note.strip(),
        noted_by=noted_by,
        taken_at=taken_at,
    )
    replacement = item.replacement
    if not replacement.held.waiting().exists():
        settle(
            project=replacement.project,
            noun="replacement",
            subject_id=replacement.public_id,
            settled_at=taken_at,
        )
    mark_projects(project_ids=[item.project_id])
    witness(row, actor=noted_by)
    return row


def _refuse_taking(item: HeldItem, taken_by: User, noted_by: User) -> None:
    project = item.project
    if Handover.objects.filter(item=item).exists():
        raise ReplacementRefused(_("Somebody took this over before."))
    takes_it = noted_by == taken_by and not noted_by.is_partner
    may_note = takes_it or is_project_manager(noted_by, project=project)
    if not (may_note or holds_executive_seat(noted_by, project=project)):
        raise ReplacementRefused(_("Who takes it over notes it, or the project manager."))
    if not User.objects.working_in(project).filter(pk=taken_by.pk).exists():
        raise ReplacementRefused(_("They do not work in this project."), field="taken_by")
    gone = Replacement.objects.filter(project=project, partner_id=taken_by.organisation_id)
    if gone.concerning(taken_by).exists():
        raise ReplacementRefused(_("They leave, too. Choose somebody who stays."), field="taken_by")
