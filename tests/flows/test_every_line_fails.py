"""A fault at any line of signing, accepting or judging leaves everything as it was."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from types import FrameType, ModuleType
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from governance.choices import SignoffAct
from governance.models import Signoff
from governance.record import checkpoints, log
from governance.services import signoffs
from governance.services.accounts import Credentials
from readiness.models import Acceptance
from readiness.services import acceptances, evaluation, risks, signing
from readiness.services.evaluation import evaluate_gates
from readiness.services.signing import Statement, sign_evidence
from tests.factories import NOW, PASSWORD
from tests.flows.test_reading_changes_nothing import changed, state
from tests.risks import accept_in_person, terms_of
from tests.signing import LATER, Desk, make_desk, proof_of

pytestmark = pytest.mark.django_db
Line = tuple[str, int]


class Injected(Exception):
    """A fault that nobody foresaw."""


@contextmanager
def tracing(modules: tuple[ModuleType, ...], at_line: Callable[[Line], object]) -> Iterator[None]:
    """Tell of every line of these modules right before it runs."""
    files = {str(module.__file__) for module in modules}

    def follow(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename not in files:
            return None
        if event == "line":
            at_line((frame.f_code.co_filename, frame.f_lineno))
        return follow

    before = sys.gettrace()
    sys.settrace(follow)
    try:
        yield
    finally:
        sys.settrace(before)


def lines_of(modules: tuple[ModuleType, ...], act: Callable[[], object]) -> list[Line]:
    """Return each line that an act runs through, once; nothing of the act stays."""
    seen: dict[Line, None] = {}
    with transaction.atomic():
        with tracing(modules, seen.setdefault):
            act()
        transaction.set_rollback(True)
    return list(seen)


def fails_at_every_line(modules: tuple[ModuleType, ...], act: Callable[[], object]) -> int:
    """Do the act once for each of its lines, with a fault there; return how many these are."""
    lines, before = lines_of(modules, act), state()
    for wanted in lines:

        def fail(line: Line, wanted: Line = wanted) -> None:
            if line == wanted:
                raise Injected(line)

        with pytest.raises(Injected), tracing(modules, fail):
            act()
        assert not changed(before), wanted
    return len(lines)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a process to sign; who signs has been proved, so that no code is used up."""
    monkeypatch.setattr(signing, "prove_signer", lambda user, **_: proof_of(user))
    return make_desk()


@pytest.mark.slow
class TestEveryLine:
    def test_of_signing_leaves_no_signature(self, desk: Desk) -> None:
        statement = Statement(act=SignoffAct.SIGNED, shown_hash=desk.shown_hash())

        def act() -> Signoff:
            return sign_evidence(
                process=desk.process,
                signer=desk.cast.process_owner,
                statement=statement,
                credentials=Credentials(PASSWORD),
                as_of=LATER,
            )

        assert fails_at_every_line((signing, signoffs, log, checkpoints), act) > 80
        assert act().pk

    def test_of_accepting_leaves_no_acceptance(self, desk: Desk) -> None:
        terms = terms_of(desk.cast.project, until=NOW + timedelta(days=7))

        def act() -> Acceptance:
            return accept_in_person(desk.cast, terms, at=NOW, judge=False)

        assert fails_at_every_line((acceptances, risks, signoffs), act) > 60

    def test_of_judging_leaves_no_half_judgement(self, desk: Desk) -> None:
        projects, night = [desk.cast.project.pk], LATER + timedelta(days=1)
        modules, before = (evaluation,), state()

        def act() -> object:
            return evaluate_gates(project_ids=projects, as_of=night)

        with transaction.atomic():
            act()
            whole = changed(before)
            transaction.set_rollback(True)
        assert {"readiness.Snapshot", "readiness.Finding"} <= whole
        none = 0
        for wanted in lines_of(modules, act):

            def fail(line: Line, wanted: Line = wanted) -> None:
                if line == wanted:
                    raise Injected(line)

            # a project that cannot be judged is named, and keeps no other waiting
            with transaction.atomic():
                with suppress(Injected), tracing(modules, fail):
                    act()
                left = changed(before)
                transaction.set_rollback(True)
            assert left in (set(), whole), wanted
            none += not left
        assert none > 30


class TestThePage:
    def test_says_that_it_was_us_under_a_number_that_the_log_knows(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise Injected("the inside of it")

        monkeypatch.setattr("readiness.views.processes.process_page", fail)
        client = Client(raise_request_exception=False)
        client.force_login(desk.cast.process_owner)
        answer = client.get(desk.address)
        page = answer.content.decode()
        assert answer.status_code == 500
        assert "the inside of it" not in page
        assert "The log tells of it under the number " in page
