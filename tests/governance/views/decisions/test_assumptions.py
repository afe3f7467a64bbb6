"""Assumptions: written down, and ruled on by whoever owns what rests on them."""

from django.test import Client

from governance.choices import Ruling
from tests.factories import make_process
from tests.governance.views.decisions.cases import address, assumption_of, page_of, post
from tests.people import Cast


class TestAssumptions:
    def test_are_written_down_by_consultants(self, client: Client, cast: Cast) -> None:
        where = address(cast, "assumption-add")
        assert "What do you take for granted" in page_of(client, cast.consultant, where)
        answer = post(client, cast.consultant, where, statement="One warehouse is enough.")
        page = client.get(answer["Location"]).content.decode()
        assert "1 assumption waits for an answer, the oldest for 0 days." in page
        assert "Partner" in page

    def test_wait_for_an_owner_of_what_rests_on_them(self, client: Client, cast: Cast) -> None:
        process = make_process(
            project=cast.project, owner=cast.process_owner, deputy=cast.business_user
        )
        assumption = assumption_of(cast)
        assumption.blocked_processes.add(process)
        where = address(cast, "assumption-detail", assumption)
        answer = post(client, cast.sponsor, where, ruling=Ruling.RATIFIED)
        assert answer.status_code == 403
        assert "Process_Owner, Business_User" in answer.content.decode()
        assert post(client, cast.consultant, where, ruling=Ruling.RATIFIED).status_code == 403
        assert post(client, cast.business_user, where, ruling=Ruling.RATIFIED).status_code == 302
        page = page_of(client, cast.auditor, where)
        assert "Ratified: Business_User after 10 days." in page
        listed = page_of(client, cast.auditor, address(cast, "assumption-list") + "?show=answered")
        assert "Ratified" in listed

    def test_are_not_rejected_without_a_reason(self, client: Client, cast: Cast) -> None:
        where = address(cast, "assumption-detail", assumption_of(cast))
        answer = post(client, cast.sponsor, where, ruling=Ruling.REJECTED, reason="")
        assert answer.status_code == 422
        assert "Say what is right instead" in answer.content.decode()

    def test_need_a_statement(self, client: Client, cast: Cast) -> None:
        where = address(cast, "assumption-add")
        assert post(client, cast.sponsor, where, statement="").status_code == 422
        assert post(client, cast.auditor, where, statement="x").status_code == 403
