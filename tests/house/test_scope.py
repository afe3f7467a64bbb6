"""One way to a row: every door starts from what its reader may reach."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import SOURCES, name_of, nodes, rooms

DOORS = {"views", "api", "pages", "forms", "middleware", "admin", "tasks", "exports"}
"""The rooms that a reader's request passes through."""
STARTERS = {
    "none": "nothing",
    "visible_to": "what an account may reach",
    "clients_of": "a partner's own clients",
    "of_user": "an account's own",
    "shown_to": "an account's own, of a partner's those for the client it acts for",
    "of_account": "an account's own",
    "told_to": "what an account was told of projects that it reaches",
    "administered_by": "what an administrator answers for",
    "of_projects": "projects that were reached",
    "of_snapshot": "a snapshot that was reached",
    "of_owned_process": "a process that was reached",
    "holding_up": "a process that was reached",
    "taking_part_in": "a project that was reached",
    "holding": "a project that was reached",
    "holding_places_in": "a project that was reached",
    "noted_in": "a project that was reached",
    "working_in": "a project that was reached",
    "open_accounts_of": "the accounts of an organisation that was reached",
    "before": "a snapshot that was reached",
}
"""Where a question may start, and what makes it safe."""
TIES = {
    "project", "project_id", "organisation", "organisation_id", "user", "account", "process",
    "scenario", "person", "person_id", "snapshot", "snapshot_id", "execution", "caveat",
    "import_run", "parent",
}  # fmt: skip
"""Fields that tie a question to a row which was reached before."""
OF_THE_DOOR = "who asks is not known yet: by a secret, a session or an address"
OF_REACHED = "keys of rows that were read from what is reached"
RULES = "rules of a policy that a reached project applies; they name no client's rows"
KNOWN: dict[tuple[str, str], str] = {
    ("governance/api/authentication.py", "ApiToken.filter"): OF_THE_DOOR,
    ("governance/middleware.py", "SignedInSession.filter"): OF_THE_DOOR,
    ("governance/middleware.py", "User.filter"): OF_THE_DOOR,
    ("governance/views/sign_in.py", "User.filter"): OF_THE_DOOR,
    ("governance/views/devices.py", "User.get"): OF_THE_DOOR,
    ("governance/views/slowing.py", "User.filter"): OF_THE_DOOR,
    ("readiness/pages/demo.py", "User.filter"): "the accounts that the demo offers at its door",
    ("governance/views/factors.py", "User.select_for_update"): "the account's own row",
    ("governance/views/factor_adapter.py", "Authenticator.filter"): "the account's own",
    ("governance/pages/imports.py", "ImportRun.filter"): "what reaches an import without a project",
    ("governance/pages/meeting_rows.py", "Attendance.select_related"): OF_REACHED,
    ("governance/pages/meeting_rows.py", "DecisionOutcome.select_related"): OF_REACHED,
    ("governance/pages/meeting_rows.py", "MeetingMinutes.select_related"): OF_REACHED,
    ("governance/pages/record/timeline.py", "User.filter"): OF_REACHED,
    ("governance/pages/security_log.py", "User.filter"): OF_REACHED,
    ("training/pages/needs.py", "Course.in_bulk"): OF_REACHED,
    ("training/pages/needs.py", "Person.all"): OF_REACHED,
    ("training/pages/people.py", "Person.select_related"): OF_REACHED,
    ("uat/api/defects.py", "Defect.select_related"): OF_REACHED,
    ("uat/api/executions.py", "StepResult.order_by"): "fetched along with a run",
    ("uat/api/executions.py", "Photo.select_related"): "fetched along with a run",
    ("uat/api/executions.py", "Execution.select_related"): OF_REACHED,
    ("uat/forms/search.py", "Person.filter"): OF_REACHED,
    ("readiness/pages/listing.py", "Snapshot.newest_of"): OF_REACHED,
    ("readiness/pages/portfolio.py", "Snapshot.in_bulk"): OF_REACHED,
    ("readiness/pages/portfolio.py", "Project.select_related"): OF_REACHED,
    ("readiness/pages/visits.py", "Snapshot.filter"): OF_REACHED,
    ("readiness/pages/work/learning.py", "Course.in_bulk"): OF_REACHED,
    ("readiness/pages/work/learning.py", "Scenario.in_bulk"): OF_REACHED,
    ("readiness/pages/work/learning.py", "Scenario.filter"): OF_REACHED,
    ("readiness/pages/agenda.py", "Criterion.filter"): RULES,
    ("readiness/api/gates.py", "Criterion.filter"): RULES,
    ("readiness/pages/criterion.py", "Criterion.filter"): RULES,
    ("readiness/pages/listing.py", "Criterion.filter"): RULES,
    ("readiness/pages/reported.py", "Criterion.filter"): RULES,
    ("readiness/pages/risks.py", "Criterion.filter"): RULES,
}
"""Where a question starts otherwise, and why nobody sees more by it."""


def starts(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield `Model.objects.question(…)` and `get_object_or_404(Model, …)` with the model's name."""
    for node in nodes(path):
        if not isinstance(node, ast.Call):
            continue
        text = ast.unparse(node.func)
        if found := re.fullmatch(r"([A-Z]\w+)\.(_default_manager|objects)\.\w+", text):
            yield found[1], node
        elif text in {"get_object_or_404", "get_list_or_404"}:
            named = ast.unparse(node.args[0])
            if re.fullmatch(r"[A-Z]\w+", named):
                yield named, node


def chain(call: ast.Call, path: Path) -> Iterator[ast.Call]:
    """Yield a question and those that are asked of its answer."""
    onwards: dict[ast.AST, ast.Call] = {}
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            onwards[node.func.value] = node
    step: ast.Call | None = call
    while step is not None:
        yield step
        step = onwards.get(step)


def is_tied(call: ast.Call) -> bool:
    """Say whether a question keeps to what was reached."""
    question = ast.unparse(call.func).rpartition(".")[2]
    names = {str(keyword.arg).removesuffix("__in").split("__")[0] for keyword in call.keywords}
    asks = question in {"filter", "get", "get_object_or_404"}
    return question in STARTERS or (asks and bool(names & TIES))


def loose(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the questions of a module that go over every client's rows, with where they stand."""
    for model, call in starts(path):
        if not any(is_tied(step) for step in chain(call, path)):
            yield f"{model}.{ast.unparse(call.func).rpartition('.')[2]}", ast.unparse(call)[:80]


OPEN = [path for path in SOURCES if DOORS & rooms(path)]


@pytest.mark.parametrize("path", OPEN, ids=name_of)
def test_every_door_starts_from_what_its_reader_reaches(path: Path) -> None:
    assert [text for where, text in loose(path) if (name_of(path), where) not in KNOWN] == []


def test_every_exception_is_still_needed() -> None:
    found = {(name_of(path), where) for path in OPEN for where, _ in loose(path)}
    assert set(KNOWN) - found == set()


@pytest.mark.parametrize(
    "line",
    [
        "Decision.objects.all()",
        "Decision.objects.get(public_id=named)",
        "get_object_or_404(Decision, public_id=named)",
        "Decision.objects.filter(pk=named).select_related('project')",
        "Decision.objects.exclude(project=mine)",
        "Photo._default_manager.in_bulk(named)",
    ],
)
def test_the_check_sees_a_loose_question(line: str, tmp_path: Path) -> None:
    path = tmp_path / "door.py"
    path.write_text(line)
    assert list(loose(path))


def test_the_check_knows_what_is_tied(tmp_path: Path) -> None:
    path = tmp_path / "door.py"
    path.write_text(
        "Decision.objects.visible_to(user).get(public_id=named)\n"
        "get_object_or_404(Decision, project=seat.project, public_id=named)\n"
        "get_object_or_404(Decision.objects.filter(project=seat.project), public_id=named)\n"
        "Defect.objects.open().filter(project__in=reached)\n"
    )
    assert list(loose(path)) == []
