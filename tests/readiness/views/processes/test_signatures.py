"""A process signed, refused or withdrawn in the browser."""

import pytest
from django.test import Client
from pytest_django import Settings

from governance.choices import SignoffAct
from governance.models import BusinessProcess, SignatureAgreement, Signoff, User
from governance.services.accounts import DEMO_PASSWORD
from governance.services.factors import code_at
from governance.services.marks import mark_projects
from tests.factories import PASSWORD, join, make_run, make_user
from tests.factors import SECRET, give_app
from tests.readiness.views.processes.cases import page_of, send
from tests.signing import LATER, MEANINGS, Desk
from uat.services.executions import refresh_latest


class TestSign:
    def test_writes_the_signature_and_shows_it(self, client: Client, desk: Desk) -> None:
        answer = send(client, desk.cast.process_owner, desk)
        row = Signoff.objects.get()
        whole = f"/p/{desk.cast.project.public_id}/signatures/{row.public_id}/"
        assert (answer.status_code, answer["Location"]) == (302, whole)
        shown = client.get(whole).content.decode()
        assert "You signed." in shown
        assert "Download the receipt" in shown
        page = page_of(client, desk.cast.process_owner, desk)
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

    @pytest.mark.parametrize("shown", ["PROCESS_EVIDENCE.SIGNED.0", "PROCESS_EVIDENCE.REFUSED.1"])
    def test_answers_409_when_the_page_showed_another_wording(
        self, client: Client, desk: Desk, shown: str
    ) -> None:
        answer = send(client, desk.cast.process_owner, desk, meanings=shown)
        assert answer.status_code == 409
        assert "The wording of the declaration changed" in answer.content.decode()
        assert not Signoff.objects.exists()

    def test_asks_once_whether_a_signature_binds(self, client: Client, desk: Desk) -> None:
        newcomer = make_user(organisation=desk.cast.client, name="Newcomer")
        join(project=desk.cast.project, user=newcomer)
        BusinessProcess.objects.filter(pk=desk.process.pk).update(owner=newcomer)
        assert "binds me as my signature written by hand" in page_of(client, newcomer, desk)
        answer = send(client, newcomer, desk)
        assert answer.status_code == 422
        assert "Agree first that your signature binds you." in answer.content.decode()
        assert send(client, newcomer, desk, agreed="on").status_code == 302
        assert SignatureAgreement.objects.filter(account=newcomer).exists()
        assert "binds me as my signature" not in page_of(client, newcomer, desk)

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
        assert "Only the owner of this process, the deputy or a delegate" in answer.content.decode()
        assert not Signoff.objects.exists()

    @pytest.mark.parametrize("name", ["stranger", "other_sponsor"])
    def test_is_not_there_for_strangers(self, client: Client, desk: Desk, name: str) -> None:
        assert send(client, getattr(desk.cast, name), desk).status_code == 404

    def test_asks_for_the_code_of_the_authenticator(
        self, client: Client, desk: Desk, settings: Settings
    ) -> None:
        owner = desk.cast.process_owner
        give_app(owner)
        assert "Demo only" not in page_of(client, owner, desk)
        answer = send(client, owner, desk, code="")
        assert "Code from your authenticator" in answer.content.decode()
        assert answer.status_code == 422
        answer = send(client, owner, desk, code="000000")
        assert "That code is wrong" in answer.content.decode()
        code = code_at(SECRET, at=LATER)
        settings.DEMO_MODE = True
        assert "the code right now" not in page_of(client, owner, desk), "a real account keeps it"
        User.objects.filter(pk=owner.pk).update(is_demo=True)
        page = page_of(client, owner, desk)
        assert f"the code right now is {code}" in page
        assert f"the password is {DEMO_PASSWORD}" in page
        send(client, owner, desk, code=code)
        assert Signoff.objects.get().authentication == "PASSWORD_TOTP"

    def test_takes_no_password_alone_and_leads_to_the_second_factor(
        self, client: Client, desk: Desk
    ) -> None:
        owner = desk.cast.process_owner
        page = page_of(client, owner, desk)
        assert "Set up a second factor first" in page
        assert 'href="/accounts/2fa/"' in page
        sent = {
            "act": "SIGNED",
            "password": PASSWORD,
            "evidence_hash": desk.shown_hash(),
            "meanings": MEANINGS,
        }
        answer = client.post(desk.address, sent)
        assert answer.status_code == 422
        assert "Set up an authenticator app first" in answer.content.decode()
        assert not Signoff.objects.exists()
