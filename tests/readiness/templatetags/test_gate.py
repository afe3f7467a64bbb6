"""Words, shapes and tones: only MET and GO are green."""

from pathlib import Path

import pytest
from django.template import Context, Template

from governance.choices import SignoffAct
from readiness.choices import FindingState, ReportedColour, Verdict
from readiness.templatetags.gate import LOOKS, icon, query, shape, tone, word

STATIC = Path(__file__).resolve().parents[3] / "readiness" / "static"
STATES = [*FindingState.values, *Verdict.values]


class TestLooks:
    def test_only_met_and_go_are_green(self) -> None:
        green = {value for value in LOOKS if tone(value) in ("good", "go")}
        assert green == {FindingState.MET, Verdict.GO}

    @pytest.mark.parametrize("values", [FindingState.values, Verdict.values])
    def test_each_state_has_its_own_word_and_shape(self, values: list[str]) -> None:
        assert len({word(value) for value in values}) == len(values)
        assert len({shape(value) for value in values}) == len(values)

    @pytest.mark.parametrize("value", [*STATES, *ReportedColour.values, *SignoffAct.values])
    def test_every_stored_word_has_a_look(self, value: str) -> None:
        assert value in LOOKS

    def test_every_shape_is_in_the_sprite(self) -> None:
        sprite = (STATIC / "vendor" / "icons" / "icons.svg").read_text()
        assert [look.shape for look in LOOKS.values() if f'id="{look.shape}"' not in sprite] == []

    def test_a_word_nobody_knows_is_not_green(self) -> None:
        assert (word("?"), tone("?")) == ("Not known", "unknown")


class TestIcon:
    def test_is_decoration_without_a_title(self) -> None:
        assert 'aria-hidden="true"' in icon("check")

    def test_speaks_with_a_title(self) -> None:
        drawn = icon("check", "<b>Done</b>")
        assert 'aria-label="&lt;b&gt;Done&lt;/b&gt;"' in drawn


class TestQuery:
    def test_keeps_what_was_there_and_drops_what_is_empty(self) -> None:
        assert query({"q": "a b", "verdict": ""}, page=2) == "?q=a+b&page=2"

    def test_is_a_bare_question_mark_when_nothing_is_left(self) -> None:
        assert query() == "?"


class TestParts:
    @pytest.mark.parametrize("state", FindingState.values)
    def test_a_chip_carries_word_and_shape(self, state: str) -> None:
        source = '{% include "_parts/finding_chip.html" with state=state only %}'
        drawn = Template(source).render(Context({"state": state}))
        assert word(state) in drawn
        assert f"#{shape(state)}" in drawn

    def test_a_vendors_record_never_looks_signed(self) -> None:
        source = (
            '{% include "_parts/signoff_line.html" with'
            ' act=act name="Kim" organisation="Northwind" at="today" only %}'
        )
        recorded = Template(source).render(Context({"act": ""}))
        signed = Template(source).render(Context({"act": "SIGNED"}))
        assert "Recorded by Kim" in recorded
        assert "Signed" not in recorded
        assert "signature-signed" not in recorded
        assert "Signed by Kim of Northwind" in signed
