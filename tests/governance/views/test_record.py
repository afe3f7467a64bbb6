"""The record as a timeline: everybody of the project reads it, and finds what was done."""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from governance.choices import RecordKind
from governance.models import Decision, RecordEntry, RecordText
from governance.record.log import About, Deed, append
from tests.factories import NOW
from tests.people import Cast, make_cast
from tests.signing import make_desk
from tests.wire import Caller

pytestmark = pytest.mark.django_db
QUERIES = 19


@pytest.fixture
def cast() -> Cast:
    """Return everybody, with a decision and a partner's word in the record."""
    cast = make_cast()
    decision = Decision.objects.create(
        organisation=cast.client,
        project=cast.project,
        code="D-1",
        title="Who counts the stock",
        raised_at=NOW,
    )
    about = About("decision", decision.public_id)
    decided = Deed(
        kind=RecordKind.DECIDED,
        actor=cast.sponsor,
        about=about,
        terms={"decision": decision.public_id, "by": cast.sponsor.public_id},
        texts={"outcome": "The warehouse does.", "reason": '=HYPERLINK("x")'},
    )
    assumed = Deed(
        kind=RecordKind.ASSUMPTION_WRITTEN,
        actor=cast.consultant,
        terms={"code": "A-1"},
        texts={"statement": "Everybody agrees."},
    )
    append(decided, project=cast.project)
    append(assumed, project=cast.project)
    return cast


def address(cast: Cast, name: str = "record-show") -> str:
    """Return where the record is."""
    return reverse(f"governance:{name}", args=[cast.project.public_id])


def page_of(client: Client, cast: Cast, **query: str) -> str:
    """Return the page."""
    return client.get(address(cast), query).content.decode()


class TestShowRecord:
    @pytest.mark.parametrize("who", ["sponsor", "process_owner", "auditor", "consultant"])
    def test_is_open_to_everybody_in_the_project(
        self, cast: Cast, client: Client, who: str
    ) -> None:
        client.force_login(getattr(cast, who))
        assert "Who counts the stock" in page_of(client, cast)

    @pytest.mark.parametrize("who", ["other_sponsor", "stranger"])
    def test_is_closed_to_everybody_else(self, cast: Cast, client: Client, who: str) -> None:
        client.force_login(getattr(cast, who))
        assert client.get(address(cast)).status_code == 404

    def test_tells_who_did_what_in_words(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.sponsor)
        page = page_of(client, cast)
        assert "The warehouse does." in page
        assert f"by {cast.sponsor.name} of Northwind Mills" in page
        assert f"recorded by {cast.consultant.name}" in page
        assert "Record started" in page

    def test_finds_by_kind_person_day_and_row(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.sponsor)
        assert "Everybody agrees." not in page_of(client, cast, kind="DECIDED")
        by_partner = page_of(client, cast, account=str(cast.consultant.public_id))
        assert "Everybody agrees." in by_partner
        assert "The warehouse does." not in by_partner
        assert "Nothing fits" in page_of(client, cast, to="2001-01-01")
        decision = Decision.objects.get(code="D-1")
        assert "Everybody agrees." not in page_of(client, cast, about=str(decision.public_id))
        assert "Everybody agrees." in page_of(client, cast, about="nonsense", kind="nonsense")

    def test_says_where_a_text_was_erased(self, cast: Cast, client: Client) -> None:
        RecordText.objects.filter(name="outcome").update(text="", nonce="")
        client.force_login(cast.sponsor)
        assert "erased" in page_of(client, cast)

    def test_shows_each_entry_as_it_was_hashed(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.sponsor)
        page = page_of(client, cast)
        for entry in RecordEntry.objects.filter(project=cast.project):
            assert entry.leaf_hash in page

    def test_asks_the_database_as_often_whatever_there_is(
        self, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client.force_login(cast.sponsor)
        page_of(client, cast)
        with django_assert_num_queries(QUERIES):
            page_of(client, cast)
        for number in range(30):
            deed = Deed(
                kind=RecordKind.ROLE_GIVEN,
                actor=cast.sponsor,
                terms={"account": cast.auditor.public_id, "number": number},
                texts={"reason": f"{number}"},
            )
            append(deed, project=cast.project)
        with django_assert_num_queries(QUERIES):
            page_of(client, cast)


class TestSignedEntry:
    def test_leads_to_its_signature_and_says_what_it_is_over(self, client: Client) -> None:
        desk = make_desk()
        row = desk.sign(desk.cast.process_owner)
        client.force_login(desk.cast.auditor)
        page = page_of(client, desk.cast, kind="SIGNED")
        assert f"/signatures/{row.public_id}/" in page
        assert "Order to cash (Process evidence)" in page


class TestDownloadRecord:
    def test_gives_the_entries_that_fit_and_disarms_formulas(
        self, cast: Cast, client: Client
    ) -> None:
        client.force_login(cast.auditor)
        answer = client.get(address(cast, "record-download"), {"kind": "DECIDED"})
        assert answer["Content-Disposition"].startswith("attachment")
        (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert row["who"] == cast.sponsor.name
        assert not any(cell.startswith("=") for cell in row.values())
        assert "The warehouse does." in row["texts"]


class TestRest:
    def test_gives_entries_with_the_text_that_was_hashed(self, cast: Cast) -> None:
        caller = Caller.of(cast.auditor)
        got = caller.get(f"projects/{cast.project.public_id}/record/?kind=DECIDED").json()
        (row,) = got["results"]
        assert row["texts"]["outcome"] == "The warehouse does."
        assert json.loads(row["body"])["terms"] == row["terms"]

    def test_hides_other_projects(self, cast: Cast) -> None:
        caller = Caller.of(cast.other_sponsor)
        assert caller.get(f"projects/{cast.project.public_id}/record/").status_code == 404
        here = f"projects/{cast.project.public_id}/record/checkpoints/"
        assert caller.get(here).status_code == 404
        assert Caller.of(cast.sponsor).get(here).json()["results"] == []
