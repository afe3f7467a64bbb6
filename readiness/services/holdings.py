"""What a partner, or one consultant of it, holds in a project now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from governance.choices import HeldKind
from governance.models import Assumption, BusinessProcess, Decision, Organisation, Project, User
from uat.models import Defect, Scenario

LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class Party:
    """Who leaves: a partner whole, or one consultant of it."""

    partner: Organisation
    consultant: User | None = None

    @property
    def name(self) -> str:
        """Return who it is."""
        return f"{self.consultant.name} ({self.partner})" if self.consultant else str(self.partner)

    def accounts(self, project: Project) -> list[User]:
        """Return the accounts of the party that ever took part in a project."""
        if self.consultant is not None:
            return [self.consultant]
        took_part = User.objects.filter(organisation=self.partner, participations__project=project)
        return list(took_part.distinct().order_by("name"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One thing that a party holds."""

    kind: HeldKind
    title: str
    code: str = ""
    due_date: date | None = None


def held_by(party: Party, *, project: Project) -> list[Held]:
    """Return what a party holds: what it assumed, asked, owns, and what only it has run."""
    accounts = party.accounts(project)
    names = [account.name for account in accounts]
    ids = [account.pk for account in accounts]
    assumed = Assumption.objects.filter(project=project).waiting().made_by_party(ids, names=names)
    asked = Decision.objects.filter(project=project).waiting().by_partner()
    owned = Defect.objects.filter(project=project).open().filter(owner_name__in=names)
    return [
        *(
            Held(
                kind=HeldKind.ASSUMPTION,
                code=row.code,
                title=row.statement[:LONGEST_TITLE],
                due_date=row.due_date,
            )
            for row in assumed.order_by("raised_at", "pk")
        ),
        *(
            Held(kind=HeldKind.DECISION, code=row.code, title=row.title, due_date=row.due_date)
            for row in asked.filter(raised_by__in=names).order_by("raised_at", "pk")
        ),
        *(
            Held(kind=HeldKind.DEFECT, code=row.code, title=row.title, due_date=row.fix_due_date)
            for row in owned.worst_first()
        ),
        *_known_to_them_alone(ids, project=project),
    ]


def _known_to_them_alone(account_ids: list[int], *, project: Project) -> list[Held]:
    """Return the processes whose scenarios only the party has ever run: knowledge of it alone."""
    scenarios = Scenario.objects.filter(project=project).in_scope()
    number: Counter[int | None] = Counter()
    for row in scenarios.unrun().run_by(account_ids).coverage():
        number[row.process_id] += row.due
    processes = BusinessProcess.objects.filter(project=project).in_bulk([pk for pk in number if pk])
    return [
        Held(
            kind=HeldKind.KNOWLEDGE,
            code=processes[pk].code,
            title=ngettext(
                "%(process)s: %(number)s scenario that only they have run",
                "%(process)s: %(number)s scenarios that only they have run",
                count,
            )
            % {"process": processes[pk].name, "number": count},
        )
        for pk, count in number.items()
        if pk in processes
    ]
