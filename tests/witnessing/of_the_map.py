"""The acts of the map, each carried out through its service."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from governance.choices import RecordKind, Role, Ruling
from governance.imports.undoing import undo_import
from governance.models import (
    Decision,
    Delegation,
    GoLiveDate,
    ImportRun,
    Participation,
)
from governance.services import assumptions, decisions
from governance.services.caveats import write_caveat
from governance.services.delegations import Mandate, delegate_signing, end_delegation
from governance.services.ownership import Appointment, appoint
from governance.services.projects import move_go_live_date
from governance.services.roles import end_role, give_role
from tests.factories import NOW, make_process
from tests.importing import import_content, text_of
from tests.witnessing.places import LATER, Place

RUNS = text_of(
    "Test ID,Test Scenario,Status,Tester,Test Date",
    "T-01,Order by phone,Passed,Ada Young,2026-05-04",
)


def _owner(place: Place) -> Any:
    named = Appointment(owner=place.cast.process_owner, deputy=place.cast.sponsor)
    by = place.cast.project_manager
    return appoint(process=place.process, appointment=named, assigned_by=by, assigned_at=NOW)


def _role(place: Place) -> Participation:
    cast = place.cast
    terms: dict[str, Any] = {"given_by": cast.administrator, "given_at": NOW}
    return give_role(project=cast.project, account=cast.stranger, role=Role.IT, **terms)


def _role_end(place: Place) -> Participation:
    row = _role(place)
    end_role(participation=row, ended_by=place.cast.administrator, ended_at=LATER)
    row.refresh_from_db()
    return row


def _decision(place: Place) -> Decision:
    question = decisions.Question(
        title="Who approves a price?",
        detail="Below the margin, that is.",
        decider=place.cast.sponsor,
        due_date=date(2026, 6, 9),
        blocks_go_live=True,
        blocked=[place.process, make_process(project=place.cast.project)],
    )
    return decisions.raise_decision(
        project=place.cast.project, question=question, raised_by=place.cast.auditor, raised_at=NOW
    )


def _outcome(place: Place) -> Any:
    said = decisions.Answer(outcome="The sponsor.", reason="It is a lot of money.")
    by = place.cast.sponsor
    return decisions.decide(decision=_decision(place), answer=said, decided_by=by, decided_at=LATER)


def _assumption(place: Place) -> Any:
    guess = assumptions.Guess(
        statement="Stock is never negative.", due_date=date(2026, 6, 9), blocked=[place.process]
    )
    by = place.cast.consultant
    return assumptions.write_assumption(
        project=place.cast.project, guess=guess, made_by=by, raised_at=NOW
    )


def _ruling(place: Place) -> Any:
    return assumptions.rule_on(
        assumption=_assumption(place),
        ruling=Ruling.REJECTED,
        reason="It is, every night.",
        ruled_by=place.cast.process_owner,
        ruled_at=LATER,
    )


def _opening(place: Place) -> GoLiveDate:
    return GoLiveDate.objects.get(project=place.cast.project)


def _move(place: Place) -> Any:
    decision = _outcome(place).decision
    day = date(2026, 10, 1)
    by = place.cast.sponsor
    return move_go_live_date(
        project=place.cast.project,
        go_live_date=day,
        decision=decision,
        decided_by=by,
        decided_at=LATER,
    )


def _caveat(place: Place) -> Any:
    by = place.cast.project_manager
    said = "Porto has no training room."
    return write_caveat(project=place.cast.project, text=said, writer=by, written_at=NOW)


def _delegation(place: Place) -> Delegation:
    mandate = Mandate(
        delegate=place.cast.business_user,
        starts_at=LATER,
        ends_at=LATER + timedelta(days=9),
        reason="A holiday.",
    )
    by = place.cast.sponsor
    return delegate_signing(
        process=place.process, mandate=mandate, appointed_by=by, appointed_at=NOW
    )


def _delegation_end(place: Place) -> Any:
    by = place.cast.sponsor
    return end_delegation(
        delegation=_delegation(place), ended_by=by, reason="Back early.", ended_at=LATER
    )


def _import(place: Place) -> ImportRun:
    run, _ = import_content(
        RUNS, project=place.cast.project, actor=place.cast.project_manager, name="runs of May.csv"
    )
    assert run.state == "DONE", run.message
    return run


def _undo(place: Place) -> Any:
    by = place.cast.project_manager
    return undo_import(run=_import(place), reason="Wrong month.", undone_by=by, undone_at=LATER)


ACTS: dict[RecordKind, Callable[[Place], Any]] = {
    RecordKind.OWNER_NAMED: _owner,
    RecordKind.ROLE_GIVEN: _role,
    RecordKind.ROLE_ENDED: _role_end,
    RecordKind.DECISION_RAISED: _decision,
    RecordKind.DECIDED: _outcome,
    RecordKind.ASSUMPTION_WRITTEN: _assumption,
    RecordKind.ASSUMPTION_RULED: _ruling,
    RecordKind.CAVEAT_WRITTEN: _caveat,
    RecordKind.DATE_SET: _opening,
    RecordKind.DATE_MOVED: _move,
    RecordKind.DELEGATED: _delegation,
    RecordKind.DELEGATION_ENDED: _delegation_end,
    RecordKind.IMPORTED: _import,
    RecordKind.IMPORT_UNDONE: _undo,
}
