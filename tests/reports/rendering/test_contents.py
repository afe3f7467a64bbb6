from readiness.choices import FindingState
from reports.rendering.contents import DEFINITIONS


class TestDefinitions:
    def test_explain_every_state_once(self) -> None:
        assert sorted(state for state, _ in DEFINITIONS) == sorted(FindingState)
