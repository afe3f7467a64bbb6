"""The map of a demo project: process tree, owners, roster, decisions and assumptions."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from governance.choices import Affiliation, Criticality, ProcessLevel, Role, Ruling
from governance.models import (
    Assumption,
    AssumptionRuling,
    BusinessProcess,
    Decision,
    DecisionOutcome,
    Department,
    Ownership,
    Person,
    Project,
    User,
)
from governance.services.projects import open_project
from readiness.management.demo.cast import Cast, join_project
from readiness.management.demo.names import (
    DEPARTMENT_SIZES,
    DEPARTMENTS,
    FIRST,
    LAST,
    PROCESSES,
    SITES,
    ProcessPlan,
)
from readiness.management.demo.plans import TIME_ZONE, Stage, at

QUESTIONS = (
    "Who approves a price below the agreed margin?",
    "Do we keep the old item numbers?",
    "Which company pays the freight between plants?",
    "May a shift leader release a blocked batch?",
    "How many decimals does a stock count show?",
    "Who may change a supplier's bank account?",
    "Do we close the month on day three or day five?",
    "Which customers move to electronic invoices first?",
    "Is the old credit limit taken over or set anew?",
    "Who owns the list of reason codes?",
    "Does subcontracted stock count as ours?",
    "Which labels does the Porto site print?",
    "Do field engineers book time by phone?",
    "Is a negative stock ever allowed?",
)
ASSUMED = (
    "Returns are always credited to the original invoice.",
    "Every plant counts stock once a quarter.",
    "Payment runs happen on Thursdays.",
    "Quality releases a lot within one shift.",
    "No order has more than one delivery address.",
    "Project budgets are approved by the controller alone.",
    "The interface to the bank is polled once an hour.",
    "Warranty claims older than two years are refused.",
)

LEAVER = 56


@dataclass(slots=True)
class Mapped:
    """A demo project with the rows that the fact builders hang theirs on."""

    stage: Stage
    project: Project
    plans: tuple[ProcessPlan, ...]
    roots: dict[str, BusinessProcess]
    areas: list[tuple[ProcessPlan, BusinessProcess, str]]
    people: list[Person]
    holders: dict[str, list[Person]] = field(default_factory=dict)
    turns: Counter[int | None] = field(default_factory=Counter)

    def take_turn(self, root_id: int | None) -> int:
        """Return whose turn it is to test in a process: 0, 1, 2 …"""
        self.turns[root_id] += 1
        return self.turns[root_id] - 1


def draw_map(stage: Stage, cast: Cast) -> Mapped:
    """Write a project with its tree, owners and roster."""
    plan = stage.plan
    project = open_project(
        organisation=cast.client,
        name=plan.name,
        slug=plan.slug,
        go_live_date=stage.go_live_date,
        opened_at=stage.opened_at,
        from_platform=plan.from_platform,
        to_platform=plan.to_platform,
        time_zone=TIME_ZONE,
        phase=plan.phase,
        start_date=stage.opened_at.date(),
    )
    join_project(cast, project, started_at=stage.opened_at)
    start = sum(map(ord, plan.slug)) % len(PROCESSES) if plan.processes < len(PROCESSES) else 0
    plans = tuple(PROCESSES[(start + index) % len(PROCESSES)] for index in range(plan.processes))
    roots, areas = _grow_tree(stage, project, plans)
    _appoint_owners(stage, cast, project, roots)
    people = _hire(stage, cast, project)
    return Mapped(stage, project, plans, roots, areas, people)


def _node(stage: Stage, project: Project, code: str, name: str, level: str) -> BusinessProcess:
    return BusinessProcess(
        organisation_id=project.organisation_id,
        project=project,
        code=code,
        name=name,
        level=level,
        source="demo",
        recorded_at=stage.opened_at,
    )


def _grow_tree(
    stage: Stage, project: Project, plans: tuple[ProcessPlan, ...]
) -> tuple[dict[str, BusinessProcess], list[tuple[ProcessPlan, BusinessProcess, str]]]:
    roots = {
        plan.code: _node(stage, project, plan.code, plan.name, ProcessLevel.END_TO_END)
        for plan in plans
    }
    for plan in plans:
        grade = Criticality.CRITICAL if plan.critical else Criticality.MEDIUM
        roots[plan.code].criticality = grade
    BusinessProcess.objects.bulk_create(roots.values())
    for root in roots.values():
        root.accountable = root
    BusinessProcess.objects.bulk_update(roots.values(), ["accountable"])
    areas = []
    for plan in plans:
        for number, (name, thing) in enumerate(plan.areas, start=1):
            area = _node(stage, project, f"{plan.code}.{number}0", name, ProcessLevel.AREA)
            area.parent = area.accountable = roots[plan.code]
            area.criticality = roots[plan.code].criticality
            areas.append((plan, area, thing))
    BusinessProcess.objects.bulk_create(area for _, area, _ in areas)
    return roots, areas


def _appoint_owners(
    stage: Stage, cast: Cast, project: Project, roots: dict[str, BusinessProcess]
) -> None:
    owned = round(stage.plan.owned * len(roots))
    rows = []
    for number, root in enumerate(list(roots.values())[:owned]):
        place = number + stage.plan.first_owner
        root.owner = cast.owners[place % len(cast.owners)]
        if number != owned - 1 or stage.plan.owned == 1:
            root.deputy = cast.owners[(place + 3) % len(cast.owners)]
        moment = stage.opened_at + timedelta(days=3 + 4 * number)
        rows.append(
            Ownership(
                organisation_id=project.organisation_id,
                project=project,
                process=root,
                owner=root.owner,
                deputy=root.deputy,
                assigned_by=cast.sponsor,
                assigned_at=moment,
                recorded_at=moment,
            )
        )
    Ownership.objects.bulk_create(rows)
    BusinessProcess.objects.bulk_update(roots.values(), ["owner", "deputy"])


def _hire(stage: Stage, cast: Cast, project: Project) -> list[Person]:
    departments = Department.objects.bulk_create(
        Department(
            organisation_id=project.organisation_id, project=project, name=name, manager=manager
        )
        for name, manager in zip(DEPARTMENTS, cast.managers, strict=True)
    )
    seats = [
        department
        for department, size in zip(departments, DEPARTMENT_SIZES, strict=True)
        for _ in range(size)
    ]
    step = len(seats) / stage.plan.people
    tester = cast.leads[Role.BUSINESS_USER]
    people = [
        _person(stage, project, number, seats[int(number * step)], tester)
        for number in range(stage.plan.people)
    ]
    return Person.objects.bulk_create(people)


def _person(
    stage: Stage, project: Project, number: int, department: Department, tester: User
) -> Person:
    name = f"{stage.dice.choice(FIRST)} {stage.dice.choice(LAST)}"
    joined = stage.opened_at.date() - timedelta(days=stage.dice.randrange(60, 4000))
    return Person(
        organisation_id=project.organisation_id,
        project=project,
        external_id=f"H{number + 1:04d}",
        name=tester.name if number == 0 else name,
        account=tester if number == 0 else None,
        department=department,
        site=_site(stage),
        joined_date=joined,
        left_date=stage.today - timedelta(days=20) if number % 57 == LEAVER else None,
        source="demo",
        recorded_at=stage.opened_at,
    )


def _site(stage: Stage) -> str:
    """Return where somebody works: a disciplined project is one site's, half of Orion Halden's."""
    if stage.plan.is_disciplined:
        return SITES[1]
    return stage.dice.choice((SITES[0], *SITES))


def raise_questions(mapped: Mapped, cast: Cast, *, count: int, answered: int) -> None:
    """Write decisions, the first of them answered, the others open and overdue."""
    stage, project = mapped.stage, mapped.project
    roots = list(mapped.roots.values())
    for number, title in enumerate(QUESTIONS[:count]):
        raised = at(stage.today - timedelta(days=100 - 6 * number), 10)
        decision = Decision.objects.create(
            organisation_id=project.organisation_id,
            project=project,
            code=f"D-{number + 1:02d}",
            title=title,
            raised_by=cast.consultants[number % 4].name,
            raised_affiliation=Affiliation.PARTNER,
            raised_at=raised,
            decider=cast.owners[number % len(cast.owners)],
            due_date=raised.date() + timedelta(days=10),
            blocks_go_live=number % 3 == 0,
            recorded_at=raised,
        )
        decision.blocked_processes.add(roots[number % len(roots)])
        if number < answered:
            moment = raised + timedelta(days=2 + number % 9)
            DecisionOutcome.objects.create(
                organisation_id=project.organisation_id,
                project=project,
                decision=decision,
                outcome="Yes, from the first day on.",
                decided_by=cast.owners[number % len(cast.owners)],
                decided_affiliation=Affiliation.CLIENT,
                decided_at=moment,
                recorded_at=moment,
            )


def note_assumptions(mapped: Mapped, cast: Cast, *, count: int, ratified: int) -> None:
    """Write what the consultants assumed; the first ones were ratified by an owner."""
    stage, project = mapped.stage, mapped.project
    roots = list(mapped.roots.values())
    for number, statement in enumerate(ASSUMED[:count]):
        raised = at(stage.today - timedelta(days=70 - 7 * number), 11)
        assumption = Assumption.objects.create(
            organisation_id=project.organisation_id,
            project=project,
            code=f"A-{number + 1:02d}",
            statement=statement,
            made_by=cast.consultants[number % 4].name,
            raised_at=raised,
            due_date=raised.date() + timedelta(days=7),
            recorded_at=raised,
        )
        assumption.blocked_processes.add(roots[number % len(roots)])
        if number < ratified:
            moment = raised + timedelta(days=4)
            AssumptionRuling.objects.create(
                organisation_id=project.organisation_id,
                project=project,
                assumption=assumption,
                ruling=Ruling.RATIFIED,
                ruled_by=cast.owners[number % len(cast.owners)],
                ruled_at=moment,
                recorded_at=moment,
            )
