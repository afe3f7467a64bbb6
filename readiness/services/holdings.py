"""What a partner, or one consultant of it, holds in a project now."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from governance.choices import HeldKind
from governance.models import (
    Assumption,
    BusinessProcess,
    Decision,
    Organisation,
    Project,
    Replacement,
    User,
)
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
    held = [each for _name, each in _listed(accounts, project=project)]
    return [*held, *_known_to_them_alone([each.pk for each in accounts], project=project)]


def held_in_name(project: Project) -> dict[str, Counter[HeldKind]]:
    """Return name -> how much is listed in it, for each account of a partner that takes part.

    Who was replaced is left out. A few queries, however many they are.
    """
    gone = Replacement.objects.filter(project=project)
    partners = project.partners.exclude(pk__in=gone.concerning(None).values("partner_id"))
    working = User.objects.working_in(project).filter(organisation__in=partners)
    accounts = list(working.exclude(pk__in=gone.of_one_each().values("consultant_id")))
    found: dict[str, Counter[HeldKind]] = {}
    for name, each in _listed(accounts, project=project):
        found.setdefault(name, Counter())[each.kind] += 1
    return found


def _listed(accounts: Collection[User], *, project: Project) -> Iterator[tuple[str, Held]]:
    """Yield in whose name each thing is listed: what they assumed, asked and own."""
    names = [account.name for account in accounts]
    ids = [account.pk for account in accounts]
    open_ones = Assumption.objects.filter(project=project).waiting()
    for guess in open_ones.made_by_party(ids, names=names).order_by("raised_at", "pk"):
        yield (
            guess.made_by,
            Held(
                kind=HeldKind.ASSUMPTION,
                code=guess.code,
                title=guess.statement[:LONGEST_TITLE],
                due_date=guess.due_date,
            ),
        )
    asked = Decision.objects.filter(project=project).waiting().by_partner()
    for row in asked.filter(raised_by__in=names).order_by("raised_at", "pk"):
        held = Held(kind=HeldKind.DECISION, code=row.code, title=row.title, due_date=row.due_date)
        yield row.raised_by, held
    owned = Defect.objects.filter(project=project).open().filter(owner_name__in=names)
    for flaw in owned.worst_first():
        held = Held(
            kind=HeldKind.DEFECT, code=flaw.code, title=flaw.title, due_date=flaw.fix_due_date
        )
        yield flaw.owner_name, held


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
