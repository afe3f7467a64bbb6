"""The pages of the charter, of overrulings, and of how the project is led."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.choices import Power, Role, SignoffAct
from governance.models import Charter, LeadershipAssessment, Notice, Overruling, User
from tests.charters import make_charter, make_signed_charter, sign_charter
from tests.factories import join
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
EVERY = [str(power) for power in Power]
ANSWERS = {
    "erp_upgrades": "0",
    "time_percent": "80",
    "workstreams": "3",
    "sponsor_hours": "4",
    "has_office": "yes",
    "note": "",
}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def address(cast: Cast, name: str = "charter-show") -> str:
    return reverse(f"governance:{name}", args=[cast.project.public_id])


def shown(client: Client, user: User, place: str) -> str:
    client.force_login(user)
    answer = client.get(place)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


class TestShowCharter:
    def test_says_first_that_there_is_none(self, client: Client, cast: Cast) -> None:
        assert "responsibility without authority" in shown(client, cast.sponsor, address(cast))

    def test_grants_nothing_before_it_is_signed_and_leads_the_sponsor_to_it(
        self, client: Client, cast: Cast
    ) -> None:
        make_charter(cast)
        page = shown(client, cast.sponsor, address(cast))
        assert "is not signed; it grants nothing until it is" in page
        assert "Read and sign it" in page
        assert "Read and sign it" not in shown(client, cast.auditor, address(cast))

    def test_shows_what_is_withheld_and_why(self, client: Client, cast: Cast) -> None:
        make_signed_charter(cast, granted=frozenset({Power.CALL_PEOPLE, Power.ESCALATE}))
        page = shown(client, cast.consultant, address(cast))
        assert "Withheld: stop a gate, hold the plan." in page
        assert "The steering decides that." in page

    def test_says_that_the_sponsor_refused(self, client: Client, cast: Cast) -> None:
        sign_charter(make_charter(cast), sponsor=cast.sponsor, act=SignoffAct.REFUSED)
        assert "The sponsor refused a charter" in shown(client, cast.sponsor, address(cast))

    def test_a_newer_version_takes_the_powers_away_until_it_is_signed(
        self, client: Client, cast: Cast
    ) -> None:
        make_signed_charter(cast)
        make_charter(cast, granted=frozenset({Power.ESCALATE}))
        page = shown(client, cast.sponsor, address(cast))
        assert "is not signed; it grants nothing until it is" in page
        assert "Evidence changed since" in page

    def test_a_manager_who_lost_the_role_is_granted_nothing(
        self, client: Client, cast: Cast
    ) -> None:
        make_signed_charter(cast)
        cast.project_manager.participations.update(ended_at=timezone.now())
        assert "no longer manages this project" in shown(client, cast.sponsor, address(cast))


class TestWrite:
    def test_puts_a_version_on_record_and_tells_the_sponsor(
        self, client: Client, cast: Cast
    ) -> None:
        client.force_login(cast.project_manager)
        place = address(cast, "charter-write")
        entered = {"project_manager": str(cast.project_manager.public_id), "powers": EVERY}
        assert client.post(place, entered).status_code == 302
        assert Charter.objects.get().granted == list(Power)
        assert Notice.objects.get(kind="CHARTER_WAITS").account == cast.sponsor

    def test_refuses_a_power_withheld_without_a_reason_and_the_same_again(
        self, client: Client, cast: Cast
    ) -> None:
        client.force_login(cast.sponsor)
        place = address(cast, "charter-write")
        manager = str(cast.project_manager.public_id)
        answer = client.post(place, {"project_manager": manager, "powers": ["ESCALATE"]})
        assert answer.status_code == 422
        assert "Say why a power is withheld" in answer.content.decode()
        entered = {"project_manager": manager, "powers": EVERY}
        assert client.post(place, entered).status_code == 302
        assert "says exactly this already" in client.post(place, entered).content.decode()

    def test_offers_nobody_without_the_role_nor_of_elsewhere(
        self, client: Client, cast: Cast
    ) -> None:
        client.force_login(cast.sponsor)
        for account in (cast.business_user, cast.consultant, cast.other_sponsor):
            entered = {"project_manager": str(account.public_id), "powers": EVERY}
            assert client.post(address(cast, "charter-write"), entered).status_code == 422
        assert not Charter.objects.exists()

    def test_refuses_the_sponsor_as_the_manager(self, client: Client, cast: Cast) -> None:
        join(project=cast.project, user=cast.sponsor, role=Role.PROJECT_MANAGER)
        client.force_login(cast.sponsor)
        entered = {"project_manager": str(cast.sponsor.public_id), "powers": EVERY}
        answer = client.post(address(cast, "charter-write"), entered)
        assert "Nobody grants powers to themselves" in answer.content.decode()

    def test_is_not_for_others(self, client: Client, cast: Cast) -> None:
        for account, status in (
            (cast.process_owner, 403),
            (cast.consultant, 403),
            (cast.other_sponsor, 404),
        ):
            client.force_login(account)
            assert client.get(address(cast, "charter-write")).status_code == status


class TestAddOverruling:
    def entered(self, cast: Cast, **changed: str) -> dict[str, str]:
        return {
            "project_manager": str(cast.project_manager.public_id),
            "what": "Testing starts in week 20.",
            "overruled_by": str(cast.sponsor.public_id),
            "reason": "The month has to close first.",
            "power": "HOLD_PLAN",
            "overruled_on": str(timezone.localdate()),
            **changed,
        }

    def test_stands_on_the_page_with_who_and_why(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.project_manager)
        place = address(cast, "overruling-add")
        assert client.post(place, self.entered(cast)).status_code == 302
        row = Overruling.objects.get()
        assert (row.overruled_by, row.written_by) == (cast.sponsor, cast.project_manager)
        page = shown(client, cast.auditor, address(cast))
        assert "Testing starts in week 20." in page
        assert "The month has to close first." in page
        assert Notice.objects.get(kind="OVERRULED").account == cast.sponsor

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("overruled_on", "2999-01-01", "That has not happened yet."),
            ("reason", " ", "required"),
        ],
    )
    def test_refuses_what_has_not_happened_and_what_says_nothing(
        self, client: Client, cast: Cast, field: str, value: str, sentence: str
    ) -> None:
        client.force_login(cast.sponsor)
        answer = client.post(address(cast, "overruling-add"), self.entered(cast, **{field: value}))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()

    def test_refuses_the_manager_as_who_overruled_and_anybody_of_elsewhere(
        self, client: Client, cast: Cast
    ) -> None:
        client.force_login(cast.sponsor)
        for account in (cast.project_manager, cast.consultant, cast.other_sponsor):
            entered = self.entered(cast, overruled_by=str(account.public_id))
            assert client.post(address(cast, "overruling-add"), entered).status_code == 422
        assert not Overruling.objects.exists()


class TestShowLeadership:
    def answer(self, client: Client, cast: Cast, account: User, **changed: str) -> None:
        client.force_login(account)
        entered = {"project_manager": str(cast.project_manager.public_id), **ANSWERS, **changed}
        assert client.post(address(cast, "leadership-show"), entered).status_code == 302

    def test_neither_sees_the_other_before_both_have_answered(
        self, client: Client, cast: Cast
    ) -> None:
        place = address(cast, "leadership-show")
        self.answer(client, cast, cast.project_manager, note="Nobody keeps the minutes.")
        page = shown(client, cast.sponsor, place)
        assert "Nobody keeps the minutes." not in page
        assert Notice.objects.get(kind="ASSESSMENT_WAITS").account == cast.sponsor
        self.answer(client, cast, cast.sponsor, time_percent="30", note="Works hard.")
        assert "Nobody keeps the minutes." in shown(client, cast.sponsor, place)
        page = shown(client, cast.project_manager, place)
        assert "you see 1 of 5 differently" in page
        assert "Works hard." in page
        assert "Less than half a week" in page
        assert Notice.objects.get(kind="ASSESSMENT_WAITS").settled_at is not None

    def test_nobody_else_sees_it_not_even_in_the_record(self, client: Client, cast: Cast) -> None:
        self.answer(client, cast, cast.project_manager, note="Nobody keeps the minutes.")
        self.answer(client, cast, cast.sponsor, note="Works hard.")
        steering = cast.business_user
        join(project=cast.project, user=steering, role=Role.STEERING)
        for account in (steering, cast.auditor, cast.consultant, cast.process_owner):
            client.force_login(account)
            assert client.get(address(cast, "leadership-show")).status_code == 403
        record = reverse("governance:record-show", args=[cast.project.public_id])
        page = shown(client, steering, record)
        assert "Leadership assessed" in page
        for secret in ("Works hard.", "Nobody keeps the minutes.", "time_percent"):
            assert secret not in page

    def test_a_new_sponsor_answers_before_seeing_anything(self, client: Client, cast: Cast) -> None:
        self.answer(client, cast, cast.project_manager, note="Nobody keeps the minutes.")
        self.answer(client, cast, cast.sponsor)
        join(project=cast.project, user=cast.business_user, role=Role.SPONSOR)
        page = shown(client, cast.business_user, address(cast, "leadership-show"))
        assert "Nobody keeps the minutes." not in page

    def test_refuses_numbers_that_cannot_be(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.sponsor)
        entered = {"project_manager": str(cast.project_manager.public_id), **ANSWERS}
        for wrong in ({"time_percent": "101"}, {"workstreams": "-1"}, {"has_office": ""}):
            answer = client.post(address(cast, "leadership-show"), {**entered, **wrong})
            assert answer.status_code == 422
        assert not LeadershipAssessment.objects.exists()
