"""Scopes and documents in the browser: what they say, who signs, and the answer 409."""

from typing import Any

import pytest
from django.test import Client

from governance.choices import Phase, SignoffAct, SignoffKind
from governance.models import Project, Signoff
from governance.services.signoffs import evidence_hash_of
from readiness.services.documents import project_document, scope_document
from tests.charters import make_charter
from tests.factories import PASSWORD, make_process, make_scenario
from tests.factors import post
from tests.readiness.services.test_documents import newer_policy
from tests.risks import judge_anew
from tests.signing import LATER, Desk, make_desk

pytestmark = pytest.mark.django_db
KINDS = ["charter", "closure", "handover", "policy-change"]
QUERIES = 30


@pytest.fixture
def desk() -> Desk:
    """Return an upgrade in hypercare, with a newer policy on the shelf."""
    found = make_desk()
    Project.objects.filter(pk=found.cast.project.pk).update(phase=Phase.HYPERCARE)
    found.cast.project.refresh_from_db()
    newer_policy()
    make_charter(found.cast)
    judge_anew(found.cast.project)
    return found


def address(desk: Desk, kind: str) -> str:
    """Return where a document is; that of the scope for `scope`."""
    if kind == "scope":
        return f"{desk.address}scope/"
    return f"/p/{desk.cast.project.public_id}/sign/{kind}/"


def entries(desk: Desk, kind: str, **fields: Any) -> dict[str, Any]:
    """Return what somebody sends who signs what is shown."""
    name = SignoffKind(kind.upper().replace("-", "_"))
    if kind == "scope":
        document = scope_document(desk.process, as_of=LATER)
    else:
        document = project_document(desk.cast.project, kind=name, as_of=LATER)
    acts = (SignoffAct.SIGNED, SignoffAct.REFUSED, SignoffAct.WITHDRAWN)
    return {
        "act": "SIGNED",
        "evidence_hash": evidence_hash_of(document.body),
        "meanings": " ".join(f"{name}.{act}.1" for act in acts),
        "password": PASSWORD,
    } | fields


class TestShowDocument:
    @pytest.mark.parametrize("kind", KINDS)
    def test_takes_the_sponsors_word(self, client: Client, desk: Desk, kind: str) -> None:
        client.force_login(desk.cast.sponsor)
        page = client.get(address(desk, kind)).content.decode()
        assert entries(desk, kind)["evidence_hash"] in page
        assert "Put my name to it" in page
        answer = post(client, desk.cast.sponsor, address(desk, kind), **entries(desk, kind))
        assert answer.status_code == 302
        page = client.get(address(desk, kind)).content.decode()
        assert "signed by Sponsor of Northwind Mills" in page.replace("Signed by", "signed by")

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("name", ["project_manager", "process_owner", "consultant", "auditor"])
    def test_is_shown_to_everybody_and_signed_by_no_other(
        self, client: Client, desk: Desk, kind: str, name: str
    ) -> None:
        account = getattr(desk.cast, name)
        client.force_login(account)
        page = client.get(address(desk, kind)).content.decode()
        assert "Only the sponsor signs or refuses this." in page
        assert "Put my name to it" not in page
        answer = post(client, account, address(desk, kind), **entries(desk, kind))
        assert answer.status_code == 403
        assert not Signoff.objects.exists()

    @pytest.mark.parametrize("kind", KINDS)
    def test_does_not_exist_for_another_client(self, client: Client, desk: Desk, kind: str) -> None:
        client.force_login(desk.cast.other_sponsor)
        assert client.get(address(desk, kind)).status_code == 404

    def test_knows_no_other_kind(self, client: Client, desk: Desk) -> None:
        client.force_login(desk.cast.sponsor)
        for kind in ("go-no-go", "CLOSURE"):
            assert client.get(address(desk, kind)).status_code == 404

    def test_says_what_the_policy_demands_differently(self, client: Client, desk: Desk) -> None:
        client.force_login(desk.cast.sponsor)
        page = client.get(address(desk, "policy-change")).content.decode()
        for words in ("Yes: something becomes easier to meet.", "G1 DX-01", "was 100, now 90"):
            assert words in page

    def test_says_why_nothing_can_be_signed_yet(self, client: Client, desk: Desk) -> None:
        Project.objects.update(phase=Phase.UAT)
        client.force_login(desk.cast.sponsor)
        page = client.get(address(desk, "handover")).content.decode()
        assert "The handover is signed after go-live, in hypercare." in page

    def test_answers_409_and_stores_nothing_when_it_changed(
        self, client: Client, desk: Desk
    ) -> None:
        sent = entries(desk, "closure")
        make_scenario(project=desk.cast.project)
        judge_anew(desk.cast.project)
        answer = post(client, desk.cast.sponsor, address(desk, "closure"), **sent)
        assert answer.status_code == 409
        assert not Signoff.objects.exists()

    def test_shows_a_signature_as_out_of_date_with_what_changed(
        self, client: Client, desk: Desk
    ) -> None:
        post(client, desk.cast.sponsor, address(desk, "closure"), **entries(desk, "closure"))
        make_scenario(project=desk.cast.project)
        page = client.get(address(desk, "closure")).content.decode()
        assert "it has to be signed again" in page
        assert "What changed since" in page
        assert "Being judged again." in page


class TestShowScope:
    def test_takes_the_owners_word_and_says_what_belongs_to_it(
        self, client: Client, desk: Desk
    ) -> None:
        make_process(
            project=desk.cast.project,
            parent=desk.process,
            accountable=desk.process,
            name="Left out",
            in_scope=False,
        )
        client.force_login(desk.cast.process_owner)
        page = client.get(address(desk, "scope")).content.decode()
        assert page.index("Does not belong to it") < page.index("Left out")
        owner = desk.cast.process_owner
        answer = post(client, owner, address(desk, "scope"), **entries(desk, "scope"))
        assert answer.status_code == 302
        assert Signoff.objects.get().kind == SignoffKind.SCOPE

    def test_leads_from_a_part_to_the_process_that_answers_for_it(
        self, client: Client, desk: Desk
    ) -> None:
        project = desk.cast.project
        part = make_process(project=project, parent=desk.process, accountable=desk.process)
        client.force_login(desk.cast.process_owner)
        answer = client.get(f"/p/{project.public_id}/processes/{part.public_id}/scope/")
        assert answer["Location"] == address(desk, "scope")

    @pytest.mark.parametrize("name", ["project_manager", "consultant", "auditor"])
    def test_is_signed_by_nobody_else(self, client: Client, desk: Desk, name: str) -> None:
        account = getattr(desk.cast, name)
        sent = entries(desk, "scope")
        assert post(client, account, address(desk, "scope"), **sent).status_code == 403

    def test_asks_for_a_reason_where_it_is_refused(self, client: Client, desk: Desk) -> None:
        sent = entries(desk, "scope", act="REFUSED")
        answer = post(client, desk.cast.process_owner, address(desk, "scope"), **sent)
        assert answer.status_code == 422
        assert "Give the reason" in answer.content.decode()
