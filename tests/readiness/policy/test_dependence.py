"""Bands of a partner's share: at, just above and of nothing."""

import pytest

from readiness.choices import PartnerArea, PartnerBand
from readiness.policy.dependence import BOUNDS, band_of, worst_band


class TestBandOf:
    @pytest.mark.parametrize("area", PartnerArea)
    def test_is_never_good_of_nothing(self, area: PartnerArea) -> None:
        assert band_of(area, done=0, due=0) is PartnerBand.NONE

    @pytest.mark.parametrize(
        ("done", "band"),
        [
            (0, PartnerBand.LOW),
            (100, PartnerBand.LOW),
            (101, PartnerBand.WATCH),
            (250, PartnerBand.WATCH),
            (251, PartnerBand.HIGH),
        ],
    )
    def test_of_runs_lies_at_its_bounds(self, done: int, band: PartnerBand) -> None:
        assert band_of(PartnerArea.RUNS, done=done, due=1000) is band

    def test_of_decisions_watches_the_first_one(self) -> None:
        assert band_of(PartnerArea.DECISIONS, done=1, due=1000) is PartnerBand.WATCH

    def test_has_bounds_for_every_area(self) -> None:
        assert set(BOUNDS) == set(PartnerArea)


class TestWorstBand:
    def test_takes_no_average(self) -> None:
        bands = [PartnerBand.LOW, PartnerBand.HIGH, PartnerBand.LOW, PartnerBand.NONE]
        assert worst_band(bands) is PartnerBand.HIGH

    def test_of_nothing_is_nothing(self) -> None:
        assert worst_band([]) is PartnerBand.NONE
