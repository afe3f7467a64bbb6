"""Decisions, assumptions and signatures over REST."""

import json
from datetime import timedelta
from typing import Any

import pytest

from governance.choices import Affiliation, Ruling
from governance.models import (
    Assumption,
    AssumptionRuling,
    Decision,
    DecisionOutcome,
    DelegationEnd,
)
from tests.factories import NOW, make_process
from tests.people import Cast, make_cast
from tests.signing import delegate_to, make_desk, older_signature
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def scope(cast: Cast) -> dict[str, Any]:
    return {"organisation": cast.client, "project": cast.project}


def listed(cast: Cast, register: str, query: str = "") -> list[dict[str, Any]]:
    answer = Caller.of(cast.auditor).get(f"projects/{cast.project.public_id}/{register}/?{query}")
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


class TestDecisionList:
    def test_shows_the_outcome_that_counts(self, cast: Cast) -> None:
        decision = Decision.objects.create(
            **scope(cast), code="D-1", title="Which ledger?", raised_at=NOW, decider=cast.sponsor
        )
        decision.blocked_processes.add(make_process(project=cast.project, code="65.10"))
        Decision.objects.create(**scope(cast), code="D-2", title="Open", raised_at=NOW)
        for number, outcome in enumerate(("The old one", "The new one")):
            DecisionOutcome.objects.create(
                **scope(cast),
                decision=decision,
                outcome=outcome,
                decided_by=cast.sponsor,
                decided_affiliation=Affiliation.CLIENT,
                decided_at=NOW + timedelta(days=number),
            )
        first, second = listed(cast, "decisions")
        assert (first["outcome"], first["decided_by"]) == ("The old one", cast.sponsor.name)
        assert (first["blocks"], first["decider"]) == (["65.10"], cast.sponsor.name)
        assert (second["outcome"], second["decided_at"], second["decider"]) == (None, None, None)
        assert [row["code"] for row in listed(cast, "decisions", "open=true")] == ["D-2"]
        assert [row["code"] for row in listed(cast, "decisions", "open=false")] == ["D-1"]


class TestAssumptionList:
    def test_shows_the_ruling_that_counts(self, cast: Cast) -> None:
        ruled, unruled = (
            Assumption.objects.create(
                **scope(cast), code=code, statement="They keep it", raised_at=NOW
            )
            for code in ("A-1", "A-2")
        )
        AssumptionRuling.objects.create(
            **scope(cast),
            assumption=ruled,
            ruling=Ruling.REJECTED,
            reason="They do not",
            ruled_by=cast.process_owner,
            ruled_at=NOW,
        )
        first, second = listed(cast, "assumptions")
        assert (first["ruling"], first["reason"]) == (Ruling.REJECTED, "They do not")
        assert (second["code"], second["ruling"]) == (unruled.code, None)
        assert [row["code"] for row in listed(cast, "assumptions", "open=true")] == ["A-2"]


class TestSignoffList:
    def test_shows_by_what_right_in_which_zone_and_where_the_receipt_is(self) -> None:
        desk = make_desk()
        held = delegate_to(desk, desk.cast.business_user)
        signed = desk.sign(desk.cast.business_user)
        older = older_signature(desk.process, desk.cast.process_owner)
        first, second = listed(desk.cast, "signoffs")
        assert signed.entry is not None
        assert (first["entry_number"], first["signer_zone"]) == (signed.entry.seq, "UTC")
        assert first["delegation"] == str(held.public_id)
        assert first["statement_hash"] == json.loads(signed.entry.body)["terms"]["statement"]
        assert first["subject"] == "10 Order to cash"
        answer = Caller.of(desk.cast.auditor).get(first["receipt"].removeprefix("/api/v1/"))
        assert answer.content.decode() == signed.receipt
        assert answer["Content-Type"].startswith("text/plain")
        assert (second["id"], second["entry_number"]) == (str(older.public_id), None)
        assert (second["receipt"], second["statement_hash"]) == ("", "")
        address = f"projects/{desk.cast.project.public_id}/signoffs/{older.public_id}/receipt/"
        assert Caller.of(desk.cast.auditor).get(address).status_code == 404
        assert len(listed(desk.cast, "signoffs", "kind=PROCESS_EVIDENCE")) == 2
        assert listed(desk.cast, "signoffs", "kind=SCOPE") == []


class TestDelegationList:
    def test_shows_window_reason_and_end(self) -> None:
        desk = make_desk()
        held = delegate_to(desk, desk.cast.business_user)
        over = delegate_to(desk, desk.cast.project_manager)
        DelegationEnd.objects.create(
            **scope(desk.cast),
            delegation=over,
            reason="Back",
            ended_by=desk.cast.sponsor,
            ended_at=NOW,
        )
        rows = {row["id"]: row for row in listed(desk.cast, "delegations")}
        shown = rows[str(held.public_id)]
        assert (shown["delegate"], shown["process"]) == ("Business_User", "10")
        assert (shown["appointed_by"], shown["ended_at"]) == ("Sponsor", None)
        ended = rows[str(over.public_id)]
        assert (ended["ended_by"], ended["ended_because"]) == ("Sponsor", "Back")
        assert [row["id"] for row in listed(desk.cast, "delegations", "holds=true")] == [
            str(held.public_id)
        ]
        assert [row["id"] for row in listed(desk.cast, "delegations", "holds=false")] == [
            str(over.public_id)
        ]
        assert listed(desk.cast, "delegations", "process=99") == []
