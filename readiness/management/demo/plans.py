"""What kind of project each demo project is: size, date, discipline."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

TIME_ZONE = "Europe/Oslo"


@dataclass(frozen=True, slots=True)
class Plan:
    """A demo project; shares lie between 0 and 1, weeks are counted from today."""

    slug: str
    name: str
    from_platform: str
    to_platform: str
    weeks: int
    processes: int
    people: int
    scenarios: int
    owned: float
    trained: float
    tested: float
    by_partner: float
    passing: float
    reported: float
    colour: str
    first_owner: int = 0
    phase: str = "UAT"

    @property
    def is_disciplined(self) -> bool:
        """Say whether everybody does everything in time."""
        return self.trained == self.tested == 1


HERO = Plan(
    "orion",
    "Orion: pump business on one ERP",
    "Brisk ERP 9",
    "Brisk Cloud",
    weeks=6,
    processes=12,
    people=400,
    scenarios=350,
    owned=0.9,
    trained=0.46,
    tested=0.68,
    by_partner=0.22,
    passing=0.74,
    reported=0.8,
    colour="GREEN",
)
PORTFOLIO = (
    Plan("baltic", "Baltic finance roll-out", "Brisk ERP 7", "Brisk Cloud", 3, 4, 60, 60,
         1.0, 1.0, 1.0, 0.04, 0.97, 1.0, "GREEN"),
    Plan("lisbon", "Lisbon plant onto the template", "Local ledger", "Brisk Cloud", 9, 5, 70, 70,
         1.0, 0.7, 0.75, 0.1, 0.95, 0.9, "AMBER"),
    Plan("service", "Field service to the cloud", "FieldDesk 4", "FieldDesk Cloud", 2, 3, 50, 40,
         0.7, 0.5, 0.55, 0.5, 0.8, 0.5, "GREEN"),
    Plan("payroll", "One payroll for three countries", "PayRun", "PeopleBase", 14, 3, 40, 30,
         1.0, 0.1, 0.2, 0.1, 0.9, 0.8, "GREEN", phase="BUILD"),
    Plan("warehouse", "Warehouse system upgrade", "StockMaster 6", "StockMaster 8", 5, 3, 60, 60,
         1.0, 0.8, 0.9, 0.08, 0.97, 0.9, "AMBER"),
    Plan("quality", "Quality records off paper", "Paper", "QualityHub", 20, 2, 30, 24,
         0.5, 0.0, 0.0, 0.0, 1.0, 0.4, "GREEN", phase="DESIGN"),
    Plan("maintenance", "Maintenance planning renewal", "PlantCare 3", "PlantCare 5", 8, 2, 40,
         36, 1.0, 0.4, 0.3, 0.65, 0.85, 0.6, "RED"),
    Plan("treasury", "Treasury and bank connection", "BankLink", "Brisk Cloud", 4, 2, 40, 50,
         1.0, 1.0, 1.0, 0.06, 0.97, 1.0, "AMBER", first_owner=7),
    Plan("procurement", "Supplier portal", "E-mail", "Brisk Portal", 11, 2, 30, 30,
         1.0, 0.3, 0.4, 0.2, 0.9, 0.7, "AMBER"),
    Plan("crm", "Sales pipeline on one platform", "Spreadsheets", "Brisk Sales", 30, 2, 40, 20,
         0.0, 0.0, 0.0, 0.0, 1.0, 0.0, "GREEN", phase="DESIGN"),
    Plan("engineering", "Engineering data to the ERP", "DrawStore", "Brisk PLM", 7, 2, 30, 30,
         0.5, 0.35, 0.5, 0.4, 0.8, 0.5, "GREEN"),
    Plan("gdynia", "Gdynia plant, three weeks live", "Brisk ERP 8", "Brisk Cloud", -3, 4, 60, 50,
         1.0, 0.9, 0.95, 0.15, 0.96, 0.7, "GREEN", phase="HYPERCARE"),
)  # fmt: skip


@dataclass(slots=True)
class Stage:
    """What every builder of one demo project shares: its plan, its dates and its dice."""

    plan: Plan
    today: date
    dice: random.Random

    @property
    def go_live_date(self) -> date:
        """Return the Monday `weeks` weeks from this week."""
        monday = self.today - timedelta(days=self.today.weekday())
        return monday + timedelta(weeks=self.plan.weeks)

    @property
    def opened_at(self) -> datetime:
        """Return the moment the project was opened: 34 weeks before go-live, or 20 ago."""
        opened = min(self.go_live_date - timedelta(weeks=34), self.today - timedelta(weeks=20))
        return at(opened, 9)

    def day(self, weeks_before: float) -> date:
        """Return the day so many weeks before go-live."""
        return self.go_live_date - timedelta(days=round(weeks_before * 7))

    def workday(self, first: date, last: date) -> date | None:
        """Return a dice-thrown weekday between two days, never after yesterday."""
        last = min(last, self.today - timedelta(days=1))
        if last < first:
            return None
        day = first + timedelta(days=self.dice.randrange((last - first).days + 1))
        if day.weekday() > 4:  # noqa: PLR2004 - Saturday and Sunday
            day = max(first, day - timedelta(days=2))
        return day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the UTC moment on a day."""
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


def stage_of(plan: Plan, *, today: date) -> Stage:
    """Return the stage of a plan; the dice depend on the plan alone."""
    return Stage(plan, today, random.Random(plan.slug))  # noqa: S311 - a demo, not a secret
