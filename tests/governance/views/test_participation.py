"""The pages of requests for people, as each of their readers meets them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import PersonReply
from governance.models import ParticipationRequest, Person, PersonAnswer, User
from tests.factories import NOW
from tests.participation import SOON, Team, answer, asked_of, make_team, release_all

pytestmark = pytest.mark.django_db
OK, FOUND, WRONG, FORBIDDEN, MISSING = 200, 302, 422, 403, 404


@pytest.fixture
def team(time_machine: TimeMachineFixture) -> Team:
    time_machine.move_to(NOW, tick=False)
    return make_team()


def place(team: Team, name: str, *rows: object) -> str:
    ids = [getattr(row, "public_id", row) for row in rows]
    return reverse(f"governance:{name}", args=[team.cast.project.public_id, *ids])


def entries(team: Team, **fields: object) -> dict[str, object]:
    wanted = {
        "purpose": "TESTING",
        "from_date": "2026-06-08",
        "to_date": "2026-06-12",
        "people": [str(person.public_id) for person in team.people],
    }
    return wanted | fields


class TestAskForPeople:
    def test_goes_from_department_to_request(self, team: Team, client: Client) -> None:
        client.force_login(team.cast.project_manager)
        chosen = client.get(place(team, "people-request-choose")).content.decode()
        address = place(team, "people-request-add", team.department)
        assert address in chosen
        assert "Ada Young" in client.get(address).content.decode()
        assert client.post(address, entries(team)).status_code == FOUND
        listed = client.get(place(team, "people-request-list")).content.decode()
        assert "1 request for people waits for an answer." in listed
        assert "0 of 2 released" in listed

    def test_says_beside_the_field_what_is_wrong(self, team: Team, client: Client) -> None:
        client.force_login(team.cast.project_manager)
        address = place(team, "people-request-add", team.department)
        answered = client.post(address, entries(team, to_date="2026-06-01"))
        assert answered.status_code == WRONG
        assert answered.context["form"].errors["to_date"] == ["The last day lies before the first."]
        assert not ParticipationRequest.objects.exists()

    def test_offers_nobody_of_another_department_or_who_left(
        self, team: Team, client: Client
    ) -> None:
        other = make_team(team.cast, name="Stores")
        Person.objects.filter(name="Ben Low").update(left_date="2026-05-20")
        client.force_login(team.cast.project_manager)
        address = place(team, "people-request-add", team.department)
        offered = client.get(address).context["form"].fields["people"].queryset
        assert [person.name for person in offered] == ["Ada Young"]
        foreign = entries(team, people=[str(other.people[0].public_id)])
        assert client.post(address, foreign).status_code == WRONG

    @pytest.mark.parametrize("who", ["business_user", "process_owner", "auditor", "consultant"])
    def test_is_not_for_everybody(self, team: Team, client: Client, who: str) -> None:
        client.force_login(getattr(team.cast, who))
        address = place(team, "people-request-add", team.department)
        assert client.get(address).status_code == FORBIDDEN
        assert client.post(address, entries(team)).status_code == FORBIDDEN
        assert client.get(place(team, "people-request-list")).status_code == OK

    def test_knows_no_department_of_another_client(self, team: Team, client: Client) -> None:
        client.force_login(team.cast.other_sponsor)
        assert client.get(place(team, "people-request-list")).status_code == MISSING
        other = make_team(team.cast, name="Stores")
        client.force_login(team.cast.project_manager)
        address = reverse(
            "governance:people-request-add",
            args=[team.cast.project.public_id, team.cast.other_project.public_id],
        )
        assert client.get(address).status_code == MISSING
        assert client.get(place(team, "people-request-add", other.department)).status_code == OK


class TestShowRequest:
    def answers(self, request: ParticipationRequest, *replies: str) -> dict[str, str]:
        people = asked_of(request)
        said = {f"reply_{one.public_id}": reply for one, reply in zip(people, replies, strict=True)}
        return said | {f"reason_{one.public_id}": "Closing week." for one in people}

    def test_takes_the_answer_by_name(self, team: Team, client: Client) -> None:
        request = team.ask()
        client.force_login(team.manager)
        address = place(team, "people-request-detail", request)
        assert client.get(address).context["form"] is not None
        sent = self.answers(request, "RELEASED", "REFUSED")
        assert client.post(address, sent).status_code == FOUND
        said = {row.requested.person.name: row.reply for row in PersonAnswer.objects.all()}
        assert said == {"Ada Young": "RELEASED", "Ben Low": "REFUSED"}
        shown = client.get(address)
        assert "1 of 2 people are released." in shown.content.decode()
        assert shown.context["form"] is None

    def test_releases_all_the_others_by_one_button(self, team: Team, client: Client) -> None:
        request = team.ask()
        client.force_login(team.manager)
        sent = self.answers(request, "", "REFUSED") | {"everybody": "released"}
        client.post(place(team, "people-request-detail", request), sent)
        said = {row.requested.person.name: row.reply for row in PersonAnswer.objects.all()}
        assert said == {"Ada Young": "RELEASED", "Ben Low": "REFUSED"}
        assert PersonAnswer.objects.get(reply="RELEASED").reason == ""

    def test_says_so_when_somebody_answered_meanwhile(self, team: Team, client: Client) -> None:
        request = team.ask()
        client.force_login(team.manager)
        address = place(team, "people-request-detail", request)
        sent = self.answers(request, "RELEASED", "RELEASED")
        assert client.post(address, sent).status_code == FOUND
        again = client.post(address, sent)
        assert again.status_code == WRONG
        assert "Somebody answered for Ada Young meanwhile" in again.content.decode()
        assert PersonAnswer.objects.count() == len(team.people)

    @pytest.mark.parametrize(
        "who", ["project_manager", "sponsor", "process_owner", "auditor", "consultant"]
    )
    def test_shows_others_no_form_and_takes_nothing(
        self, team: Team, client: Client, who: str
    ) -> None:
        request = team.ask()
        client.force_login(getattr(team.cast, who))
        address = place(team, "people-request-detail", request)
        assert client.get(address).context["form"] is None
        sent = self.answers(request, "RELEASED", "RELEASED")
        assert client.post(address, sent).status_code == FORBIDDEN
        assert not PersonAnswer.objects.exists()

    def test_is_the_executives_once_overdue(
        self, team: Team, client: Client, time_machine: TimeMachineFixture
    ) -> None:
        request = team.ask()
        time_machine.move_to(request.answer_due_at + timedelta(minutes=1), tick=False)
        client.force_login(team.cast.sponsor)
        address = place(team, "people-request-detail", request)
        assert "The answer for the others is overdue." in client.get(address).content.decode()
        assert client.post(address, self.answers(request, "RELEASED", "")).status_code == FOUND

    def test_shows_nothing_of_another_project(self, team: Team, client: Client) -> None:
        request = team.ask()
        client.force_login(team.cast.other_sponsor)
        other = team.cast.other_project.public_id
        args = [other, request.public_id]
        assert client.get(reverse("governance:people-request-detail", args=args)).status_code == 404


class TestChangeAnswer:
    def change(self, client: Client, address: str, **fields: str) -> int:
        seen = client.get(address).context["form"]["seen"].value()
        sent = {"reply": "REFUSED", "reason": "She is ill.", "seen": str(seen)}
        return client.post(address, sent | fields).status_code

    def test_counts_from_now_on_and_keeps_the_first(
        self, team: Team, client: Client, time_machine: TimeMachineFixture
    ) -> None:
        request = team.ask()
        release_all(request, by=team.manager)
        time_machine.move_to(SOON + timedelta(hours=1), tick=False)
        client.force_login(team.manager)
        address = place(team, "person-answer-change", request, asked_of(request)[0])
        assert self.change(client, address) == FOUND
        shown = client.get(place(team, "people-request-detail", request)).content.decode()
        assert "She is ill." in shown
        assert "Released (Finance Manager)" in shown

    def test_refuses_who_saw_an_older_answer(
        self, team: Team, client: Client, time_machine: TimeMachineFixture
    ) -> None:
        request = team.ask()
        release_all(request, by=team.manager)
        time_machine.move_to(SOON + timedelta(hours=1), tick=False)
        client.force_login(team.manager)
        address = place(team, "person-answer-change", request, asked_of(request)[0])
        stale = str(client.get(address).context["form"]["seen"].value())
        assert self.change(client, address) == FOUND
        assert self.change(client, address, seen=stale, reply="RELEASED") == WRONG

    def test_is_for_who_answers_alone(self, team: Team, client: Client) -> None:
        request = team.ask()
        ada, ben = asked_of(request)
        answer(request, (ada, PersonReply.RELEASED, ""), by=team.manager, at=NOW)
        address = place(team, "person-answer-change", request, ada)
        people: list[User] = [team.cast.project_manager, team.cast.sponsor, team.cast.consultant]
        for user in people:
            client.force_login(user)
            assert client.get(address).status_code == FORBIDDEN
        client.force_login(team.manager)
        unanswered = place(team, "person-answer-change", request, ben)
        assert client.get(unanswered).status_code == FOUND
