"""Note which scenarios rest on an assumption: what has to be done anew where it is wrong."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import DependentKind, Ruling
from governance.models import Assumption, Dependency, User
from governance.record.witnessing import witness_all
from governance.services.dependents import known_dependents
from governance.services.marks import mark_projects


class AssumptionRefused(Exception):
    """Say why an assumption or a word on it was not taken; `field` names what to mend."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        """Keep the sentence and the field."""
        super().__init__(sentence)
        self.field = field


@transaction.atomic
def note_resting(
    *, assumption: Assumption, scenarios: Collection[str], noted_by: User, noted_at: datetime
) -> list[Dependency]:
    """Write which scenarios rest on an assumption; what is noted already stays as it is.

    :raises AssumptionRefused: the project does not know one, or an owner found it wrong.
    """
    held = Assumption.objects.select_for_update(of=("self",)).get(pk=assumption.pk)
    newest = held.rulings.order_by("ruled_at", "pk").last()
    if newest is not None and newest.ruling != Ruling.RATIFIED:
        raise AssumptionRefused(_("An owner found it wrong; nothing new rests on it."))
    rows = write_resting(held, scenarios=scenarios, noted_by=noted_by, noted_at=noted_at)
    if rows:
        mark_projects(project_ids=[held.project_id])
        witness_all(rows, actor=noted_by)
    return rows


def write_resting(
    assumption: Assumption, *, scenarios: Collection[str], noted_by: User, noted_at: datetime
) -> list[Dependency]:
    """Write the rows; the caller marks the project and witnesses them.

    :raises AssumptionRefused: as `note_resting`.
    """
    kind = DependentKind.SCENARIO
    known = known_dependents(assumption.project, kind=kind, codes=scenarios)
    unknown = [code for code in scenarios if code not in known]
    if unknown:
        message = _("This project knows no scenario %(what)s.") % {"what": ", ".join(unknown)}
        raise AssumptionRefused(message, field="scenarios")
    there = set(assumption.dependencies.filter(kind=kind).values_list("code", flat=True))
    return [
        Dependency.objects.create(
            organisation_id=assumption.organisation_id,
            project_id=assumption.project_id,
            assumption=assumption,
            kind=kind,
            code=code,
            noted_by=noted_by,
            noted_at=noted_at,
        )
        for code in dict.fromkeys(scenarios)
        if code not in there
    ]
