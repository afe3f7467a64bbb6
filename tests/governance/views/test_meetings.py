"""The pages of meetings and of the sponsor's statement, and who may use them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import (
    Affiliation,
    EscalationAct,
    EscalationCause,
    Presence,
    Rung,
)
from governance.models import (
    Decision,
    Escalation,
    EscalationStep,
    Meeting,
    MeetingMinutes,
    StatementAcknowledgement,
    User,
)
from governance.pages.agenda import points_of
from governance.services.expectations import write_statement
from governance.services.meetings import Call, Minutes, call_meeting, write_minutes
from tests.factors import give_app
from tests.people import Cast, make_cast
from tests.questions import decide, make_decision
from tests.signing import LATER

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def cast(time_machine: TimeMachineFixture) -> Cast:
    time_machine.move_to(LATER, tick=False)
    return make_cast()


def enter(client: Client, user: User) -> Client:
    give_app(user)
    client.force_login(user)
    return client


def address(cast: Cast, name: str, *rows: Any) -> str:
    return reverse(f"governance:{name}", args=[cast.project.public_id, *rows])


def called(cast: Cast, *, starts_at: Any = LATER - HOUR) -> Meeting:
    call = Call(title="Steering in March", starts_at=starts_at)
    return call_meeting(
        project=cast.project, call=call, called_by=cast.sponsor, called_at=LATER - DAY
    )


def entries(cast: Cast, **fields: Any) -> dict[str, Any]:
    sponsor = str(cast.sponsor.public_id)
    held = {"was_held": "held", "chair": sponsor, f"came_{sponsor}": "PRESENT", "notes": "Go on."}
    return {**held, **fields}


class TestList:
    def test_says_first_how_many_the_sponsor_chaired(self, client: Client, cast: Cast) -> None:
        meeting = called(cast, starts_at=LATER - DAY)
        written = Minutes(
            was_held=True, chair=cast.sponsor, attendance={cast.sponsor: Presence.PRESENT}
        )
        write_minutes(
            meeting=meeting, minutes=written, written_by=cast.sponsor, written_at=LATER - HOUR
        )
        shown = enter(client, cast.auditor).get(address(cast, "meeting-list")).content.decode()
        assert "The sponsor chaired 1 meeting in the last sixty days." in shown
        assert "Steering in March" in shown
        assert "Call a meeting" not in shown


class TestCalling:
    def test_a_meeting_is_called_in_the_projects_own_time(self, client: Client, cast: Cast) -> None:
        cast.project.time_zone = "Europe/Oslo"
        cast.project.save(update_fields=["time_zone"])
        sent = {"title": "Steering", "starts_at": "2031-03-10T09:00", "place": "Room 4"}
        answer = enter(client, cast.project_manager).post(address(cast, "meeting-add"), sent)
        assert answer.status_code == 302
        assert Meeting.objects.get().starts_at.isoformat() == "2031-03-10T08:00:00+00:00"

    def test_a_partner_calls_none(self, client: Client, cast: Cast) -> None:
        answer = enter(client, cast.consultant).get(address(cast, "meeting-add"))
        assert answer.status_code == 403


class TestMinutes:
    def test_keep_the_agenda_as_it_stood_when_the_meeting_began(
        self, client: Client, cast: Cast
    ) -> None:
        meeting = called(cast)
        waits = make_decision(project=cast.project, decider=cast.sponsor, title="Which bank?")
        make_decision(project=cast.project, title="Asked later?", raised_at=LATER - HOUR / 2)
        there = address(cast, "meeting-minutes", meeting.public_id)
        answer = enter(client, cast.project_manager).post(there, entries(cast))
        assert answer.status_code == 302
        kept = [each["title"] for each in MeetingMinutes.objects.get().agenda]
        assert kept == [str(waits)]

    def test_keep_it_when_they_are_corrected(self, client: Client, cast: Cast) -> None:
        meeting = called(cast)
        make_decision(project=cast.project, decider=cast.sponsor, title="Which bank?")
        there = address(cast, "meeting-minutes", meeting.public_id)
        enter(client, cast.project_manager).post(there, entries(cast))
        Decision.objects.update(raised_at=LATER)
        client.post(there, entries(cast, notes="Stop."))
        agendas = list(MeetingMinutes.objects.values_list("agenda", flat=True))
        assert agendas[0] == agendas[1]
        page = client.get(address(cast, "meeting-detail", meeting.public_id)).content.decode()
        assert "Earlier minutes" in page
        assert "Which bank?" in page

    def test_of_a_meeting_that_has_not_been_are_refused(self, client: Client, cast: Cast) -> None:
        meeting = called(cast, starts_at=LATER + DAY)
        there = address(cast, "meeting-minutes", meeting.public_id)
        answer = enter(client, cast.project_manager).post(there, entries(cast))
        assert answer.status_code == 422
        assert "has not been yet" in answer.content.decode()
        assert not MeetingMinutes.objects.exists()

    def test_offer_no_chair_from_the_partner(self, client: Client, cast: Cast) -> None:
        there = address(cast, "meeting-minutes", called(cast).public_id)
        sent = entries(cast, chair=str(cast.consultant.public_id))
        answer = enter(client, cast.project_manager).post(there, sent)
        assert answer.status_code == 422
        assert not MeetingMinutes.objects.exists()

    def test_of_another_client_are_not_there(self, client: Client, cast: Cast) -> None:
        there = address(cast, "meeting-minutes", called(cast).public_id)
        assert enter(client, cast.other_sponsor).get(there).status_code == 404


class TestPage:
    def test_leads_to_what_can_be_decided_there(self, client: Client, cast: Cast) -> None:
        meeting = called(cast)
        decision = make_decision(project=cast.project, decider=cast.sponsor)
        page = enter(client, cast.sponsor).get(address(cast, "meeting-detail", meeting.public_id))
        there = address(cast, "decision-detail", decision.public_id)
        assert f"{there}?meeting={meeting.public_id}" in page.content.decode()

    def test_shows_what_was_decided_there(self, client: Client, cast: Cast) -> None:
        meeting = called(cast)
        decision = make_decision(project=cast.project, decider=cast.sponsor)
        decide(decision, by=cast.sponsor, at=LATER, meeting=meeting, outcome="The old bank.")
        page = enter(client, cast.auditor).get(address(cast, "meeting-detail", meeting.public_id))
        assert "The old bank." in page.content.decode()


class TestAgenda:
    def test_leaves_out_what_was_answered_and_what_nobody_above_has_to_take(
        self, cast: Cast
    ) -> None:
        owners = make_decision(project=cast.project, decider=cast.process_owner)
        decided = make_decision(project=cast.project, decider=cast.sponsor)
        decide(decided, by=cast.sponsor, at=LATER - DAY, decided_affiliation=Affiliation.CLIENT)
        assert points_of(cast.project, as_of=LATER) == []
        before = points_of(cast.project, as_of=LATER - 2 * DAY)
        assert [each.title for each in before] == [str(decided)]
        Decision.objects.filter(pk=owners.pk).update(due_date=LATER.date() - DAY)
        late = points_of(cast.project, as_of=LATER)
        assert [(each.kind, each.title) for each in late] == [("OVERDUE", str(owners))]

    def test_names_once_what_was_escalated(self, cast: Cast) -> None:
        late = make_decision(
            project=cast.project, decider=cast.process_owner, due_date=LATER.date() - DAY
        )
        row: dict[str, Any] = {"organisation": cast.client, "project": cast.project}
        escalation = Escalation.objects.create(
            **row,
            subject_noun="decision",
            subject_id=str(late.public_id),
            subject_title=str(late),
            cause=EscalationCause.DECISION_OVERDUE,
            key="decision",
            reason="It is overdue.",
            raised_at=LATER - DAY,
        )
        EscalationStep.objects.create(
            **row,
            escalation=escalation,
            number=1,
            act=EscalationAct.ADDRESSED,
            rung=Rung.SPONSOR,
            addressee=cast.sponsor,
            due_at=LATER + DAY,
            happened_at=LATER - DAY,
        )
        points = points_of(cast.project, as_of=LATER)
        assert [each.kind for each in points] == ["ESCALATION"]


class TestStatement:
    def test_the_sponsor_writes_and_the_others_sign_by_name(
        self, client: Client, cast: Cast
    ) -> None:
        there = address(cast, "statement-show")
        enter(client, cast.sponsor).post(there, {"text": "Testing comes first."})
        page = enter(client, cast.business_user).get(there).content.decode()
        assert "0 of 4 people" in page
        read = next(part for part in page.split('"') if part.endswith("/read/"))
        client.post(read)
        assert "1 of 4 people" in client.get(there).content.decode()
        assert StatementAcknowledgement.objects.get().account == cast.business_user

    def test_nobody_else_writes(self, client: Client, cast: Cast) -> None:
        answer = enter(client, cast.project_manager).post(
            address(cast, "statement-show"), {"text": "Mine."}
        )
        assert answer.status_code == 403

    def test_an_older_one_cannot_be_acknowledged(self, client: Client, cast: Cast) -> None:
        terms: dict[str, Any] = {"project": cast.project, "written_by": cast.sponsor}
        first = write_statement(text="One.", written_at=LATER - DAY, **terms)
        write_statement(text="Two.", written_at=LATER, **terms)
        there = address(cast, "statement-acknowledge", first.public_id)
        enter(client, cast.business_user).post(there)
        assert not StatementAcknowledgement.objects.exists()
