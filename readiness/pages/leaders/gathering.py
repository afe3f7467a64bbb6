"""Gather who leads in a project, and what each of them answers for, in a fixed number of queries.

Figures are counted as the gate counts them; `at` is the moment of looking.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import F
from django.urls import reverse

from governance.choices import EXECUTIVE_ROLES, Role
from governance.models import BusinessProcess, Department, Participation, Project, User
from governance.querysets.batches import Batch, batches
from readiness.metrics.signatures import signed_in
from readiness.pages.leaders.duties import (
    SCENARIOS,
    SIGN_OFFS,
    TESTERS,
    TRAINING,
    Leader,
    Open,
)
from training.querysets.grid import CellTally, count_training
from uat.metrics.engagement import Turnout, turnouts
from uat.querysets.engagement import TESTERS as THOSE_WHO_TEST
from uat.querysets.tallies import ScenarioTally, scenario_tallies

Leaders = dict[int, Leader]
"""Account id -> leader."""


def leaders_of(project: Project) -> Leaders:
    """Return the managers, owners and executives of a project, with nothing counted yet."""
    found: Leaders = {}

    def leader(account: User) -> Leader:
        return found.setdefault(account.pk, Leader(account))

    departments = Department.objects.filter(project=project, manager__isnull=False)
    for department in departments.select_related("manager").order_by("name", "pk"):
        if department.manager is not None:
            leader(department.manager).departments.append(department)
    for process in owned_in(project):
        if process.owner is not None:
            leader(process.owner).processes.append(process)
    held = Participation.objects.filter(
        project=project, role__in=EXECUTIVE_ROLES, ended_at__isnull=True
    )
    for seat in held.select_related("user").order_by("role", "pk"):
        leader(seat.user).roles.append(str(Role(seat.role).label))
    return found


def owned_in(project: Project) -> Iterable[BusinessProcess]:
    """Return the processes in scope that are owned and signed, by code."""
    rows = BusinessProcess.objects.filter(project=project, accountable=F("pk"), in_scope=True)
    return rows.select_related("owner").order_by("code", "pk")


def count_figures(leaders: Collection[Leader], *, project: Project, at: datetime) -> None:
    """Count training, testing and signatures for each leader."""
    batch = next(batches(project_ids=[project.pk], as_of=at))
    cells = count_training(batch, wanted=THOSE_WHO_TEST).cells
    testers = turnouts(batch)
    scenarios = list(scenario_tallies(batch))
    for leader in leaders:
        _count_training(leader, cells)
        _count_testers(leader, testers)
        _count_scenarios(leader, scenarios)
    _count_signatures(leaders, batch=batch, project=project)
    _link(leaders, project)


def _count_training(leader: Leader, cells: Iterable[CellTally]) -> None:
    """Count each pair of person and course once, however many ways lead to it."""
    departments = {row.pk for row in leader.departments}
    processes = {row.pk for row in leader.processes}
    duty = leader.duty(TRAINING)
    for cell in cells:
        is_own = cell.department_id in departments or cell.process_id in processes
        if leader.is_executive or is_own:
            duty.done += cell.completed
            duty.due += cell.due


def _count_testers(leader: Leader, testers: Iterable[Turnout]) -> None:
    departments = {row.pk for row in leader.departments}
    duty = leader.duty(TESTERS)
    for tester in testers:
        if leader.is_executive or tester.department_id in departments:
            duty.note(done=tester.took_part)


def _count_scenarios(leader: Leader, scenarios: Iterable[ScenarioTally]) -> None:
    processes = {row.pk for row in leader.processes}
    duty = leader.duty(SCENARIOS)
    for tally in scenarios:
        if leader.is_executive or tally.process_id in processes:
            duty.done += tally.tested
            duty.due += tally.due


def _count_signatures(leaders: Iterable[Leader], *, batch: Batch, project: Project) -> None:
    signed = signed_in(batch)
    everything = list(owned_in(project))
    for leader in leaders:
        duty = leader.duty(SIGN_OFFS)
        for process in everything if leader.is_executive else leader.processes:
            waits = Open(str(process), process_address(process, project=project))
            duty.note(done=process.pk in signed, open_one=None if process.pk in signed else waits)


def process_address(process: BusinessProcess, *, project: Project) -> str:
    """Return where a process is read and signed."""
    return reverse("readiness:process-detail", args=[project.public_id, process.public_id])


def _link(leaders: Iterable[Leader], project: Project) -> None:
    """Lead from each figure to its rows, of one department where it is one department's."""
    trainees = reverse("training:trainee-list", args=[project.public_id])
    testers = reverse("uat:tester-list", args=[project.public_id])
    scenarios = reverse("uat:scenario-list", args=[project.public_id])
    for leader in leaders:
        department = leader.departments[0].public_id if len(leader.departments) == 1 else ""
        process = leader.processes[0].public_id if len(leader.processes) == 1 else ""
        own = "" if leader.is_executive or not department else f"department={department}"
        only_department = own if not leader.processes else ""
        leader.duty(TRAINING).href = f"{trainees}?need=mandatory&state=not-completed" + (
            f"&{only_department}" if only_department else ""
        )
        leader.duty(TESTERS).href = f"{testers}?{own}" if own else testers
        whose = "" if leader.is_executive or not process else f"&process={process}"
        leader.duty(SCENARIOS).href = f"{scenarios}?state=open{whose}"
        signing = reverse("readiness:process-list", args=[project.public_id])
        leader.duty(SIGN_OFFS).href = signing
