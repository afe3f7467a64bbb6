"""One import, one night: page, REST and paper print the same judgement to the digit."""

import io
import json
import re
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from governance.choices import Affiliation
from governance.models import Decision, DecisionOutcome
from governance.services.projects import move_go_live_date
from readiness.imports.policies import import_built_in_policy
from readiness.models import Night, Snapshot
from readiness.services.evaluation import evaluate_gates
from readiness.services.nights import backfill_nights
from readiness.services.policies import adopt_policy
from tests.importing import FIXTURES
from tests.people import Cast, make_cast
from tests.wire import Caller, token_for

pytestmark = pytest.mark.django_db
KEYS = ("UX-01", "UX-03", "UX-08", "UX-12", "UE-09")


@pytest.fixture
def cast() -> Cast:
    """Return the cast, its first project moved by a decision to six weeks from now."""
    cast = make_cast()
    now = timezone.now()
    terms = {"organisation": cast.client, "project": cast.project}
    decision = Decision.objects.create(**terms, code="D-1", title="Six weeks", raised_at=now)
    DecisionOutcome.objects.create(
        **terms,
        decision=decision,
        outcome="Yes",
        decided_by=cast.sponsor,
        decided_affiliation=Affiliation.CLIENT,
        decided_at=now,
    )
    move_go_live_date(
        project=cast.project,
        go_live_date=now.date() + timedelta(days=42),
        decision=decision,
        decided_by=cast.sponsor,
        decided_at=now,
    )
    return cast


def bring_in(cast: Cast, *files: str) -> None:
    """Import our own files as a person would, from the command line."""
    address = f"{cast.client.slug}/{cast.project.slug}"
    for name in files:
        call_command(
            "import_facts",
            "auto",
            FIXTURES / name,
            project=address,
            skip_refused=True,
            stdout=io.StringIO(),
        )


def judged_night(cast: Cast) -> Snapshot:
    """Judge yesterday's night, then today by hand, under the policy that ships."""
    import_built_in_policy()
    adopt_policy(project=cast.project)
    now = timezone.now()
    yesterday = now.date() - timedelta(days=1)
    backfill_nights(
        projects=[cast.project], first=yesterday, last=yesterday, now=now, judge=evaluate_gates
    )
    (snapshot,) = evaluate_gates(project_ids=[cast.project.pk], as_of=now)
    return snapshot


def recorded(snapshot: Snapshot) -> dict[str, tuple[int, int]]:
    """Return criterion -> (done, due) as the snapshot keeps it."""
    rows = snapshot.findings.filter(criterion_key__in=KEYS)
    return {row.criterion_key: (row.done or 0, row.due or 0) for row in rows}


def words_of(text: str) -> str:
    """Return text with every white space made one blank."""
    return re.sub(r"\s+", " ", text)


def on_page(cast: Cast, key: str) -> str:
    """Return what the sponsor reads on the page of one criterion."""
    client = Client()
    client.force_login(cast.sponsor)
    gate = client.get(f"/p/{cast.project.public_id}/").content.decode()
    found = re.search(rf'href="([^"]*{key}[^"]*)"', gate)
    assert found, f"the gate page does not lead to {key}"
    return words_of(re.sub(r"<[^>]+>", " ", client.get(found[1]).content.decode()))


def over_rest(cast: Cast, snapshot: Snapshot) -> dict[str, tuple[int, int]]:
    """Return criterion -> (done, due) as a token's owner pulls it."""
    caller = Caller(token_for(cast.auditor))
    address = f"projects/{cast.project.public_id}/snapshots/{snapshot.public_id}/findings/"
    rows: list[dict[str, Any]] = json.loads(caller.get(address).content)["results"]
    return {row["criterion"]: (row["done"], row["due"]) for row in rows if row["criterion"] in KEYS}


def on_paper(cast: Cast, folder: Path) -> str:
    """Return the words of the executive report."""
    file = folder / "report.pdf"
    address = f"{cast.client.slug}/{cast.project.slug}"
    call_command("render_report", project=address, output=str(file), stdout=io.StringIO())
    printed = subprocess.run(  # noqa: S603
        ["pdftotext", "-layout", str(file), "-"],  # noqa: S607
        capture_output=True,
        check=True,
        text=True,
    )
    return words_of(printed.stdout)


class TestSameNumbers:
    def test_stand_in_snapshot_page_rest_and_paper(self, cast: Cast, tmp_path: Path) -> None:
        bring_in(cast, "catalogue_plain.csv", "testers.csv", "runs.csv")
        snapshot = judged_night(cast)
        numbers = recorded(snapshot)
        assert numbers["UX-01"][1] > numbers["UX-01"][0] > 0
        assert over_rest(cast, snapshot).items() >= numbers.items()
        paper = on_paper(cast, tmp_path)
        assert "NO-GO" in paper
        assert words_of(snapshot.headline).partition(": ")[2].split(",")[0] in paper
        for key in KEYS:
            done, due = numbers[key]
            figure = f"{done:,} of {due:,}"
            assert figure in on_page(cast, key), f"{key} on the page"
            assert figure in paper, f"{key} on paper"

    def test_do_not_move_when_the_night_runs_again(self, cast: Cast) -> None:
        bring_in(cast, "testers.csv", "runs.csv")
        first = judged_night(cast)
        before = list(Snapshot.objects.values_list("pk", "inputs_hash", "verdict"))
        bring_in(cast, "runs.csv")
        (again,) = evaluate_gates(project_ids=[cast.project.pk], as_of=first.as_of)
        assert again.pk == first.pk
        assert list(Snapshot.objects.values_list("pk", "inputs_hash", "verdict")) == before
        assert Night.objects.get().snapshot_id in {row[0] for row in before}
