"""Eight processes sign the same hundred processes: a hundred signatures, no error, no gap."""

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.stage import Stage

SIGNERS, ITEMS = 8, 100
COMMAND = [sys.executable, "-m", "tests.faults.signing"]
COUNTS = {
    "SELECT count(*) FROM governance_signoff": ITEMS,
    "SELECT count(DISTINCT process_id) FROM governance_signoff": ITEMS,
    "SELECT count(*) FROM governance_recordentry WHERE kind = 'SIGNED'": ITEMS,
    # numbered from 0 without a gap, each under a checkpoint of its own
    "SELECT max(e.seq) + 1 - count(*) FROM governance_recordentry e"
    " JOIN governance_signoff s ON s.project_id = e.project_id"
    " WHERE s.id = (SELECT min(id) FROM governance_signoff)": 0,
    "SELECT count(*) FROM governance_checkpoint": ITEMS,
}


@pytest.fixture(params=["single_machine", "deployment"])
def stage(request: pytest.FixtureRequest) -> Stage:
    """Return a stage on SQLite, and one on PostgreSQL."""
    found: Stage = request.getfixturevalue(request.param)
    return found


class TestSigningAtOnce:
    @pytest.mark.slow
    def test_gives_each_its_one_signature(self, stage: Stage) -> None:
        stage.run([*COMMAND, "prepare", str(ITEMS)])

        def run(number: int) -> Counter[str]:
            return Counter(json.loads(stage.run([*COMMAND, "sign", str(number)])))

        with ThreadPoolExecutor(SIGNERS) as pool:
            told = sum(pool.map(run, range(SIGNERS)), Counter())
        assert told == {"signed": ITEMS, "refused": (SIGNERS - 1) * ITEMS}
        assert {query: stage.count(query) for query in COUNTS} == COUNTS
