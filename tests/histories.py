"""A seeded history of one project: everything that is measured, dated at random."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from governance.choices import Affiliation, Criticality, ProcessLevel, Ruling
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
    ProjectMark,
    User,
)
from tests.factories import (
    give_job_role,
    make_change,
    make_course,
    make_defect,
    make_defect_event,
    make_job_role,
    make_person,
    make_process,
    make_project,
    make_record,
    make_run,
    make_scenario,
    make_tester,
    make_user,
)
from training.choices import TrainingResult
from training.models import Course
from training.services.standings import refresh_standings
from uat.choices import DefectState, ExecutionResult, ScenarioClass, Severity, Triage
from uat.models import Scenario
from uat.services.changes import refresh_changed
from uat.services.defects import refresh_defects
from uat.services.executions import refresh_latest

FIRST, LAST = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
CLASSES = [
    ScenarioClass.HAPPY_PATH,
    ScenarioClass.EXCEPTION,
    ScenarioClass.REVERSAL,
    ScenarioClass.EDGE,
    ScenarioClass.REPORT,
    ScenarioClass.UNCLASSIFIED,
]


class History:
    """Write one project's facts from a seed; every moment lies between FIRST and LAST."""

    def __init__(self, *, seed: int) -> None:
        """Open the project and throw the dice."""
        self.dice = random.Random(seed)  # noqa: S311 - a repeatable history is wanted
        zone = self.dice.choice(["UTC", "Europe/Warsaw", "America/Denver", "Asia/Tokyo"])
        self.project = make_project(time_zone=zone)
        self.users = [make_user(organisation=self.project.organisation) for _ in range(3)]

    def write(self) -> Project:
        """Write everything, bring the kept columns up to date, and return the project."""
        nodes = self._processes()
        people = self._people()
        scenarios = self._scenarios(nodes)
        courses = self._courses(nodes, people)
        self.decide(nodes)
        self.own(nodes)
        for _ in range(40):
            self.run(self.dice.choice(scenarios), people)
            self.learn(self.dice.choice(people), self.dice.choice(courses))
        for _ in range(3):
            self.change(nodes)
        for _ in range(8):
            self.break_something(nodes, scenarios)
        refresh_everything(self.project)
        return self.project

    def moment(self) -> datetime:
        """Return a moment of the history, often one that another event has too."""
        return FIRST + (LAST - FIRST) * self.dice.randrange(60) / 60

    def maybe(self) -> bool:
        """Throw a coin."""
        return self.dice.random() < 0.5

    def _processes(self) -> list[BusinessProcess]:
        nodes = []
        for _ in range(3):
            critical = Criticality.CRITICAL if self.maybe() else Criticality.LOW
            root = make_process(project=self.project, criticality=critical)
            nodes.append(root)
            nodes += [
                make_process(
                    project=self.project,
                    parent=root,
                    accountable=root,
                    level=ProcessLevel.AREA,
                    in_scope=self.dice.random() < 0.8,
                )
                for _ in range(2)
            ]
        return nodes

    def _people(self) -> list[Person]:
        names = ("Sales", "Stores")
        departments = [
            Department.objects.create(
                organisation_id=self.project.organisation_id, project=self.project, name=name
            )
            for name in names
        ]
        people = [
            make_person(
                project=self.project,
                department=self.dice.choice([*departments, None]),
                site=self.dice.choice(["North", "South"]),
                left_date=LAST.date() - timedelta(days=3) if self.dice.random() < 0.1 else None,
            )
            for _ in range(8)
        ]
        for person in people[:5]:
            dated = {"from_date": FIRST.date(), "to_date": LAST.date()} if self.maybe() else {}
            make_tester(person=person, **dated)
        return people

    def _scenarios(self, nodes: Sequence[BusinessProcess]) -> list[Scenario]:
        return [
            make_scenario(
                project=self.project,
                process=self.dice.choice([*nodes, None]),
                scenario_class=self.dice.choice(CLASSES),
                in_scope=self.dice.random() < 0.9,
                steps=self.dice.choice(["Do it", ""]),
            )
            for _ in range(20)
        ]

    def _courses(self, nodes: Sequence[BusinessProcess], people: Sequence[Person]) -> list[Course]:
        courses = [
            make_course(
                project=self.project,
                process=self.dice.choice([*nodes, None]),
                version=self.dice.choice("12"),
                has_check=self.maybe(),
            )
            for _ in range(5)
        ]
        roles = [make_job_role(project=self.project, courses=courses[at : at + 3]) for at in (0, 2)]
        for person in people:
            for role in self.dice.sample(roles, self.dice.choice([0, 1, 2])):
                give_job_role(person=person, job_role=role)
        return courses

    def run(
        self, scenario: Scenario, people: Sequence[Person], *, at: datetime | None = None
    ) -> None:
        """Write one run by somebody."""
        make_run(
            scenario=scenario,
            person=self.dice.choice([*people, None]),
            affiliation=self.dice.choice(Affiliation.values),
            result=self.dice.choice(ExecutionResult.values),
            executed_at=self.moment(),
        )

    def learn(self, person: Person, course: Course) -> None:
        """Write one training record."""
        make_record(
            person=person,
            course=course,
            result=self.dice.choice(TrainingResult.values),
            course_version=self.dice.choice("12"),
            happened_at=self.moment(),
        )

    def change(self, nodes: Sequence[BusinessProcess]) -> None:
        """Write one change of the system."""
        process = self.dice.choice([*nodes, *nodes, None])
        make_change(project=self.project, process=process, changed_at=self.moment())

    def break_something(
        self, nodes: Sequence[BusinessProcess], scenarios: Sequence[Scenario]
    ) -> None:
        """Write one defect and what happened to it."""
        defect = make_defect(
            project=self.project,
            process=self.dice.choice([*nodes, None]),
            scenario=self.dice.choice([*scenarios, None]),
            severity=self.dice.choice(Severity.values),
            triage=self.dice.choice(Triage.values),
            owner_name=self.dice.choice(["Ann", ""]),
            fix_due_date=LAST.date(),
            raised_at=FIRST,
        )
        for state in self.dice.sample(DefectState.values[1:], self.dice.randrange(4)):
            make_defect_event(defect=defect, state=state, happened_at=self.moment())

    def decide(self, nodes: Sequence[BusinessProcess]) -> None:
        """Write decisions and assumptions, some of them settled."""
        common = {"organisation_id": self.project.organisation_id, "project": self.project}
        for number in range(6):
            raised_at = self.moment()
            times = {"raised_at": raised_at, "recorded_at": raised_at}
            decision = Decision.objects.create(
                **common, **times, code=f"Q{number}", blocks_go_live=self.maybe()
            )
            decision.blocked_processes.add(self.dice.choice(nodes))
            assumption = Assumption.objects.create(**common, **times, code=f"A{number}")
            assumption.blocked_processes.add(self.dice.choice(nodes))
            if self.maybe():
                self.settle(decision, assumption, at=LAST, by=self.users[0])

    def settle(self, decision: Decision, assumption: Assumption, *, at: datetime, by: User) -> None:
        """Write an outcome and a ruling."""
        common = {"organisation_id": self.project.organisation_id, "project": self.project}
        DecisionOutcome.objects.create(
            **common,
            decision=decision,
            decided_by=by,
            decided_affiliation=self.dice.choice(Affiliation.values),
            decided_at=at,
            recorded_at=at,
        )
        AssumptionRuling.objects.create(
            **common,
            assumption=assumption,
            ruling=Ruling.RATIFIED,
            ruled_by=by,
            ruled_at=at,
            recorded_at=at,
        )

    def own(self, nodes: Sequence[BusinessProcess]) -> None:
        """Name owners and deputies, and keep the newest of them on the process."""
        for node in nodes:
            for at in sorted(self.moment() for _ in range(self.dice.randrange(3))):
                owner, deputy = self.dice.sample([*self.users, None], 2)
                Ownership.objects.create(
                    organisation_id=self.project.organisation_id,
                    project=self.project,
                    process=node,
                    owner=owner,
                    deputy=deputy,
                    assigned_at=at,
                    recorded_at=at,
                )
                BusinessProcess.objects.filter(pk=node.pk).update(owner=owner, deputy=deputy)


def refresh_everything(project: Project) -> None:
    """Bring every kept column of a project up to date."""
    refresh_latest(project_id=project.pk)
    refresh_changed(project_id=project.pk)
    refresh_defects(project_id=project.pk)
    refresh_standings(project_id=project.pk)


def mark_at(project: Project, moment: datetime) -> None:
    """Set when the project last changed: not after the moment asked about, kept columns count."""
    ProjectMark.objects.filter(project=project).update(marked_at=moment)
