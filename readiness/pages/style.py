"""Examples of every shared part, for the page that shows them all."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.paginator import Page, Paginator

from governance.charts.waiting import Node, draw
from governance.choices import OrganisationKind, Role, SignoffAct, SignoffKind
from governance.forms.proof import SignerForm
from governance.models import Organisation, Project, User
from governance.pages.anchors import AnchorWords
from governance.pages.graphs import Graph, GraphLine
from governance.permissions import Seat
from governance.services.acting import ActingFor
from governance.services.proving import Ways
from readiness.charts.defects import AgeCount, defects_chart
from readiness.charts.looks import Chart
from readiness.charts.progress import BurnPoint, WeekCount, burn_up_chart, week_chart
from readiness.charts.sparkline import Sparkline, sparkline_of
from readiness.charts.trend import TrendPoint, trend_chart
from readiness.choices import FindingState, ReportedColour, Verdict
from readiness.forms.sample import SampleForm
from readiness.pages.pictures import ChartPicture, picture_of
from readiness.pages.portfolio import PortfolioRow, Reason
from readiness.pages.rows import (
    CriterionRow,
    GateStep,
    HeatCell,
    HeatRow,
    NightLine,
    Trend,
    trend_of,
)

MONDAY = date(2026, 8, 3)
SEVERITIES = ("Critical", "High", "Medium", "Low")
AGES = ("to 3 days", "to 10 days", "over 10 days")


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry of the example of a timeline."""

    when: str
    title: str
    text: str = ""
    who: str = ""
    state: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the example of a table."""

    text: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the example of a table; `order` is what it sorts by."""

    text: str
    href: str = ""
    note: str = ""
    order: str = ""


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
    anchors: list[AnchorWords]
    form: SampleForm
    proof: SignerForm
    acting: ActingFor
    columns: list[Column]
    rows: list[list[Cell]]
    timeline: list[TimelineEntry]
    seat: Seat
    line: Sparkline | None
    charts: list[ChartPicture]
    graph: Graph
    upgrades: list[PortfolioRow]
    page: "Page[int]"


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
        night=NightLine("Last nightly judgement: 3 Nov 2026, 02:04, 7 h ago"),
        late_night=NightLine("Last nightly judgement: 1 Nov 2026, 02:04, 55 h ago", late=True),
        failed_night=NightLine("Last night failed", failed=True, reason="no policy"),
        anchors=[
            AnchorWords("Anchored outside 3 hours ago, up to entry 118 of 120.", is_late=False),
            AnchorWords("Anchored outside 3 days ago, up to entry 118 of 131.", is_late=True),
        ],
        form=wrong,
        proof=SignerForm(
            kind=SignoffKind.PROCESS_EVIDENCE,
            acts=[SignoffAct.SIGNED],
            ways=Ways(app=True, passkey=True, must_agree=True),
            auto_id="proof_%s",
        ),
        acting=ActingFor(Organisation(name="Kessler Pumps"), has_choice=True),
        columns=[Column("Department"), Column("Trained", True), Column("Last run")],
        rows=_rows(),
        timeline=_timeline(),
        seat=_seat(),
        line=sparkline_of(_burn_up()),
        charts=[each for each in map(picture_of, _charts()) if each is not None],
        graph=_graph(),
        upgrades=[_upgrade()],
        page=Paginator(range(120), 50).page(2),
    )


def _graph() -> Graph:
    nodes = [
        Node("a", ("D-011", "Which plant goes first?", "21 d, Ada Brandt"), tone="late"),
        Node("b", ("D-014", "Who drives there?", "3 d, An executive"), tone="open"),
        Node("c", ("2 processes", "14 scenarios"), tone="leaf"),
    ]
    return Graph(
        drawing=draw(nodes, edges=[("a", "b"), ("a", "c")]),
        words="What waits for D-011: 1 decision, 2 processes, 14 scenarios.",
        lines=[GraphLine("D-011 Which plant goes first?", "#rows", "D-014, 14 scenarios")],
        left_out=2,
    )


def _upgrade() -> PortfolioRow:
    return PortfolioRow(
        name="One ERP for pumps",
        client="Kessler Pumps",
        href="#rows",
        verdict=Verdict.NO_GO,
        headline="3 hard criteria missed",
        go_live="Mon 4 Jan 2027",
        countdown="in 21 days",
        t_minus="T-21",
        reported="green",
        is_rosier=True,
        hard_misses=3,
        accepted_risks=1,
        need="Test 41 scenarios that nobody tested.",
        who="Ada Brandt, process owner",
        reasons=(Reason("No-go 21 days before go-live: decide about the date", "#rows"),),
        trend=trend_of(["NO_GO"] * 9 + ["CONDITIONAL"] * 3),
        being_judged=True,
        closed=False,
    )


def _rows() -> list[list[Cell]]:
    return [
        [
            Cell("Warehouse", "#rows", "Porto"),
            Cell("9 %", order="9"),
            Cell("3 Nov 2026", order="2026-11-03"),
        ],
        [Cell("Finance", "#rows"), Cell("100 %", order="100"), Cell("no run yet")],
        [
            Cell("Sales", "#rows"),
            Cell("68 %", order="68"),
            Cell("12 Oct 2026", order="2026-10-12"),
        ],
    ]


def _seat() -> Seat:
    client = Organisation(name="Kessler Pumps", kind=OrganisationKind.CLIENT)
    user, project = User(organisation=client), Project(organisation=client)
    return Seat(user, project, frozenset({Role.PROJECT_MANAGER}))


def _timeline() -> list[TimelineEntry]:
    return [
        TimelineEntry(
            "3 Nov 2026, 10:12",
            "The verdict went from conditional to no-go",
            "UX-01 fell from 82 % to 68 %: 9 scenarios came into scope.",
            state=Verdict.NO_GO,
        ),
        TimelineEntry(
            "1 Nov 2026, 09:00",
            "Order to cash was signed",
            who="Ada Brandt",
            state=SignoffAct.SIGNED,
            href="#rows",
        ),
        TimelineEntry("28 Oct 2026, 16:40", "600 completions were imported", who="Jon Vega"),
    ]


def _burn_up() -> list[BurnPoint]:
    return [
        BurnPoint(MONDAY + timedelta(weeks=week), Decimal(week * week), Decimal(8 * week))
        for week in range(10)
    ]


def _charts() -> list[Chart | None]:
    days = [MONDAY + timedelta(days=number) for number in range(60)]
    verdicts = [Verdict.NO_GO] * 40 + [Verdict.CONDITIONAL] * 20
    trend = [
        TrendPoint(day, verdict, 12 - number // 5, number // 20)
        for number, (day, verdict) in enumerate(zip(days, verdicts, strict=True))
    ]
    weeks = [WeekCount(day, 40 + 7 * place) for place, day in enumerate(days[::7])]
    counts = [
        AgeCount(age, severity, 2 + place)
        for age in AGES
        for place, severity in enumerate(SEVERITIES)
    ]
    return [
        trend_chart(trend, go_live=date(2026, 11, 9)),
        burn_up_chart(_burn_up(), title="Critical scenarios passed"),
        defects_chart(counts, ages=AGES, severities=SEVERITIES),
        week_chart(weeks, title="Training by week", noun="completions"),
    ]


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
