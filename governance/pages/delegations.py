"""Who may sign in an owner's place, from and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.models import BusinessProcess, Delegation, Project
from governance.pages.trail import Step, trail_of


class DelegationState(TextChoices):
    """Say whether a delegation lets somebody sign at a moment."""

    HOLDS = "HOLDS", gettext_lazy("Signs now")
    COMING = "COMING", gettext_lazy("Not yet")
    OVER = "OVER", gettext_lazy("Over")
    ENDED = "ENDED", gettext_lazy("Ended early")


_TONES = {
    DelegationState.HOLDS: ("good", "circle-check"),
    DelegationState.COMING: ("quiet", "circle-dashed"),
    DelegationState.OVER: ("quiet", "history"),
    DelegationState.ENDED: ("quiet", "hand-stop"),
}


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """One delegation in words; `end_href` where it can still be ended."""

    delegation: Delegation
    state: DelegationState
    window: str
    process_href: str
    end_href: str
    ended: str

    @property
    def tone(self) -> str:
        """Return the tone of its state."""
        return _TONES[self.state][0]

    @property
    def shape(self) -> str:
        """Return the icon of its state."""
        return _TONES[self.state][1]


@dataclass(frozen=True, slots=True)
class DelegationList:
    """Every delegation of a project, the one that ends last first."""

    rows: list[DelegationRow]
    answer: str
    trail: list[Step]


def delegation_list(project: Project, *, at: datetime) -> DelegationList:
    """Return who may sign in an owner's place, and who could."""
    held = Delegation.objects.filter(project=project).newest_first()
    fetched = held.select_related("process", "delegate", "appointed_by", "end__ended_by")
    rows = [delegation_row(each, project=project, at=at) for each in fetched]
    owners = Step(_("Owners"), reverse("governance:owner-list", args=[project.public_id]))
    return DelegationList(rows, _answer(rows), trail_of(project, owners, _("Delegations")))


def delegation_row(held: Delegation, *, project: Project, at: datetime) -> DelegationRow:
    """Return one delegation as it stands at a moment; `end` was fetched with it."""
    state = state_of(held, at=at)
    goes_on = state in (DelegationState.HOLDS, DelegationState.COMING)
    names = [project.public_id, held.public_id]
    return DelegationRow(
        delegation=held,
        state=state,
        window=window_text(held),
        process_href=reverse(
            "readiness:process-detail", args=[project.public_id, held.process.public_id]
        ),
        end_href=reverse("governance:delegation-end", args=names) if goes_on else "",
        ended=_ended(held) if state == DelegationState.ENDED else "",
    )


def state_of(held: Delegation, *, at: datetime) -> DelegationState:
    """Return how a delegation stands at a moment; `end` was fetched with it."""
    if hasattr(held, "end"):
        return DelegationState.ENDED
    if held.ends_at <= at:
        return DelegationState.OVER
    return DelegationState.HOLDS if held.starts_at <= at else DelegationState.COMING


def window_text(held: Delegation) -> str:
    """Return from when until when, in the zone in force."""
    moments = {"starts": moment_words(held.starts_at), "ends": moment_words(held.ends_at)}
    return _("%(starts)s until %(ends)s") % moments


def moment_words(moment: datetime) -> str:
    """Return a moment in the zone in force, with the year."""
    return str(date_format(moment.astimezone(get_current_timezone()), "j M Y, H:i"))


def delegates_of(process: BusinessProcess, *, at: datetime) -> list[Delegation]:
    """Return who may sign for a process in its owner's place at a moment."""
    held = Delegation.objects.filter(process=process).holding_at(at)
    return list(held.select_related("delegate", "appointed_by").order_by("ends_at", "pk"))


def who_signs(process: BusinessProcess, delegations: Sequence[Delegation]) -> str:
    """Return who signs or refuses for a process now, by name."""
    if process.owner is None and not delegations:
        return _("Only the owner, once one is named, signs or refuses this process.")
    people = [str(each) for each in (process.owner, process.deputy) if each is not None]
    people += [
        _("%(name)s (delegate until %(ends)s)")
        % {"name": held.delegate, "ends": moment_words(held.ends_at)}
        for held in delegations
    ]
    names = people[0]
    if people[1:]:
        told = {"names": ", ".join(people[:-1]), "last": people[-1]}
        names = _("%(names)s or %(last)s") % told
    return _("Only %(names)s signs or refuses this process.") % {"names": names}


def _ended(held: Delegation) -> str:
    told = {
        "name": held.end.ended_by.name,
        "at": moment_words(held.end.ended_at),
        "reason": held.end.reason,
    }
    return _("Ended by %(name)s on %(at)s: %(reason)s") % told


def _answer(rows: list[DelegationRow]) -> str:
    number = sum(row.state == DelegationState.HOLDS for row in rows)
    if not number:
        return _("Nobody signs in an owner's place now.")
    return ngettext(
        "One person may sign in an owner's place now.",
        "%(number)d delegations let somebody sign in an owner's place now.",
        number,
    ) % {"number": number}
