"""Whether a charter counts, and what page one says of it."""

import pytest
from django.utils import timezone

from governance.choices import Power, SignoffAct
from governance.querysets.batches import batches
from governance.services.charters import charter_body
from governance.services.overrulings import Told, write_overruling
from governance.services.stops import StopRefused, end_stop, stop_gate
from readiness.metrics.charters import charter_paper
from readiness.metrics.documents import measure_documents, project_documents
from readiness.services.evaluation import evaluate_gates
from readiness.services.policies import adopt_policy
from tests.charters import ALL, make_charter, make_signed_charter, sign_charter
from tests.factories import NOW
from tests.people import Cast, make_cast
from tests.signing import LATER

pytestmark = pytest.mark.django_db
NEEDED = frozenset({Power.CALL_PEOPLE, Power.ESCALATE, Power.STOP_GATE})


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    adopt_policy(project=found.project)
    return found


def counts(cast: Cast) -> bool:
    """Say whether the charter counts; a figure of documents is measured as the gate does."""
    (batch,) = batches(project_ids=[cast.project.pk], as_of=LATER)
    reading = measure_documents(batch=batch).get(cast.project.pk, "gov.charter_signed")
    assert reading is not None
    return reading.measured == 1


def paper(cast: Cast) -> dict[str, object]:
    return charter_paper(project_ids=[cast.project.pk], as_of=LATER)[cast.project.pk]


class TestCharterSigned:
    def test_is_no_without_a_charter_and_before_a_signature(self, cast: Cast) -> None:
        assert not counts(cast)
        assert paper(cast)["state"] == "NONE"
        make_charter(cast)
        assert not counts(cast)
        assert paper(cast)["state"] == "UNSIGNED"

    def test_is_yes_once_it_is_signed_as_it_is(self, cast: Cast) -> None:
        charter = make_signed_charter(cast, granted=NEEDED)
        body = charter_body(charter)
        ids = [cast.project.pk]
        assert project_documents(project_ids=ids, as_of=LATER, kind="CHARTER") == {ids[0]: body}  # type: ignore[arg-type]
        assert counts(cast)
        assert paper(cast) == {
            "state": "SIGNED",
            "withheld": ["HOLD_PLAN"],
            "stops": [],
            "overruled": 0,
            "overrulings": [],
        }

    @pytest.mark.parametrize("missing", sorted(NEEDED))
    def test_is_no_where_a_power_that_is_needed_is_withheld(
        self, cast: Cast, missing: Power
    ) -> None:
        make_signed_charter(cast, granted=ALL - {missing})
        assert not counts(cast)

    def test_is_no_after_a_newer_version_a_refusal_and_the_end_of_the_role(
        self, cast: Cast
    ) -> None:
        make_signed_charter(cast)
        newer = make_charter(cast, granted=NEEDED)
        assert paper(cast)["state"] == "CHANGED"
        assert not counts(cast)
        sign_charter(newer, sponsor=cast.sponsor, act=SignoffAct.REFUSED)
        assert not counts(cast)
        sign_charter(newer, sponsor=cast.sponsor)
        assert counts(cast)
        cast.project_manager.participations.update(ended_at=timezone.now())
        assert not counts(cast)


class TestStops:
    def test_need_a_signed_charter_that_grants_it(self, cast: Cast) -> None:
        def stop() -> object:
            terms = {"project": cast.project, "gate_key": "G3", "reason": "Nobody tests."}
            by = cast.project_manager
            return stop_gate(**terms, stopped_by=by, stopped_at=NOW)  # type: ignore[arg-type]

        with pytest.raises(StopRefused):
            stop()
        make_signed_charter(cast, granted=ALL - {Power.STOP_GATE})
        with pytest.raises(StopRefused):
            stop()
        sign_charter(make_charter(cast), sponsor=cast.sponsor)
        stop()
        with pytest.raises(StopRefused, match="stopped already"):
            stop()

    def test_make_the_gate_a_no_go_until_an_executive_overrules(self, cast: Cast) -> None:
        make_signed_charter(cast)
        by = cast.project_manager
        row = stop_gate(
            project=cast.project,
            gate_key="G7",
            reason="Nobody owns pricing.",
            stopped_by=by,
            stopped_at=NOW,
        )
        (snapshot,) = evaluate_gates(project_ids=[cast.project.pk], as_of=LATER)
        assert "1 gate stopped" in snapshot.headline
        assert paper(cast)["stops"][0]["gate"] == "G7"  # type: ignore[index]
        for other in (cast.process_owner, cast.consultant, cast.other_sponsor):
            with pytest.raises(StopRefused):
                end_stop(stop=row, reason="Go.", ended_by=other, ended_at=NOW)
        end_stop(stop=row, reason="The date stands.", ended_by=cast.sponsor, ended_at=NOW)
        told = paper(cast)
        assert (told["stops"], told["overruled"]) == ([], 1)
        with pytest.raises(StopRefused, match="ended already"):
            end_stop(stop=row, reason="Again.", ended_by=cast.sponsor, ended_at=NOW)

    def test_that_the_manager_ends_overrule_nobody(self, cast: Cast) -> None:
        make_signed_charter(cast)
        by = cast.project_manager
        terms = {"project": cast.project, "gate_key": "G1", "reason": "Nobody tests."}
        row = stop_gate(**terms, stopped_by=by, stopped_at=NOW)  # type: ignore[arg-type]
        end_stop(stop=row, reason="They do now.", ended_by=by, ended_at=NOW)
        assert paper(cast)["overruled"] == 0


class TestOverrulings:
    def test_are_counted_and_the_newest_are_named(self, cast: Cast) -> None:
        for day in range(1, 5):
            told = Told(
                project_manager=cast.project_manager,
                overruled_by=cast.sponsor,
                overruled_at=NOW.replace(day=day),
                what=f"Word {day}",
                reason="The date.",
            )
            by = cast.project_manager
            write_overruling(
                project=cast.project, told=told, written_by=by, written_at=NOW.replace(day=9)
            )
        found = paper(cast)
        assert found["overruled"] == 4
        assert [row["what"] for row in found["overrulings"]] == ["Word 4", "Word 3", "Word 2"]  # type: ignore[attr-defined]
