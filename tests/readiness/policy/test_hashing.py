"""Canonical bytes: one text for one value, and a hash over all that matters."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from governance.readings import ReadingKind
from readiness.choices import ReportedColour
from readiness.policy.hashing import (
    canonical_json,
    decimal_text,
    digest_of,
    inputs_hash,
    inputs_of,
    moment_text,
)
from readiness.policy.terms import BaselineTerms, ProjectCase
from tests.readiness.policy.cases import (
    BERLIN,
    DAY,
    NOW,
    acceptance,
    case,
    criterion,
    exemption,
    gate,
    share_reading,
    table,
    value_reading,
)


class TestDecimalText:
    @pytest.mark.parametrize(
        ("number", "text"),
        [("1.50", "1.5"), ("100", "100"), ("1E+3", "1000"), ("0.00", "0"), ("-0", "0"),
         ("-0.0", "0"), ("-2.50", "-2.5"), ("0.000001", "0.000001")],
    )  # fmt: skip
    def test_is_one_text_for_one_number(self, number: str, text: str) -> None:
        assert decimal_text(Decimal(number)) == text


class TestMomentText:
    def test_is_in_utc_to_the_microsecond(self) -> None:
        moment = datetime(2026, 6, 1, 2, 0, 0, 5, tzinfo=timezone(timedelta(hours=2)))
        assert moment_text(moment) == "2026-06-01T00:00:00.000005Z"


class TestCanonicalJson:
    def test_sorts_keys_and_leaves_no_spaces(self) -> None:
        value = {"b": [1, None, True], "a": Decimal("1.10"), "ä": date(2026, 6, 1), "c": NOW}
        assert canonical_json(value) == (
            '{"a":"1.1","b":[1,null,true],"c":"2026-06-01T02:00:00.000000Z","ä":"2026-06-01"}'
        )

    @pytest.mark.parametrize("value", [float("nan"), float("inf")])
    def test_refuses_what_is_no_number(self, value: float) -> None:
        with pytest.raises(ValueError, match="not JSON compliant"):
            canonical_json(value)

    def test_refuses_what_has_no_one_form(self) -> None:
        with pytest.raises(TypeError, match="set has no canonical form"):
            canonical_json({1})

    def test_is_hashed_by_sha256(self) -> None:
        empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        assert digest_of("") == empty


BASE = case(
    gate("G3", criterion()),
    readings=table(share_reading(5, 10)),
    acceptances=(acceptance(id=1), acceptance("UX-02", id=2)),
    exemptions=(exemption("UX-03"),),
    reported={"G3": ReportedColour.GREEN},
)
LATER_TODAY = NOW + timedelta(hours=1)


class TestInputsHash:
    def test_is_the_same_later_on_the_same_local_day(self) -> None:
        assert inputs_hash(replace(BASE, as_of=LATER_TODAY)) == inputs_hash(BASE)

    def test_does_not_hang_on_order(self) -> None:
        turned = replace(BASE, acceptances=tuple(reversed(BASE.acceptances)))
        assert inputs_hash(turned) == inputs_hash(BASE)

    def test_does_not_hang_on_readings_that_nobody_asks_for(self) -> None:
        more = replace(BASE, readings=BASE.readings | table(value_reading(1, "other.metric")))  # type: ignore[operator]
        assert inputs_hash(more) == inputs_hash(BASE)

    @pytest.mark.parametrize(
        "changed",
        [
            replace(BASE, as_of=NOW + DAY),
            replace(BASE, go_live=date(2026, 6, 16)),
            replace(BASE, gates=(gate("G3", criterion(target=99)),)),
            replace(BASE, readings=table(share_reading(6, 10))),
            replace(BASE, readings={}),
            replace(BASE, readings=table(share_reading(5, 10, population=9))),
            replace(BASE, readings=table(share_reading(5, 10, expires_at=NOW - DAY))),
            replace(BASE, readings=table(value_reading(5, "uat.exec_pct", ReadingKind.SCORE))),
            replace(BASE, acceptances=BASE.acceptances[:1]),
            replace(BASE, acceptances=(acceptance(id=1, expires_at=NOW), BASE.acceptances[1])),
            replace(BASE, exemptions=()),
            replace(BASE, exemptions=(exemption("UX-03", reason=""),)),
            replace(BASE, reported={"G3": ReportedColour.RED}),
        ],
    )
    def test_changes_with_everything_the_verdict_hangs_on(self, changed: ProjectCase) -> None:
        assert inputs_hash(changed) != inputs_hash(BASE)

    def test_covers_the_baselines(self) -> None:
        against = criterion(baseline=BaselineTerms("b.pct", is_factor=False))
        readings = table(share_reading(5, 10), share_reading(9, 10, "b.pct"))
        inputs = inputs_of(case(gate("G7", against), readings=readings))
        assert set(inputs["readings"]) == {"uat.exec_pct", "b.pct"}

    def test_takes_the_day_from_the_projects_zone(self) -> None:
        late = datetime(2026, 6, 1, 23, 0, tzinfo=UTC)
        assert inputs_of(replace(BASE, as_of=late, zone=BERLIN))["today"] == date(2026, 6, 2)
