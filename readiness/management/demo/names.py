"""Words of the demo: a pump maker, its people, its processes. All of it invented."""

from dataclasses import dataclass

FIRST = [
    "Aksel",
    "Alma",
    "Anton",
    "Astrid",
    "Bruno",
    "Carla",
    "Clara",
    "Dag",
    "Daniela",
    "Edda",
    "Eirik",
    "Elena",
    "Emil",
    "Erika",
    "Filip",
    "Frida",
    "Gustav",
    "Hanna",
    "Hedda",
    "Henrik",
    "Ida",
    "Inger",
    "Ivan",
    "Jakob",
    "Jana",
    "Joana",
    "Jonas",
    "Karin",
    "Kasper",
    "Lars",
    "Lena",
    "Liv",
    "Luisa",
    "Magnus",
    "Marek",
    "Maria",
    "Marta",
    "Mats",
    "Miguel",
    "Mina",
    "Nils",
    "Nora",
    "Olav",
    "Ola",
    "Oskar",
    "Paula",
    "Pedro",
    "Petra",
    "Rafael",
    "Rita",
    "Rolf",
    "Rui",
    "Sara",
    "Sigrid",
    "Simon",
    "Sofia",
    "Sven",
    "Tiago",
    "Tomas",
    "Tuva",
    "Ulla",
    "Vera",
    "Viktor",
    "Wanda",
    "Zofia",
]
LAST = [
    "Aune",
    "Bakke",
    "Berg",
    "Borowski",
    "Brandt",
    "Carvalho",
    "Costa",
    "Dahl",
    "Dias",
    "Eide",
    "Falk",
    "Ferreira",
    "Fjeld",
    "Foss",
    "Gomes",
    "Graff",
    "Haug",
    "Holm",
    "Iversen",
    "Jansen",
    "Kaminski",
    "Kowal",
    "Krog",
    "Lemos",
    "Lie",
    "Lund",
    "Maciel",
    "Moen",
    "Mota",
    "Myhre",
    "Nowak",
    "Nygaard",
    "Olsen",
    "Pinto",
    "Ramos",
    "Rem",
    "Rocha",
    "Ruud",
    "Sand",
    "Santos",
    "Sikora",
    "Skog",
    "Solheim",
    "Strand",
    "Sund",
    "Tavares",
    "Teixeira",
    "Thune",
    "Tveit",
    "Urban",
    "Vang",
    "Vaz",
    "Wilk",
    "Wolski",
    "Zajac",
]
SITES = ("Halden", "Gdynia", "Porto")
DEPARTMENTS = {
    "Sales": ("01", "12"),
    "Customer Service": ("02", "11"),
    "Purchasing": ("04", "03"),
    "Production": ("05",),
    "Warehouse": ("06",),
    "Quality": ("07",),
    "Maintenance": ("08",),
    "Finance": ("09",),
    "Human Resources": ("10",),
}
DEPARTMENT_SIZES = (30, 45, 35, 110, 70, 30, 30, 35, 15)


@dataclass(frozen=True, slots=True)
class ProcessPlan:
    """An end-to-end process: its areas, each with the thing people handle in it."""

    code: str
    name: str
    roles: tuple[str, str]
    critical: bool
    areas: tuple[tuple[str, str], ...]


def _plan(code: str, name: str, roles: str, areas: str, *, critical: bool = False) -> ProcessPlan:
    first, second = roles.split(" / ")
    pairs = [area.split(": ") for area in areas.split("; ")]
    return ProcessPlan(
        code, name, (first, second), critical, tuple((pair[0], pair[1]) for pair in pairs)
    )


PROCESSES = (
    _plan(
        "01",
        "Lead to order",
        "Sales representative / Price analyst",
        "Quotations: quotation; Price agreements: price agreement; Customers: customer record;"
        " Sales contracts: sales contract; Credit checks: credit check",
    ),
    _plan(
        "02",
        "Order to cash",
        "Order clerk / Billing clerk",
        "Sales orders: sales order; Deliveries: delivery; Invoicing: customer invoice;"
        " Money received: customer payment; Returns: return order",
        critical=True,
    ),
    _plan(
        "03",
        "Forecast to plan",
        "Demand planner / Supply planner",
        "Demand forecast: forecast line; Master plan: planned order; Capacity: capacity plan;"
        " Safety stock: safety stock level; Supply proposals: supply proposal",
    ),
    _plan(
        "04",
        "Source to pay",
        "Buyer / Accounts payable clerk",
        "Requisitions: purchase requisition; Purchasing: purchase order; Receiving: goods receipt;"
        " Supplier invoices: supplier invoice; Payment runs: payment run",
        critical=True,
    ),
    _plan(
        "05",
        "Plan to produce",
        "Shift leader / Production planner",
        "Production orders: production order; Bills of material: bill of material;"
        " Routings: routing; Shop-floor bookings: time booking;"
        " Subcontracting: subcontract order",
        critical=True,
    ),
    _plan(
        "06",
        "Stock to ship",
        "Picker / Stock controller",
        "Put-away: put-away task; Picking: picking list; Stock counts: stock count;"
        " Transfers: transfer order; Batch tracing: batch record",
        critical=True,
    ),
    _plan(
        "07",
        "Inspect to release",
        "Inspector / Quality engineer",
        "Inspection plans: inspection plan; Inspections: inspection lot;"
        " Non-conformances: non-conformance; Certificates: test certificate;"
        " Supplier ratings: supplier rating",
    ),
    _plan(
        "08",
        "Maintain to operate",
        "Fitter / Maintenance planner",
        "Maintenance plans: maintenance plan; Work orders: work order;"
        " Spare parts: spare-part request; Calibration: calibration; Breakdowns: breakdown notice",
    ),
    _plan(
        "09",
        "Record to report",
        "Accountant / Controller",
        "Journals: journal entry; Bank: bank statement; Fixed assets: fixed asset;"
        " Closing: closing task; Consolidation: group report",
        critical=True,
    ),
    _plan(
        "10",
        "Hire to retire",
        "Personnel officer / Payroll officer",
        "Employee records: employee record; Time sheets: time sheet; Travel: travel claim;"
        " Payroll: payroll run; Absence: absence request",
    ),
    _plan(
        "11",
        "Service to customer",
        "Service planner / Field engineer",
        "Service contracts: service contract; Service calls: service call; Repairs: repair order;"
        " Warranty: warranty claim; Field visits: field visit",
    ),
    _plan(
        "12",
        "Engineer to order",
        "Design engineer / Cost estimator",
        "Engineering changes: change order; Items: item record; Drawings: drawing;"
        " Estimates: cost estimate; Project budgets: project budget",
    ),
)

# How many of 350 scenarios are of the class, and its title.
SCENARIO_CLASSES = {
    "HAPPY_PATH": (60, "Create, approve and post a {thing}"),
    "EXCEPTION": (60, "A {thing} with a blocked account is stopped with a clear message"),
    "REVERSAL": (48, "Reverse a posted {thing} and see it gone from every list"),
    "EDGE": (45, "A {thing} with 400 lines, a zero quantity and a foreign currency"),
    "REPORT": (45, "The {thing} report agrees with the old system line by line"),
    "PERIOD_END": (25, "A {thing} entered on the last evening of the month"),
    "INTERCOMPANY": (17, "A {thing} between the Halden and Gdynia companies"),
    "INTEGRATION": (30, "A {thing} that arrives through the interface twice"),
    "SECURITY": (20, "A {thing} is refused to somebody without the role"),
}
