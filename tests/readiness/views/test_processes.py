"""The evidence of a process in the browser: read it, sign it, refuse it, be told what changed."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings
from time_machine import TimeMachineFixture

from governance.choices import SignoffAct
from governance.models import BusinessProcess, Signoff, User
from governance.services.marks import mark_projects
from tests.factories import PASSWORD, make_defect, make_process, make_run
from tests.signing import LATER, Desk, make_desk
from uat.services.executions import refresh_latest

PROCESS_QUERIES = 26
LIST_QUERIES = 13
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - a test's own


@pytest.fixture
def desk(db: None, time_machine: TimeMachineFixture) -> Desk:
    """Return a process that can be signed, looked at after everything was recorded."""
    cache.clear()
    found = make_desk()
    time_machine.move_to(LATER, tick=False)
    return found


def page_of(client: Client, user: User, desk: Desk) -> str:
    """Return the process page as somebody sees it."""
    client.force_login(user)
    answer = client.get(desk.address)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, user: User, desk: Desk, **fields: Any) -> Any:
    """Send the form of the page as somebody who read it."""
    client.force_login(user)
    entered = {
        "act": "SIGNED",
        "reason": "",
        "password": PASSWORD,
        "evidence_hash": desk.shown_hash(),
    }
    return client.post(desk.address, entered | fields)


class TestShowProcess:
    def test_shows_runs_of_the_business_and_of_the_partner_apart(
        self, client: Client, desk: Desk
    ) -> None:
        for _ in range(3):
            make_run(scenario=desk.scenario, affiliation="PARTNER", tester=desk.cast.consultant)
        page = page_of(client, desk.cast.process_owner, desk)
        assert "Recorded by Integrators: 3 runs of 1 scenario. Shown, never counted." in page
        assert "1 run by the business" in page

    def test_shows_open_defects_and_leaves_closed_ones_out(
        self, client: Client, desk: Desk
    ) -> None:
        make_defect(project=desk.cast.project, scenario=desk.scenario, title="Prices are empty")
        make_defect(
            project=desk.cast.project, scenario=desk.scenario, title="Long gone", state="CLOSED"
        )
        page = page_of(client, desk.cast.auditor, desk)
        assert "Prices are empty" in page
        assert "Long gone" not in page

    def test_offers_the_form_to_owner_and_deputy_alone(self, client: Client, desk: Desk) -> None:
        for name in ("process_owner", "sponsor"):
            assert "Put my name to it" in page_of(client, getattr(desk.cast, name), desk)
        for name in ("project_manager", "consultant", "auditor"):
            page = page_of(client, getattr(desk.cast, name), desk)
            assert "Put my name to it" not in page
            assert "signs or refuses this process" in page

    def test_calls_a_signature_signed_and_a_partners_record_recorded(
        self, client: Client, desk: Desk
    ) -> None:
        desk.sign(desk.cast.process_owner)
        make_run(scenario=desk.scenario, affiliation="PARTNER", tester=desk.cast.consultant)
        page = page_of(client, desk.cast.consultant, desk)
        assert "Signed by Process_Owner of Northwind Mills" in page
        assert "Recorded by Integrators" in page
        assert "Signed by Consultant" not in page

    def test_says_what_changed_since_the_signature(self, client: Client, desk: Desk) -> None:
        desk.sign(desk.cast.process_owner)
        assert "What changed since" not in page_of(client, desk.cast.process_owner, desk)
        make_run(scenario=desk.scenario, result="FAILED")
        refresh_latest(project_id=desk.cast.project.pk)
        page = page_of(client, desk.cast.process_owner, desk)
        assert "You signed 1 run; 1 scenario changed since." in page
        assert "Evidence changed since" in page
        assert "Process_Owner signed 1 run" in page_of(client, desk.cast.sponsor, desk)

    def test_says_that_it_is_being_judged_again(self, client: Client, desk: Desk) -> None:
        mark_projects(project_ids=[desk.cast.project.pk])
        assert "Being judged again" in page_of(client, desk.cast.process_owner, desk)

    def test_tells_an_open_page_that_its_evidence_is_no_longer_what_it_shows(
        self, client: Client, desk: Desk
    ) -> None:
        told = "The evidence changed since you opened this page."
        page = page_of(client, desk.cast.process_owner, desk)
        shown = desk.shown_hash()
        assert f'hx-get="{desk.address}?shown={shown}"' in page
        assert told not in page
        make_run(scenario=desk.scenario, result="FAILED")
        refresh_latest(project_id=desk.cast.project.pk)
        page = client.get(desk.address, {"shown": shown}).content.decode()
        assert told in page
        assert f'hx-get="{desk.address}?shown={shown}"' in page, "it goes on asking about the same"
        assert told not in client.get(desk.address, {"shown": "nonsense"}).content.decode()

    def test_leads_from_a_part_to_the_process_that_answers_for_it(
        self, client: Client, desk: Desk
    ) -> None:
        part = make_process(project=desk.cast.project, accountable=desk.process, code="10.10")
        client.force_login(desk.cast.auditor)
        answer = client.get(desk.address.replace(str(desk.process.public_id), str(part.public_id)))
        assert answer["Location"] == desk.address

    def test_leads_from_a_whole_to_its_parts(self, client: Client, desk: Desk) -> None:
        whole = make_process(project=desk.cast.project, code="9", name="Everything")
        BusinessProcess.objects.filter(pk=whole.pk).update(accountable=None)
        BusinessProcess.objects.filter(pk=desk.process.pk).update(parent=whole)
        client.force_login(desk.cast.auditor)
        answer = client.get(desk.address.replace(str(desk.process.public_id), str(whole.public_id)))
        assert desk.address in answer.content.decode()

    def test_says_that_there_is_nothing_to_sign_out_of_scope(
        self, client: Client, desk: Desk
    ) -> None:
        BusinessProcess.objects.filter(pk=desk.process.pk).update(in_scope=False)
        page = page_of(client, desk.cast.process_owner, desk)
        assert "there is nothing to sign" in page
        assert "Put my name to it" not in page

    def test_leads_from_every_number_to_its_rows(self, client: Client, desk: Desk) -> None:
        page = page_of(client, desk.cast.process_owner, desk)
        rows = f"/p/{desk.cast.project.public_id}/scenarios/?process={desk.process.public_id}"
        assert f'href="{rows}&amp;kind=HAPPY_PATH&amp;state=passed">1</a>' in page
        assert f'href="{rows}&amp;state=unrun">1</a>' in page
        assert (
            "2 scenarios in scope: 1 run by the business, 1 passed, 0 blocked,"
            " 0 changed since, 1 never run." in page
        )

    def test_leads_from_what_changed_to_its_scenario(self, client: Client, desk: Desk) -> None:
        desk.sign(desk.cast.process_owner)
        make_run(scenario=desk.scenario, result="FAILED")
        make_defect(project=desk.cast.project, scenario=desk.scenario, code="D-1")
        refresh_latest(project_id=desk.cast.project.pk)
        page = page_of(client, desk.cast.process_owner, desk)
        assert f"process={desk.process.public_id}&amp;q=10-01" in page
        assert f"process={desk.process.public_id}&amp;show=all" in page

    @pytest.mark.parametrize(
        ("people", "sentence"),
        [
            ({"deputy": None}, "Only Process_Owner signs or refuses this process."),
            ({"owner": None, "deputy": None}, "Only the owner, once one is named, signs"),
        ],
    )
    def test_says_who_signs_instead(
        self, client: Client, desk: Desk, people: dict[str, Any], sentence: str
    ) -> None:
        BusinessProcess.objects.filter(pk=desk.process.pk).update(**people)
        assert sentence in page_of(client, desk.cast.auditor, desk)

    def test_asks_few_questions_of_the_database(self, client: Client, desk: Desk) -> None:
        client.force_login(desk.cast.process_owner)
        with CaptureQueriesContext(connection) as asked:
            client.get(desk.address)
        assert len(asked) == PROCESS_QUERIES


class TestSign:
    def test_writes_the_signature_and_shows_it(self, client: Client, desk: Desk) -> None:
        answer = send(client, desk.cast.process_owner, desk)
        assert (answer.status_code, answer["Location"]) == (302, desk.address)
        page = page_of(client, desk.cast.process_owner, desk)
        assert "You signed." in page
        assert "the evidence is still what it was" in page

    def test_writes_a_refusal_with_its_reason(self, client: Client, desk: Desk) -> None:
        send(
            client, desk.cast.process_owner, desk, act="REFUSED", reason="Reversals were not tried."
        )
        page = page_of(client, desk.cast.auditor, desk)
        assert "Refused by Process_Owner of Northwind Mills" in page
        assert "Reversals were not tried." in page

    def test_offers_to_withdraw_only_what_was_signed(self, client: Client, desk: Desk) -> None:
        assert "I withdraw" not in page_of(client, desk.cast.process_owner, desk)
        desk.sign(desk.cast.process_owner)
        desk.judge(at=LATER)
        assert "I withdraw" in page_of(client, desk.cast.process_owner, desk)
        send(client, desk.cast.process_owner, desk, act="WITHDRAWN", reason="I saw too little.")
        assert Signoff.objects.filter(act=SignoffAct.WITHDRAWN).count() == 1
        page = page_of(client, desk.cast.process_owner, desk)
        assert "The signature was withdrawn by Process_Owner" in page

    def test_answers_409_and_stores_nothing_when_the_evidence_moved(
        self, client: Client, desk: Desk
    ) -> None:
        shown = desk.shown_hash()
        make_run(scenario=desk.scenario, result="FAILED")
        refresh_latest(project_id=desk.cast.project.pk)
        desk.judge(at=LATER)
        answer = send(client, desk.cast.process_owner, desk, evidence_hash=shown)
        assert answer.status_code == 409
        assert "Nothing was signed: the evidence changed" in answer.content.decode()
        assert not Signoff.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"password": "wrong"}, "That is not your password."),
            ({"password": ""}, "This field is required."),
            ({"act": ""}, "This field is required."),
            ({"act": "WITHDRAWN", "reason": "x"}, "Select a valid choice"),
            ({"act": "REFUSED"}, "Give the reason"),
            ({"evidence_hash": "not a hash"}, "Nothing was saved."),
        ],
    )
    def test_gives_the_form_back_with_what_is_wrong(
        self, client: Client, desk: Desk, fields: dict[str, str], sentence: str
    ) -> None:
        answer = send(client, desk.cast.process_owner, desk, **fields)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not Signoff.objects.exists()

    def test_never_gives_a_password_back(self, client: Client, desk: Desk) -> None:
        answer = send(client, desk.cast.process_owner, desk, act="")
        assert PASSWORD not in answer.content.decode()

    def test_waits_while_the_project_is_judged_again(self, client: Client, desk: Desk) -> None:
        mark_projects(project_ids=[desk.cast.project.pk])
        answer = send(client, desk.cast.process_owner, desk)
        assert answer.status_code == 422
        assert "being judged again" in answer.content.decode()

    @pytest.mark.parametrize("name", ["project_manager", "consultant", "auditor"])
    def test_is_refused_to_whoever_does_not_own_it(
        self, client: Client, desk: Desk, name: str
    ) -> None:
        answer = send(client, getattr(desk.cast, name), desk)
        assert answer.status_code == 403
        assert "Only the owner of this process or the deputy" in answer.content.decode()
        assert not Signoff.objects.exists()

    @pytest.mark.parametrize("name", ["stranger", "other_sponsor"])
    def test_is_not_there_for_strangers(self, client: Client, desk: Desk, name: str) -> None:
        assert send(client, getattr(desk.cast, name), desk).status_code == 404

    def test_asks_for_the_second_factor_where_there_is_one(
        self, client: Client, desk: Desk, settings: Settings
    ) -> None:
        owner = desk.cast.process_owner
        TOTP.activate(owner, SECRET)
        assert "Demo only" not in page_of(client, owner, desk)
        answer = send(client, owner, desk)
        assert "Code from your authenticator" in answer.content.decode()
        assert answer.status_code == 422
        answer = send(client, owner, desk, code="000000")
        assert "That code is wrong" in answer.content.decode()
        code = format_hotp_value(hotp_value(SECRET, int(LATER.timestamp()) // 30))
        settings.DEMO_MODE = True
        assert "the code right now" not in page_of(client, owner, desk), "a real account keeps it"
        User.objects.filter(pk=owner.pk).update(is_demo=True)
        assert f"the code right now is {code}" in page_of(client, owner, desk)
        send(client, owner, desk, code=code)
        assert Signoff.objects.get().authentication == "PASSWORD_TOTP"


class TestListProcesses:
    def test_says_how_many_stand_signed_on_todays_evidence(
        self, client: Client, desk: Desk
    ) -> None:
        address = reverse("readiness:process-list", args=[desk.cast.project.public_id])
        client.force_login(desk.cast.auditor)
        assert "0 of 1 processes stand signed" in client.get(address).content.decode()
        desk.sign(desk.cast.process_owner)
        assert "1 of 1 processes stand signed" in client.get(address).content.decode()
        make_run(scenario=desk.scenario, executed_at=LATER - timedelta(days=1))
        refresh_latest(project_id=desk.cast.project.pk)
        page = client.get(address).content.decode()
        assert "0 of 1 processes stand signed" in page
        assert "Signed, evidence changed" in page

    def test_asks_few_questions_of_the_database(self, client: Client, desk: Desk) -> None:
        address = reverse("readiness:process-list", args=[desk.cast.project.public_id])
        client.force_login(desk.cast.auditor)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) == LIST_QUERIES
