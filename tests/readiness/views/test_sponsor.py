"""The sponsor's page says what only the sponsor can do; opening a judgement is written down."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import Role
from governance.models import Caveat, Participation
from governance.services.meetings import Call, call_meeting
from readiness.choices import Paper
from readiness.models import CaveatReading, Review, Snapshot
from tests.factories import join, make_user
from tests.factors import give_app
from tests.questions import ask_to_accept, make_decision
from tests.signing import LATER, Desk, make_desk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def desk(time_machine: TimeMachineFixture) -> Desk:
    found = make_desk()
    found.judge(at=LATER - timedelta(hours=1))
    time_machine.move_to(LATER, tick=False)
    return found


def page(client: Client, desk: Desk, *, who: str = "sponsor", name: str = "sponsor-show") -> Any:
    user = getattr(desk.cast, who)
    give_app(user)
    client.force_login(user)
    return client.get(reverse(f"readiness:{name}", args=[desk.cast.project.public_id]))


class TestSponsorPage:
    def test_shows_five_things_at_most_and_says_how_many_wait_behind(
        self, client: Client, desk: Desk
    ) -> None:
        for number in range(7):
            make_decision(project=desk.cast.project, code=f"D-{number}", decider=desk.cast.sponsor)
        answer = page(client, desk)
        shown = answer.context["page"]
        assert len(shown.tasks) == 5
        assert shown.more >= 5, "two decisions, to chair, to write, to read, to sign"
        assert "5 things this week that only you can do." in answer.content.decode()

    def test_puts_what_is_late_and_grave_first(self, client: Client, desk: Desk) -> None:
        cast = desk.cast
        ask_to_accept(cast, until=LATER + DAY)
        fields: dict[str, Any] = {"project": cast.project, "decider": cast.sponsor}
        make_decision(**fields, code="D-1", title="In time?", due_date=(LATER + DAY).date())
        make_decision(**fields, code="D-2", title="Late?", due_date=(LATER - DAY).date())
        make_decision(**fields, code="D-3", title="Next month?", due_date=(LATER + 30 * DAY).date())
        texts = [task.text for task in page(client, desk).context["page"].tasks]
        assert texts[:2] == ["Decide: D-2 Late?", "Decide: D-1 In time?"]
        assert texts[2].startswith("Accept or decline the risk: ")
        assert not any("Next month" in text for text in texts)

    def test_leaves_out_what_others_can_do(self, client: Client, desk: Desk) -> None:
        make_decision(project=desk.cast.project, decider=desk.cast.process_owner, title="Theirs?")
        shown = page(client, desk).content.decode()
        assert "Theirs?" not in shown

    def test_says_to_anybody_else_whose_things_they_are(self, client: Client, desk: Desk) -> None:
        shown = page(client, desk, who="auditor").content.decode()
        assert "this week that only Sponsor can do." in shown

    def test_offers_to_chair_the_meeting_of_this_week(self, client: Client, desk: Desk) -> None:
        call_meeting(
            project=desk.cast.project,
            call=Call(title="Steering in March", starts_at=LATER + 3 * DAY),
            called_by=desk.cast.project_manager,
            called_at=LATER,
        )
        texts = [task.text for task in page(client, desk).context["page"].tasks]
        assert "Chair the meeting: Steering in March" in texts

    def test_says_that_there_is_no_sponsor(self, client: Client, desk: Desk) -> None:
        Participation.objects.filter(role=Role.SPONSOR).update(ended_at=LATER - DAY)
        shown = page(client, desk, who="project_manager").content.decode()
        assert "This upgrade has no sponsor." in shown

    def test_is_not_there_for_another_client(self, client: Client, desk: Desk) -> None:
        assert page(client, desk, who="other_sponsor").status_code == 404


class TestReviews:
    def note(self, client: Client, desk: Desk, who: str) -> None:
        user = getattr(desk.cast, who)
        give_app(user)
        client.force_login(user)
        newest = Snapshot.objects.newest_first()[0]
        there = reverse("readiness:visit-note", args=[desk.cast.project.public_id])
        assert client.post(there, {"shown": str(newest.public_id)}).status_code == 302

    def test_keeps_that_an_executive_read_the_gate(self, client: Client, desk: Desk) -> None:
        self.note(client, desk, "sponsor")
        self.note(client, desk, "sponsor")
        self.note(client, desk, "project_manager")
        row = Review.objects.get()
        assert (row.account, row.opened_at) == (desk.cast.sponsor, LATER)
        shown = page(client, desk, name="review-list").content.decode()
        assert "1 of 1 executive opened" in shown
        assert "Has read it" in shown

    def test_names_the_caveats_that_are_still_to_open(self, client: Client, desk: Desk) -> None:
        cast = desk.cast
        member = make_user(organisation=cast.client, name="Steering Member")
        join(project=cast.project, user=member, role=Role.STEERING)
        row: dict[str, Any] = {"organisation": cast.client, "project": cast.project}
        caveat = Caveat.objects.create(
            **row, text="Porto has no room", written_by=cast.project_manager, written_at=LATER - DAY
        )
        CaveatReading.objects.create(**row, caveat=caveat, account=cast.sponsor, opened_at=LATER)
        self.note(client, desk, "sponsor")
        found = page(client, desk, name="review-list").context["list"]
        assert {each.name: each.has_read for each in found.rows} == {
            "Sponsor": True,
            "Steering Member": False,
        }
        assert "1 of 2 executives" in found.answer

    def test_keeps_that_an_executive_took_the_report_away(self, client: Client, desk: Desk) -> None:
        user = desk.cast.sponsor
        give_app(user)
        client.force_login(user)
        newest = Snapshot.objects.newest_first()[0]
        project, report = desk.cast.project.public_id, uuid4()
        sent = {"shown": str(newest.public_id), "report": str(report)}
        answer = client.post(reverse("readiness:review-note", args=[project]), sent)
        assert answer["Location"] == reverse("reports:report-download", args=[project, report])
        assert Review.objects.get().paper == Paper.REPORT
