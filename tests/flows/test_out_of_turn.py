"""Every form sent when its time has not come, or is over: it says so, and nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from governance.models import BusinessProcess, Decision, Project
from readiness.models import AcceptanceAnswer
from tests.counting import rows_of
from tests.factories import make_run
from tests.flows.form_cases import CASES, Case, acceptance_of, decided, decision_of, request_of
from tests.flows.test_every_form import APPS, Sheet, desk
from tests.risks import end_in_person
from tests.signing import LATER, Desk
from uat.services.executions import refresh_latest

__all__ = ["desk"]

TOMORROW = (LATER + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
YESTERDAY = (LATER - timedelta(days=1)).date().isoformat()


def nothing_first(_: Desk) -> None:
    """Change nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A form that is sent out of turn: what happened before, what is entered, what it says."""

    name: str
    case: Case
    says: str
    first: Callable[[Desk], object] = nothing_first
    entered: dict[str, Any]
    status: int = 422


def case_of(form: str, *, page: str = "") -> Case:
    """Return the case of a form."""
    return next(case for case in CASES if case.form == form and page in case.page)


def ask_later(desk: Desk) -> None:
    """Let the question be raised after now."""
    Decision.objects.filter(pk=decision_of(desk)[0].pk).update(raised_at=LATER + timedelta(days=1))


def answer_first(desk: Desk) -> None:
    """Let another executive have declined already."""
    (asked,) = request_of(desk)
    AcceptanceAnswer.objects.create(
        organisation=desk.cast.client,
        project=desk.cast.project,
        request=asked,
        answered_by=desk.cast.sponsor,
        answered_at=LATER,
        reason="Not without the bank.",
    )


def end_first(desk: Desk) -> None:
    """Let the acceptance have ended already."""
    (acceptance,) = acceptance_of(desk)
    end_in_person(acceptance, by=desk.cast.sponsor, at=LATER, reason="It is settled.")


def run_meanwhile(desk: Desk) -> None:
    """Let a run come in and be judged while the page is open."""
    make_run(scenario=desk.scenario, result="FAILED")
    refresh_latest(project_id=desk.cast.project.pk)
    desk.judge(at=LATER + timedelta(seconds=90))


def move_meanwhile(desk: Desk) -> None:
    """Let the go-live date be moved and judged while the page is open."""
    Project.objects.filter(pk=desk.cast.project.pk).update(
        go_live_date=LATER.date() + timedelta(days=1)
    )
    desk.judge(at=LATER + timedelta(seconds=90))


def leave_ownerless(desk: Desk) -> None:
    """Let the process have lost its owner while the page was open."""
    BusinessProcess.objects.filter(pk=desk.process.pk).update(owner=None, deputy=None)


TURNS = [
    Turn(name="an answer before its question", case=case_of("OutcomeForm"), first=ask_later,
         entered={}, says="before the question was raised"),
    Turn(name="a deputy before an owner", case=case_of("AppointmentForm"),
         entered={"owner": ""}, says="Name the owner first"),
    Turn(name="a go-live date in the past", case=case_of("GoLiveForm"), first=decided,
         entered={"go_live_date": YESTERDAY}, says="lies in the future"),
    Turn(name="an acceptance after the answer", case=case_of("GrantForm"), first=answer_first,
         entered={}, says="answered"),
    Turn(name="a refusal after the answer", case=case_of("DeclineForm"),
         first=answer_first, entered={}, says="answered"),
    Turn(name="the end of what has ended", case=case_of("EndForm"),
         first=end_first, entered={}, says="", status=404),
    Turn(name="a signature under evidence that changed", case=case_of("SignForm"),
         first=run_meanwhile, entered={}, says="Nothing was signed", status=409),
    Turn(name="a signature of somebody who owns it no longer", case=case_of("SignForm"),
         first=leave_ownerless, entered={}, says="Only the owner", status=403),
    Turn(name="a withdrawal before a signature", case=case_of("SignForm"),
         entered={"act": "WITHDRAWN", "reason": "Why"}, says="WITHDRAWN"),
    Turn(name="a refusal without a reason", case=case_of("SignForm"),
         entered={"act": "REFUSED", "reason": ""}, says="Give the reason"),
    Turn(name="a run in the future", case=case_of("RunForm"),
         entered={"executed_at": TOMORROW}, says="future"),
    Turn(name="a failure without a word", case=case_of("RunForm"),
         entered={"result": "FAILED", "comment": ""}, says="Say in the comment"),
    Turn(name="a figure of tomorrow", case=case_of("MetricForm"),
         entered={"reported_at": TOMORROW}, says="future"),
    Turn(name="a risk that ends before it begins", case=case_of("AskForm"),
         entered={"until": YESTERDAY}, says="must end after it starts"),
    Turn(name="an acceptance that ends before it begins", case=case_of("GrantForm"),
         entered={"until": YESTERDAY}, says="must end after it starts"),
    Turn(name="an acceptance of a risk that changed", case=case_of("GrantForm"),
         first=move_meanwhile, entered={}, says="Nothing was signed", status=409),
    Turn(name="a refusal of a risk that changed", case=case_of("DeclineForm"),
         first=move_meanwhile, entered={}, says="Nothing was signed", status=409),
    Turn(name="a correction without a word", case=case_of("RulingForm"),
         entered={"ruling": "REJECTED", "reason": ""}, says="Say what is right instead"),
]  # fmt: skip


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn.name)
def test_every_form_out_of_turn(turn: Turn, desk: Desk, client: Client) -> None:
    sheet = Sheet(turn.case, desk, client)
    entries = {**sheet.entries(), **turn.entered}
    turn.first(desk)
    before = rows_of(*APPS)
    answer = sheet.send(entries)
    after = rows_of(*APPS)
    if turn.status == 403:  # the security log tells of the refusal, and nothing else is written
        before["governance.SecurityEvent"] += 1
    assert after == before
    assert answer.status_code == turn.status
    assert turn.says in answer.content.decode()
