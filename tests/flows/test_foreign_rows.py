"""A foreign row answers as one that does not exist: the same status, body and headers."""

import re
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from governance.models import ApiToken, ImportRun, Participation, Project
from governance.services.attachments import Place
from governance.services.imports import Wish, request_import
from tests.factories import NOW, PASSWORD, make_photo, make_run, make_scenario, make_user
from tests.flows.filling import ROSTER
from tests.importing import FIXTURES
from tests.people import Cast, make_shared_partner_cast
from tests.reports.papers import kept, make_judgement
from tests.wire import token_for

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
OWN_WORDS = re.compile(r'(nonce|name="csrfmiddlewaretoken" value|value)="[^"]{16,}"')


@pytest.fixture
def cast() -> Cast:
    """Return the cast whose consultant works for both clients."""
    cache.clear()
    return make_shared_partner_cast()


def run_of(cast: Cast) -> ImportRun:
    """Return an import into the first project."""
    return request_import(
        actor=cast.project_manager,
        place=Place(organisation=cast.client, project=cast.project),
        name="roster.csv",
        content=ROSTER,
        wish=Wish(),
    )


def portfolio_of(cast: Cast) -> ImportRun:
    """Return an import of the first client that belongs to no project."""
    return request_import(
        actor=make_user(organisation=cast.client, is_administrator=True),
        place=Place(organisation=cast.client),
        name="portfolio.csv",
        content=(FIXTURES / "portfolio_plain.csv").read_bytes(),
        wish=Wish(kind="portfolio"),
    )


def told(answer: Any, *names: uuid.UUID) -> tuple[int, str, list[str]]:
    """Return what an answer tells, but for its nonce, its token and the name that was asked for."""
    body = OWN_WORDS.sub("", answer.content.decode())
    for name in names:
        body = body.replace(str(name), "…")
    kept_headers = [
        f"{name}: {value}"
        for name, value in sorted(answer.headers.items())
        if name not in {"Content-Length", "Content-Security-Policy"}
    ]
    return answer.status_code, body, kept_headers


def alike(client: Client, name: str, foreign: uuid.UUID, *before: Any, post: bool) -> None:
    """See that a foreign row is answered as a missing one."""
    missing, call = uuid.uuid4(), client.post if post else client.get
    answers = [
        told(call(reverse(name, args=[*before, each])), foreign, missing)
        for each in (foreign, missing)
    ]
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


class TestForeignRow:
    @pytest.mark.parametrize("who", ["other_sponsor", "stranger", "consultant", "boss", "partner"])
    @pytest.mark.parametrize("kind", [run_of, portfolio_of])
    def test_of_an_import(self, client: Client, cast: Cast, who: str, kind: Any) -> None:
        found = kind(cast).public_id
        if who == "boss":
            user = make_user(organisation=cast.other_client, is_administrator=True)
        elif who == "partner":
            user = make_user(organisation=cast.partner, is_administrator=True)
        else:
            user = getattr(cast, who)
        client.force_login(user)
        if who == "consultant":
            client.post("/clients/", {"client": str(cast.other_client.public_id)})
            client.get("/")  # takes the message of the choice off
        for name in ("detail", "progress", "columns", "undo"):
            alike(client, f"governance:import-{name}", found, post=False)
        alike(client, "governance:refusal-download", found, post=False)
        for name in ("again", "columns", "undo"):
            alike(client, f"governance:import-{name}", found, post=True)

    def test_of_a_portfolio_is_its_clients_administrators_alone(
        self, client: Client, cast: Cast
    ) -> None:
        found = portfolio_of(cast)
        address = reverse("governance:import-detail", args=[found.public_id])
        for user, status in ((found.actor, 200), (cast.sponsor, 404), (cast.project_manager, 404)):
            assert user is not None
            client.force_login(user)
            assert client.get(address).status_code == status

    def test_of_a_token(self, client: Client, cast: Cast) -> None:
        token_for(cast.sponsor)
        client.force_login(cast.project_manager)
        foreign = ApiToken.objects.get().public_id
        alike(client, "governance:token-revoke", foreign, post=True)
        assert ApiToken.objects.get().revoked_at is None

    def test_of_a_report_and_a_photo_in_an_own_project(self, client: Client, cast: Cast) -> None:
        report = kept(make_judgement(cast.other_project))
        photo = make_photo(run=make_run(scenario=make_scenario(project=cast.other_project)))
        client.force_login(cast.sponsor)
        own = cast.project.public_id
        alike(client, "reports:report-download", report.public_id, own, post=False)
        alike(client, "reports:report-detail", report.snapshot.public_id, own, post=False)
        alike(client, "uat:photo-download", photo.public_id, own, post=False)

    def test_of_a_project_whose_role_has_ended(self, client: Client, cast: Cast) -> None:
        Participation.objects.filter(user=cast.auditor).update(ended_at=NOW)
        client.force_login(cast.auditor)
        alike(client, "readiness:gate-show", cast.project.public_id, post=False)
        assert Project.objects.filter(pk=cast.project.pk).exists()
        assert PASSWORD not in client.get("/").content.decode()
