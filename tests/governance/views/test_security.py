"""The page of the security log: who reads it, what it finds, what is taken along."""

import pytest
from django.test import Client
from django.urls import reverse

from governance.choices import SecurityEventKind
from governance.models import SecurityEvent, User
from governance.pages.security_log import ROWS_ON_A_PAGE
from governance.services.security import Whence, note_event
from tests.factories import make_user
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
PAGE, FILE = "governance:security-log", "governance:security-log-download"
KIND = SecurityEventKind


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def administrator(cast: Cast) -> User:
    return make_user(
        organisation=cast.client,
        name="Ines Admin",
        is_administrator=True,
        time_zone="Asia/Tokyo",
    )


def shown(client: Client, user: User, *, name: str = PAGE, **asked: str) -> str:
    client.force_login(user)
    answer = client.get(reverse(name), asked)
    assert answer.status_code == 200
    return answer.content.decode()


class TestShowLog:
    def test_tells_what_happened_in_words(
        self, client: Client, cast: Cast, administrator: User
    ) -> None:
        note_event(
            KIND.ROLE_GIVEN,
            account=cast.sponsor,
            actor=administrator,
            project=cast.project,
            whence=Whence("192.0.2.7"),
            role="STEERING",
        )
        page = shown(client, administrator)
        assert "Ines Admin gave Sponsor a role." in page
        assert "Role: Steering member" in page
        assert "192.0.2.7" in page
        assert cast.project.name in page
        assert "Times in Asia/Tokyo" in page

    def test_says_first_whether_anything_is_urgent(
        self, client: Client, cast: Cast, administrator: User
    ) -> None:
        assert "Nothing urgent in the last seven days." in shown(client, administrator)
        note_event(KIND.PROOF_FAILED, account=cast.sponsor, times=5, urgent=True)
        assert "1 urgent event in the last seven days." in shown(client, administrator)

    def test_says_what_will_stand_here(self, client: Client, administrator: User) -> None:
        assert "Nothing has happened yet" in shown(client, administrator)

    def test_shows_nothing_of_another_client(
        self, client: Client, cast: Cast, administrator: User
    ) -> None:
        note_event(KIND.SIGNED_IN, account=cast.other_sponsor)
        note_event(KIND.ROLE_GIVEN, account=cast.consultant, project=cast.other_project)
        page = shown(client, administrator)
        assert "Other Sponsor" not in page
        assert cast.other_project.name not in page
        assert "Consultant" not in page

    def test_finds_by_kind_and_account(
        self, client: Client, cast: Cast, administrator: User
    ) -> None:
        note_event(KIND.SIGNED_IN, account=cast.sponsor)
        note_event(KIND.SIGNED_OUT, account=cast.auditor)
        page = shown(client, administrator, kind=KIND.SIGNED_IN)
        assert "Sponsor signed in." in page
        assert "Auditor signed out." not in page
        page = shown(client, administrator, account=str(cast.auditor.public_id))
        assert "Auditor signed out." in page
        assert "Sponsor signed in." not in page

    def test_finds_by_day_in_the_readers_zone(
        self, client: Client, cast: Cast, administrator: User
    ) -> None:
        SecurityEvent.objects.create(
            organisation=cast.client,
            kind=KIND.SIGNED_IN,
            account=cast.sponsor,
            actor=cast.sponsor,
            # the ninth already where the reader is
            happened_at="2026-06-08T20:00:00Z",
        )
        hit = "Sponsor signed in."
        assert hit in shown(client, administrator, **{"from": "2026-06-09", "to": "2026-06-09"})
        assert "Nothing fits" in shown(client, administrator, to="2026-06-08")
        assert hit in shown(client, administrator, to="9999-12-31")

    def test_ignores_what_makes_no_sense(
        self, client: Client, cast: Cast, administrator: User
    ) -> None:
        note_event(KIND.SIGNED_IN, account=cast.sponsor)
        odd = {"kind": "?", "account": str(cast.other_sponsor.public_id), "from": "x", "page": "-1"}
        assert "Sponsor signed in." in shown(client, administrator, **odd)

    def test_steps_through_pages(self, client: Client, cast: Cast, administrator: User) -> None:
        for _ in range(ROWS_ON_A_PAGE + 1):
            note_event(KIND.SIGNED_IN, account=cast.sponsor)
        assert "1 of 2" in shown(client, administrator)
        assert "2 of 2" in client.get(reverse(PAGE), {"page": "2"}).content.decode()

    def test_refuses_everybody_else(self, client: Client, cast: Cast) -> None:
        for page in (PAGE, FILE):
            for user in (cast.sponsor, cast.consultant, cast.auditor):
                client.force_login(user)
                assert client.get(reverse(page)).status_code == 403
            client.logout()
            assert client.get(reverse(page)).status_code == 302

    def test_is_linked_for_administrators_alone(
        self, client: Client, cast: Cast, administrator: User
    ) -> None:
        link = reverse(PAGE)
        for user, is_there in ((administrator, True), (cast.sponsor, False)):
            client.force_login(user)
            assert (f'href="{link}"' in client.get("/work/").content.decode()) is is_there


class TestDownloadLog:
    def test_hands_out_what_fits_and_disarms_formulas(
        self, client: Client, cast: Cast, administrator: User
    ) -> None:
        cast.sponsor.name = '=HYPERLINK("x")'
        cast.sponsor.save(update_fields=["name"])
        note_event(KIND.TOKEN_MADE, account=cast.sponsor, name="BI", scopes=["READ"])
        note_event(KIND.SIGNED_IN, account=cast.auditor)
        sheet = shown(client, administrator, name=FILE, kind=KIND.TOKEN_MADE)
        head, line = sheet.strip().split("\r\n")
        assert head.endswith("when,kind,event,who,whom,project,address,details")
        assert "\"'=HYPERLINK" in line
        assert "Name: BI; May: Read" in line

    def test_is_a_file_to_save(self, client: Client, administrator: User) -> None:
        client.force_login(administrator)
        answer = client.get(reverse(FILE))
        assert answer["Content-Disposition"].startswith('attachment; filename="security-log-')
        assert answer["Cache-Control"] == "no-store"
