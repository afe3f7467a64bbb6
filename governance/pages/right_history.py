"""Who was given which decision right, and how it went from hand to hand."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance.models import DecisionRight, Project
from governance.pages.delegations import moment_words

MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class RightRow:
    """One right in words; `ended` is empty while it holds."""

    right: DecisionRight
    where: str
    given: str
    ended: str


def right_history(project: Project) -> list[RightRow]:
    """Return the rights that were given last, the newest first."""
    rows = DecisionRight.objects.filter(project=project).select_related(
        "process", "decider", "given_by", "end__ended_by", "end__successor__decider"
    )
    return list(map(right_row, rows.order_by("-given_at", "-pk")[:MOST_ROWS]))


def right_row(right: DecisionRight) -> RightRow:
    """Return one right in words."""
    where = str(right.process) if right.process else _("Every process")
    told = {"name": right.given_by.name, "at": moment_words(right.given_at)}
    return RightRow(right, where, _("given by %(name)s, %(at)s") % told, _ended(right))


def _ended(right: DecisionRight) -> str:
    end = getattr(right, "end", None)
    if end is None:
        return ""
    told = {
        "name": end.ended_by.name,
        "at": moment_words(end.ended_at),
        "why": end.reason,
        "next": end.successor.decider.name if end.successor else "",
    }
    if end.successor:
        return _("Went to %(next)s, %(at)s, by %(name)s: %(why)s") % told
    return _("Ended by %(name)s, %(at)s: %(why)s") % told
