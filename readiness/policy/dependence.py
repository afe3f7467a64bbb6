"""When a partner does too much of what is the client's: bands, and the worst of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from readiness.choices import PartnerArea, PartnerBand


@dataclass(frozen=True, slots=True)
class Bounds:
    """Percentages above which a share is watched, and above which it is too much."""

    watch: int
    high: int


# Runs: what is left of criterion UX-08 (the client's own share); support: criterion HX-06;
# decisions: a partner advises and takes none; the others are proposals of ours (grade P).
BOUNDS: dict[PartnerArea, Bounds] = {
    PartnerArea.DECISIONS: Bounds(watch=0, high=10),
    PartnerArea.ASSUMPTIONS: Bounds(watch=20, high=40),
    PartnerArea.RUNS: Bounds(watch=10, high=25),
    PartnerArea.TRIAGE: Bounds(watch=20, high=40),
    PartnerArea.SUPPORT: Bounds(watch=20, high=40),
}
_ORDER = (PartnerBand.NONE, PartnerBand.LOW, PartnerBand.WATCH, PartnerBand.HIGH)


def band_of(area: PartnerArea, *, done: int, due: int) -> PartnerBand:
    """Return the band of a partner's share: of nothing there is no share."""
    if not due:
        return PartnerBand.NONE
    bounds = BOUNDS[area]
    if done * 100 > bounds.high * due:
        return PartnerBand.HIGH
    return PartnerBand.WATCH if done * 100 > bounds.watch * due else PartnerBand.LOW


def worst_band(bands: Iterable[PartnerBand]) -> PartnerBand:
    """Return the worst of several bands: there is no average of them."""
    return max(bands, key=_ORDER.index, default=PartnerBand.NONE)
