"""The acceptance testing of a demo project: scenarios, testers, runs, defects, changes."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from governance.choices import Affiliation
from governance.models import BusinessProcess
from readiness.management.demo.cast import Cast
from readiness.management.demo.mapping import Mapped
from readiness.management.demo.names import SCENARIO_CLASSES
from readiness.management.demo.plans import at
from readiness.management.demo.steps import steps_for, steps_taken, with_article
from uat.choices import DefectState, ExecutionResult, ScenarioClass, Severity, Triage
from uat.models import (
    Change,
    Defect,
    DefectEvent,
    Execution,
    Scenario,
    StepResult,
    TesterAssignment,
)
from uat.services.changes import refresh_changed
from uat.services.defects import refresh_defects
from uat.services.executions import refresh_latest

FIRST_WEEK, LAST_WEEK = 12.0, 4.2
DISCIPLINED_WEEK = 6
HARD_CLASSES = (ScenarioClass.REVERSAL, ScenarioClass.EDGE, ScenarioClass.REPORT)
TESTERS_PER_PROCESS = 4
COMMENTED, RETESTED, REOPENED = 0.12, 0.6, 0.12


def exercise(mapped: Mapped, cast: Cast) -> None:
    """Write everything the testers of one project planned and did."""
    scenarios = _write_scenarios(mapped)
    testers = _name_testers(mapped)
    runs = [run for row in scenarios for run in _runs(mapped, cast, row, testers)]
    Execution.objects.bulk_create(runs)
    StepResult.objects.bulk_create(
        step for number, run in enumerate(runs) for step in steps_taken(run, turn=number)
    )
    _change_system(mapped)
    _raise_defects(mapped, runs)
    refresh_latest(project_id=mapped.project.pk)
    refresh_changed(project_id=mapped.project.pk)
    refresh_defects(project_id=mapped.project.pk)


def _planned(mapped: Mapped) -> Iterator[tuple[BusinessProcess, str, str, str]]:
    """Yield (area, class, title, thing) as many times as planned, process after process."""
    turns = sorted(mapped.areas, key=lambda each: each[1].code.partition(".")[2])
    turn = 0
    for name, (of_350, title) in SCENARIO_CLASSES.items():
        for _ in range(max(1, round(mapped.stage.plan.scenarios * of_350 / 350))):
            _, area, thing = turns[turn % len(turns)]
            turn += 1
            text = with_article(title.format(thing=thing))
            yield area, name, text, thing


def _write_scenarios(mapped: Mapped) -> list[Scenario]:
    numbers: dict[int, int] = {}
    rows = []
    for area, name, title, thing in _planned(mapped):
        numbers[area.pk] = numbers.get(area.pk, 0) + 1
        rows.append(
            Scenario(
                organisation_id=mapped.project.organisation_id,
                project=mapped.project,
                process=area,
                code=f"{area.code}-{numbers[area.pk]:02d}",
                title=title,
                scenario_class=name,
                criticality=area.criticality,
                origin="Workshop with the process owner",
                entry_criteria=with_article(f"A {thing} with the data of last March"),
                steps=steps_for(name, thing=thing),
                expected_result="The result is what the old system showed, to the cent.",
                source="demo",
                recorded_at=mapped.stage.opened_at + timedelta(days=40),
            )
        )
    return Scenario.objects.bulk_create(rows)


def _window(mapped: Mapped) -> tuple[date, date]:
    """Return the first and last day of testing; a disciplined project tests in one week."""
    stage = mapped.stage
    if stage.plan.is_disciplined:
        monday = stage.day(DISCIPLINED_WEEK)
        return monday, monday + timedelta(days=4)
    return stage.day(FIRST_WEEK), stage.day(LAST_WEEK)


def _testers(mapped: Mapped) -> int:
    return TESTERS_PER_PROCESS // 2 if mapped.stage.plan.is_disciplined else TESTERS_PER_PROCESS


def _name_testers(mapped: Mapped) -> list[TesterAssignment]:
    rows = [
        TesterAssignment(
            organisation_id=mapped.project.organisation_id,
            project=mapped.project,
            person=person,
            process=root,
            from_date=_window(mapped)[0],
            to_date=_window(mapped)[1],
            source="demo",
            recorded_at=mapped.stage.opened_at + timedelta(days=50),
        )
        for code, root in mapped.roots.items()
        for person in (mapped.holders.get(code) or mapped.people)[: _testers(mapped)]
    ]
    return TesterAssignment.objects.bulk_create(rows)


def _runs(
    mapped: Mapped, cast: Cast, scenario: Scenario, testers: list[TesterAssignment]
) -> Iterator[Execution]:
    """Yield the runs of one scenario: a consultant's, then perhaps the business's own."""
    stage = mapped.stage
    plan = stage.plan
    if stage.dice.random() < plan.by_partner * 1.3:
        day = stage.workday(stage.day(FIRST_WEEK), stage.day(LAST_WEEK))
        if day:
            run = _run(mapped, scenario, "PASSED", at(day, 9, stage.dice.randrange(60)))
            consultant = stage.dice.choice(cast.consultants)
            run.tester, run.tester_name = consultant, consultant.name
            run.affiliation = Affiliation.PARTNER
            run.external_id += "/p"
            yield run
    chance = plan.tested * (0.72 if scenario.scenario_class in HARD_CLASSES else 1.08)
    if stage.dice.random() < (chance if plan.tested < 1 else 1):
        yield from _business_runs(mapped, scenario, testers)


def _business_runs(
    mapped: Mapped, scenario: Scenario, testers: list[TesterAssignment]
) -> Iterator[Execution]:
    stage = mapped.stage
    root = scenario.process.accountable_id if scenario.process else None
    own = [row for row in testers if row.process_id == root]
    day = stage.workday(*_window(mapped))
    if day is None:
        return
    person = own[mapped.take_turn(root) % len(own)].person
    moment = at(day, 10, stage.dice.randrange(60))
    good = stage.dice.random() < stage.plan.passing
    first = "PASSED" if good else stage.dice.choice(["FAILED", "FAILED", "BLOCKED"])
    if good and stage.dice.random() < COMMENTED and stage.plan.passing < 1:
        first = ExecutionResult.PASSED_WITH_COMMENTS
    again = None if good else stage.workday(day + timedelta(days=3), day + timedelta(days=12))
    results = [(first, moment)]
    if again and again > day and (stage.plan.is_disciplined or stage.dice.random() < RETESTED):
        results.append(("PASSED", at(again, 11, stage.dice.randrange(60))))
    for number, (result, when) in enumerate(results):
        run = _run(mapped, scenario, result, when)
        run.person, run.tester_name, run.tester = person, person.name, person.account
        run.external_id += f"/{number}"
        yield run


def _run(mapped: Mapped, scenario: Scenario, result: str, moment: datetime) -> Execution:
    week = (moment.date() - mapped.stage.day(FIRST_WEEK)).days // 7
    return Execution(
        organisation_id=mapped.project.organisation_id,
        project=mapped.project,
        scenario=scenario,
        affiliation=Affiliation.CLIENT,
        result=result,
        build=f"1.{max(week, 0)}",
        executed_at=moment,
        recorded_at=moment + timedelta(minutes=3),
        source="demo",
        external_id=scenario.code,
    )


def _change_system(mapped: Mapped) -> None:
    """Write a change of one process two weeks ago: its passes before are old."""
    if mapped.stage.plan.is_disciplined:
        return
    root = list(mapped.roots.values())[min(3, len(mapped.roots) - 1)]
    moment = at(mapped.stage.today - timedelta(days=13), 18)
    Change.objects.create(
        organisation_id=mapped.project.organisation_id,
        project=mapped.project,
        process=root,
        build="1.5",
        summary="Tax code rules changed",
        changed_at=moment,
        recorded_at=moment,
    )


def _raise_defects(mapped: Mapped, runs: list[Execution]) -> None:
    failed = [run for run in runs if run.result in {"FAILED", "BLOCKED"}]
    defects = [_defect(mapped, number, run) for number, run in enumerate(failed, start=1)]
    Defect.objects.bulk_create(defects)
    DefectEvent.objects.bulk_create(
        event
        for defect, run in zip(defects, failed, strict=True)
        for event in _life(mapped, defect, run)
    )


def _defect(mapped: Mapped, number: int, run: Execution) -> Defect:
    dice = mapped.stage.dice
    severity = dice.choices(list(Severity), weights=[2, 12, 50, 36])[0]
    weights = [0, 1, 0, 1, 1, 0] if mapped.stage.plan.is_disciplined else [8, 48, 20, 10, 9, 5]
    triage = dice.choices(list(Triage), weights=weights)[0]
    return Defect(
        organisation_id=mapped.project.organisation_id,
        project=mapped.project,
        code=f"DEF-{number:03d}",
        title=f"Does not work: {run.scenario.title}",
        scenario=run.scenario,
        process=run.scenario.process,
        severity=severity,
        triage=triage,
        triaged_affiliation=dice.choice([Affiliation.CLIENT, Affiliation.PARTNER]),
        raised_by=run.tester_name,
        raised_affiliation=Affiliation.CLIENT,
        raised_at=run.executed_at + timedelta(minutes=20),
        owner_name=dice.choice(["Casper Vale", "Dana Rook", "Eirik Lund", ""]),
        fix_due_date=run.executed_at.date() + timedelta(days=10),
        source="demo",
        recorded_at=run.executed_at + timedelta(minutes=25),
    )


def _life(mapped: Mapped, defect: Defect, run: Execution) -> Iterator[DefectEvent]:
    """Yield what happened to a defect up to yesterday; some are still open."""
    dice = mapped.stage.dice
    steps = [(DefectState.OPEN, 0), (DefectState.IN_PROGRESS, 1), (DefectState.FIXED, 3)]
    if dice.random() < REOPENED and not mapped.stage.plan.is_disciplined:
        steps += [(DefectState.REOPENED, 5), (DefectState.FIXED, 7)]
    steps.append((DefectState.CLOSED, steps[-1][1] + 2))
    plan = mapped.stage.plan
    ends = plan.is_disciplined or dice.random() < plan.passing - 0.1
    stop = len(steps) if ends else dice.randrange(1, 4)
    for state, days in steps[:stop]:
        moment = defect.raised_at + timedelta(days=days)
        if moment.date() < mapped.stage.today:
            yield DefectEvent(
                organisation_id=mapped.project.organisation_id,
                project=mapped.project,
                defect=defect,
                state=state,
                actor_name=run.tester_name,
                happened_at=moment,
                recorded_at=moment + timedelta(minutes=1),
            )
