"""The form on the page of parts."""

from readiness.forms.sample import SampleForm


class TestSampleForm:
    def test_takes_a_full_answer(self) -> None:
        answer = {"reason": "x", "until": "2026-06-30", "kind": "A", "agreed": "on"}
        assert SampleForm(answer).is_valid()
