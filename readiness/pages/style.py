"""Examples of every shared part, for the page that shows them all."""

from dataclasses import dataclass

from readiness.choices import FindingState, ReportedColour, Verdict
from readiness.forms.sample import SampleForm
from readiness.pages.rows import (
    CriterionRow,
    GateStep,
    HeatCell,
    HeatRow,
    NightLine,
    Trend,
    trend_of,
)


@dataclass(frozen=True, slots=True)
class StylePage:
    """Everything the page of parts shows."""

    verdicts: list[str]
    states: list[str]
    colours: list[str]
    gates: list[GateStep]
    criteria: list[CriterionRow]
    heat_columns: list[str]
    heat_rows: list[HeatRow]
    trend: Trend
    no_trend: Trend
    night: NightLine
    late_night: NightLine
    failed_night: NightLine
    form: SampleForm


def style_page() -> StylePage:
    """Return one example of every part."""
    wrong = SampleForm({"reason": "", "until": "31 June", "kind": "A"})
    wrong.is_valid()
    return StylePage(
        verdicts=Verdict.values,
        states=FindingState.values,
        colours=ReportedColour.values,
        gates=_gates(),
        criteria=[_criterion(state, number) for number, state in enumerate(FindingState.values)],
        heat_columns=["Owner", "Training", "Happy path", "Exception"],
        heat_rows=_heat_rows(),
        trend=trend_of(["NO_GO"] * 6 + ["CONDITIONAL"] * 4 + ["GO"] * 2),
        no_trend=trend_of([]),
        night=NightLine("Last night ran 3 Nov 2026, 02:04, 7 h ago"),
        late_night=NightLine("Last night ran 1 Nov 2026, 02:04, 55 h ago", late=True),
        failed_night=NightLine("Last night failed", failed=True, reason="no policy"),
        form=wrong,
    )


def _gates() -> list[GateStep]:
    return [
        GateStep("G1", "Mobilised", Verdict.GO, "decided 4 May 2026"),
        GateStep("G2", "Design signed", Verdict.CONDITIONAL, "decided 3 Aug 2026"),
        GateStep("G3", "Ready for go-live", Verdict.NO_GO, "due 4 Dec 2026", "#gate", True),
        GateStep("G4", "Hypercare exit", Verdict.NOT_OPEN, "opens 12 Dec 2026"),
    ]


def _criterion(state: str, number: int) -> CriterionRow:
    return CriterionRow(
        key=f"XX-{number:02}",
        title="Critical scenarios passed by the client's own people",
        hard=number % 2 == 0,
        state=state,
        measured="68 %",
        of="41 of 60 scenarios",
        fresh="counted 3 Nov 2026, 02:00",
        due_today="≥ 80 %",
        target="≥ 100 %",
        accountable="Process owners",
        source="Counted from facts held here",
        grade="P",
        grade_words="our proposed default",
        grades="Grade A, number P",
        href="#rows",
    )


def _heat_rows() -> list[HeatRow]:
    states = [FindingState.MET, FindingState.MISSED, FindingState.INSUFFICIENT, ""]
    cells = tuple(
        HeatCell(str(state), "3 of 5", f"Order to cash, {column}", "#rows")
        for state, column in zip(
            states, ["owner", "training", "happy path", "exception"], strict=True
        )
    )
    return [HeatRow("Order to cash", cells, "#rows"), HeatRow("Plan to produce", cells[::-1])]
