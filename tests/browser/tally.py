"""What the browser tests found out, added up: pages, violations, journeys, costs of pages."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

KEY: pytest.StashKey["Tally"] = pytest.StashKey()
# Where the figures go, for whoever started the run.
WANTED = "BROWSER_TALLY"
SLOW_MILLISECONDS = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """What it takes the server to answer one page: the median of several requests."""

    page: str
    queries: int
    milliseconds: float


@dataclass(slots=True)
class Tally:
    """Count what was looked at and how it ended."""

    pages: set[str] = field(default_factory=set)
    violations: list[str] = field(default_factory=list)
    journeys: dict[str, bool] = field(default_factory=dict)
    costs: list[Cost] = field(default_factory=list)

    def end_journey(self, name: str, *, well: bool) -> None:
        """Write down how a journey ended; what failed once stays failed."""
        self.journeys[name] = self.journeys.get(name, True) and well

    def figures(self) -> dict[str, int]:
        """Return the figures of the closing line."""
        return {
            "pages": len(self.pages),
            "axe_violations": len(self.violations),
            "journeys": len(self.journeys),
            "journeys_well": sum(self.journeys.values()),
        }

    def table(self) -> list[str]:
        """Return the costs of pages as lines, the slowest first."""
        dearest_first = sorted(self.costs, key=lambda cost: -cost.milliseconds)
        lines = [
            f"{cost.milliseconds:>8.0f} ms {cost.queries:>4} queries   {cost.page}"
            + ("   SLOW" if cost.milliseconds > SLOW_MILLISECONDS else "")
            for cost in dearest_first
        ]
        slow = sum(cost.milliseconds > SLOW_MILLISECONDS for cost in self.costs)
        closing = f"{slow} of {len(lines)} pages took the server {SLOW_MILLISECONDS} ms or more."
        return [*lines, closing] if lines else []

    def save(self) -> None:
        """Write the figures where somebody waits for them."""
        if wanted := os.environ.get(WANTED):
            Path(wanted).write_text(json.dumps(self.figures()))


def tally_of(config: pytest.Config) -> Tally:
    """Return the tally of this run."""
    if KEY not in config.stash:
        config.stash[KEY] = Tally()
    return config.stash[KEY]
