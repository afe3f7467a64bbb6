"""Escalating by hand, answering and passing on: what is written, told and refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from governance.choices import EscalationAct, NoticeKind, Rung
from governance.models import Escalation, EscalationStep, Notice, ProjectMark, RecordEntry, User
from governance.services.escalations import EscalationRefused, answer, pass_on
from governance.services.ladder import Stand
from tests.escalations import BEFORE_FIVE, REASON, Ladder, make_ladder
from tests.factories import NOW

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(hours=1)


@pytest.fixture
def ladder() -> Ladder:
    return make_ladder()


def newest(escalation: Escalation) -> EscalationStep:
    return escalation.steps.order_by("-number")[0]


def told(account: User) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(account=account).order_by("pk")
    return [(row.kind, row.title) for row in rows]


class TestEscalate:
    def test_goes_to_the_first_rung_with_a_clock_in_working_hours(self, ladder: Ladder) -> None:
        before = ProjectMark.objects.get(project=ladder.cast.project).version
        step = newest(ladder.escalate())
        assert (step.act, step.rung) == (EscalationAct.ADDRESSED, Rung.PROJECT_MANAGER)
        assert (step.addressee, step.due_at) == (ladder.cast.project_manager, BEFORE_FIVE)
        assert ProjectMark.objects.get(project=ladder.cast.project).version > before

    def test_tells_the_addressee_at_once_and_nobody_else(self, ladder: Ladder) -> None:
        ladder.escalate()
        notice = Notice.objects.get()
        assert notice.account == ladder.cast.project_manager
        assert (notice.kind, notice.is_urgent) == (NoticeKind.ESCALATED, True)
        assert notice.due_at == BEFORE_FIVE

    def test_goes_to_a_chosen_rung(self, ladder: Ladder) -> None:
        step = newest(ladder.escalate(rung=Rung.SPONSOR))
        assert step.addressee == ladder.cast.sponsor
        assert step.due_at == NOW + timedelta(days=1, hours=7)

    @pytest.mark.parametrize("rung", [Rung.STEERING, Rung.DEPARTMENT_MANAGER])
    def test_refuses_a_rung_where_it_cannot_begin(self, ladder: Ladder, rung: str) -> None:
        with pytest.raises(EscalationRefused, match="cannot go there"):
            ladder.escalate(rung=rung)

    def test_never_goes_to_whoever_raises_it(self, ladder: Ladder) -> None:
        with pytest.raises(EscalationRefused, match="cannot go there"):
            ladder.escalate(by=ladder.cast.project_manager, rung=Rung.PROJECT_MANAGER)
        step = newest(ladder.escalate(by=ladder.cast.project_manager))
        assert step.addressee == ladder.cast.process_owner

    def test_refuses_where_nobody_but_oneself_stands_above(self, ladder: Ladder) -> None:
        cast = ladder.cast
        for user in (cast.project_manager, ladder.steering, cast.process_owner):
            user.is_active = False
            user.save()
        with pytest.raises(EscalationRefused, match="to oneself is none"):
            ladder.escalate(by=cast.sponsor)
        assert not Escalation.objects.exists()

    def test_refuses_no_reason_and_a_second_one_while_one_is_open(self, ladder: Ladder) -> None:
        with pytest.raises(EscalationRefused, match="Say what you need"):
            ladder.escalate(reason=" ")
        first = ladder.escalate()
        with pytest.raises(EscalationRefused, match="escalated already"):
            ladder.escalate(by=ladder.cast.consultant)
        answer(
            escalation=first, text="Yes.", answered_by=ladder.cast.project_manager, answered_at=SOON
        )
        assert ladder.escalate(by=ladder.cast.consultant, at=SOON).key.endswith(":2")


class TestAnswer:
    def test_closes_it_and_tells_whoever_raised_it(self, ladder: Ladder) -> None:
        escalation = ladder.escalate()
        manager = ladder.cast.project_manager
        step = answer(
            escalation=escalation, text="On Friday.", answered_by=manager, answered_at=SOON
        )
        assert (step.act, step.by, step.number) == (EscalationAct.ANSWERED, manager, 2)
        assert told(ladder.cast.business_user) == [("ESCALATION_ANSWERED", "D-1 Which plant?")]
        assert Notice.objects.get(account=manager).settled_at == SOON
        assert not Escalation.objects.open().exists()

    def test_is_for_the_addressee_and_the_executives_above(self, ladder: Ladder) -> None:
        cast = ladder.cast
        escalation = ladder.escalate()
        for somebody in (cast.process_owner, cast.business_user, cast.consultant, cast.auditor):
            with pytest.raises(EscalationRefused):
                answer(escalation=escalation, text="Yes.", answered_by=somebody, answered_at=SOON)
        answer(escalation=escalation, text="Yes.", answered_by=ladder.steering, answered_at=SOON)

    def test_is_not_for_an_executive_who_raised_it(self, ladder: Ladder) -> None:
        escalation = ladder.escalate(by=ladder.cast.sponsor)
        with pytest.raises(EscalationRefused, match="You raised it"):
            answer(
                escalation=escalation,
                text="Yes.",
                answered_by=ladder.cast.sponsor,
                answered_at=SOON,
            )

    def test_happens_once_and_says_something(self, ladder: Ladder) -> None:
        escalation, manager = ladder.escalate(), ladder.cast.project_manager
        with pytest.raises(EscalationRefused, match="Say something"):
            answer(escalation=escalation, text=" ", answered_by=manager, answered_at=SOON)
        answer(escalation=escalation, text="Yes.", answered_by=manager, answered_at=SOON)
        with pytest.raises(EscalationRefused, match="answered it meanwhile"):
            answer(escalation=escalation, text="No.", answered_by=manager, answered_at=SOON)


class TestPassOn:
    def test_hands_it_on_with_a_new_clock(self, ladder: Ladder) -> None:
        escalation, cast = ladder.escalate(), ladder.cast
        to = Stand(Rung.PROCESS_OWNER, cast.process_owner)
        step = pass_on(
            escalation=escalation,
            to=to,
            text="Hers.",
            passed_by=cast.project_manager,
            passed_at=SOON,
        )
        assert (step.addressee, step.by) == (cast.process_owner, cast.project_manager)
        assert step.due_at == NOW + timedelta(days=1)
        assert told(cast.process_owner) == [("ESCALATED", "D-1 Which plant?")]
        assert Notice.objects.get(account=cast.project_manager).settled_at == SOON

    def test_leads_neither_back_nor_to_oneself_nor_to_its_source(self, ladder: Ladder) -> None:
        cast = ladder.cast
        escalation = ladder.escalate(by=cast.process_owner)
        for account, sentence in (
            (cast.project_manager, "That is you"),
            (cast.process_owner, "came from there"),
        ):
            with pytest.raises(EscalationRefused, match=sentence):
                pass_on(
                    escalation=escalation,
                    to=Stand(Rung.PROCESS_OWNER, account),
                    text="Hers.",
                    passed_by=cast.project_manager,
                    passed_at=SOON,
                )
        up = Stand(Rung.SPONSOR, cast.sponsor)
        pass_on(
            escalation=escalation,
            to=up,
            text="His.",
            passed_by=cast.project_manager,
            passed_at=SOON,
        )
        back = Stand(Rung.PROJECT_MANAGER, cast.project_manager)
        with pytest.raises(EscalationRefused, match="has had it"):
            pass_on(
                escalation=escalation, to=back, text="No.", passed_by=cast.sponsor, passed_at=SOON
            )

    def test_to_oneself_is_refused_by_the_database_too(self, ladder: Ladder) -> None:
        escalation = ladder.escalate()
        with pytest.raises(IntegrityError, match="nobody_escalates"), transaction.atomic():
            EscalationStep.objects.create(
                organisation_id=escalation.organisation_id,
                project_id=escalation.project_id,
                escalation=escalation,
                number=2,
                act=EscalationAct.PASSED_ON,
                rung=Rung.SPONSOR,
                addressee=ladder.cast.sponsor,
                by=ladder.cast.sponsor,
                text="Mine.",
                happened_at=SOON,
            )


class TestTheRecord:
    def test_says_neither_who_raised_it_nor_why(self, ladder: Ladder) -> None:
        escalation = ladder.escalate()
        answer(
            escalation=escalation,
            text="Dear user, on Friday.",
            answered_by=ladder.cast.project_manager,
            answered_at=SOON,
        )
        rows = RecordEntry.objects.filter(project=ladder.cast.project, kind__startswith="ESCALAT")
        entries = list(rows.order_by("seq").prefetch_related("texts"))
        assert [each.kind for each in entries] == [
            "ESCALATED",
            "ESCALATION_MOVED",
            "ESCALATION_MOVED",
        ]
        assert [each.actor for each in entries] == [None, None, ladder.cast.project_manager]
        said = " ".join(each.body + " ".join(t.text for t in each.texts.all()) for each in entries)
        for secret in (str(ladder.cast.business_user.public_id), "Business_User", REASON, "Dear"):
            assert secret not in said
        assert escalation.salt not in said
