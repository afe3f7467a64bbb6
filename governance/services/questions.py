"""What raising a decision and writing an assumption have in common."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from governance.choices import Affiliation
from governance.models import (
    Assumption,
    BusinessProcess,
    Decision,
    DecisionOutcome,
    Project,
    User,
)
from governance.querysets import FactQuerySet


class DecisionRefused(Exception):
    """Say why a question or its answer was not taken; `field` names what to mend, if one does."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


def affiliation_of(user: User) -> str:
    """Return for whom an account acts."""
    return Affiliation.PARTNER if user.is_partner else Affiliation.CLIENT


def refuse_foreign(
    project: Project, *, blocked: Collection[BusinessProcess], refusal: type[Exception]
) -> None:
    """Refuse processes of another project, with the caller's own exception."""
    if any(process.project_id != project.pk for process in blocked):
        raise refusal(_("Choose processes of this project."))


def free_code(
    project: Project, *, letter: str, rows: FactQuerySet[Decision] | FactQuerySet[Assumption]
) -> str:
    """Return the next code nobody uses, such as D-017; the project is locked meanwhile."""
    Project.objects.select_for_update().get(pk=project.pk)
    taken = set(rows.values_list("code", flat=True))
    number = len(taken) + 1
    while f"{letter}-{number:03d}" in taken:
        number += 1
    return f"{letter}-{number:03d}"


def lock_open(decision: Decision, *others: Decision) -> Decision:
    """Return a decision that is open, locked until the transaction ends; `others` as well.

    Whoever answers, replaces or adds to one waits here for whoever came first.

    :raises DecisionRefused: one of them is decided, or another took its place.
    """
    keys = {decision.pk, *(each.pk for each in others)}
    rows = Decision.objects.filter(project=decision.project_id, pk__in=keys)
    held = {
        row.pk: row
        for row in rows.select_for_update(of=("self",), no_key=True)
        .select_related("project", "decider")
        .order_by("pk")
    }
    for row in held.values():
        refuse_closed(row)
    if decision.pk not in held:
        raise DecisionRefused(_("This decision came with an import that was undone."))
    return held[decision.pk]


def refuse_closed(decision: Decision) -> None:
    """Refuse a decision that is decided, or that another one took the place of.

    :raises DecisionRefused: it is.
    """
    successor = Decision.objects.filter(supersedes=decision).first()
    if successor is not None:
        message = _("%(code)s was replaced by %(successor)s.")
        raise DecisionRefused(message % {"code": decision.code, "successor": successor.code})
    outcome = settling_outcome(decision)
    if outcome is not None and outcome.decided_by is not None:
        message = _(
            "%(code)s is decided already, by %(name)s. An outcome is never edited: raise a"
            " decision that takes its place."
        )
        raise DecisionRefused(message % {"code": decision.code, "name": outcome.decided_by.name})


def settling_outcome(decision: Decision) -> DecisionOutcome | None:
    """Return the outcome by which the client decided first; None while it is open."""
    outcomes = DecisionOutcome.objects.filter(
        decision=decision, decided_affiliation=Affiliation.CLIENT
    )
    return outcomes.select_related("decided_by").order_by("decided_at", "pk").first()
