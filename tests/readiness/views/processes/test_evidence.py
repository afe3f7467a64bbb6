"""The evidence of a process in the browser: read it, be told what changed."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.models import BusinessProcess
from governance.services.marks import mark_projects
from tests.factories import make_defect, make_process, make_run
from tests.readiness.views.processes.cases import page_of
from tests.signing import Desk
from uat.services.executions import refresh_latest

PROCESS_QUERIES = 34


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
