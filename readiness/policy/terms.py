"""Terms of a judgement: what is demanded, accepted and left out, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from decimal import Decimal

from governance.choices import Role
from governance.readings import Reading, ReadingKind
from readiness.choices import Comparison, Grade, MetricOrigin, ReportedColour

PROJECT_ITEM = "PROJECT"
"""Names the project itself among the items that carry a reported colour."""

GlidePath = tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True, slots=True)
class BaselineTerms:
    """Measure against another metric: threshold = baseline x factor, or baseline + offset."""

    metric: str
    is_factor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionTerms:
    """Demand one number of one metric.

    `target` is due from `due_days` before go-live on (negative: after it); earlier the
    glide path says what is due, as (days before go-live, number) with falling days.
    Without a glide path nothing is due before that day: a shortfall is at risk, not missed.
    `warn` is the far edge of the warning band at the target; the band keeps its width
    along the glide path. With a `baseline`, `target` and `warn` are relative to it.
    A criterion checked `in_meeting` is part of the policy and never of the judgement.
    `due_noun` is the noun after 'of', in languages that bend it there.
    """

    key: str
    gate: str
    metric: str
    kind: ReadingKind
    comparison: Comparison
    target: Decimal
    hard: bool
    warn: Decimal | None = None
    warn_comparison: Comparison | None = None
    due_days: int = 0
    glide: GlidePath = ()
    baseline: BaselineTerms | None = None
    min_population: int = 1
    in_meeting: bool = False
    origin: MetricOrigin = MetricOrigin.REPORTED
    ttl_days: int | None = None
    accountable: tuple[Role, ...] = ()
    wording: str = ""
    noun: tuple[str, str] = ("item", "items")
    due_noun: tuple[str, str] | None = None
    unit: str = ""
    says: str = ""
    todo: str = ""
    why: str = ""
    grade: Grade = Grade.PROPOSED
    threshold_grade: Grade = Grade.PROPOSED
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionTerms:
    """Name one meeting that decides a gate, and its day before go-live."""

    name: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GateTerms:
    """Hold one gate's policy; two are equal when their digests are.

    The gate opens `opens_days` before go-live (negative: after it) and is decided
    `decision_days` before it. `upstream` are the gates that must have passed first.
    """

    key: str
    name: str
    opens_days: int
    digest: str
    decision_days: int = 0
    criteria: tuple[CriterionTerms, ...] = ()
    decisions: tuple[DecisionTerms, ...] = ()
    upstream: tuple[str, ...] = ()
    after_go_live: bool = False
    question: str = ""

    def __eq__(self, other: object) -> bool:
        """Compare by digest, which covers every word of the policy."""
        return isinstance(other, GateTerms) and self.digest == other.digest

    def __hash__(self) -> int:
        """Hash by digest: cheap, for what is remembered per gate and day."""
        return hash(self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceTerms:
    """Carry an executive's signed acceptance of one criterion's miss.

    It counts from `accepted_at` up to, and not at, `expires_at` or `withdrawn_at`. One that
    names `scenarios` covers a shortfall of so many and no more; 0 names none. The words
    from `public_id` on are only printed; nothing is judged by them.
    """

    id: int
    criterion: str
    approver: str
    accepted_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None = None
    scenarios: int = 0
    public_id: str = ""
    approver_role: str = ""
    requester: str = ""
    reason: str = ""
    control: str = ""

    @property
    def ends_at(self) -> datetime:
        """Return the moment it stops counting."""
        if self.withdrawn_at is None:
            return self.expires_at
        return min(self.expires_at, self.withdrawn_at)

    def is_active(self, as_of: datetime) -> bool:
        """Say whether it counts at a moment."""
        return self.accepted_at <= as_of < self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionTerms:
    """Leave one criterion out as not applicable; counts only with a reason and an approver."""

    criterion: str
    reason: str
    approver: str
    approved_at: datetime
    withdrawn_at: datetime | None = None

    def is_active(self, as_of: datetime) -> bool:
        """Say whether it counts at a moment."""
        if not (self.reason.strip() and self.approver.strip()):
            return False
        return self.approved_at <= as_of and (
            self.withdrawn_at is None or as_of < self.withdrawn_at
        )


@dataclass(frozen=True, slots=True)
class StopTerms:
    """Tell who stopped a gate, when and why; it is a no-go while that stands."""

    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCase:
    """Put everything one project is judged by on the table; nothing else is looked at.

    `reported` maps a gate's key, or PROJECT_ITEM, to the colour somebody gave it; `freeze`
    says what of the project's record does not verify, and is empty where all of it does;
    `stops` maps a gate's key to the stop that stands.
    """

    as_of: datetime
    zone: tzinfo
    go_live: date | None
    gates: tuple[GateTerms, ...]
    readings: Mapping[str, Reading]
    acceptances: tuple[AcceptanceTerms, ...] = ()
    exemptions: tuple[ExemptionTerms, ...] = ()
    reported: Mapping[str, ReportedColour] = field(default_factory=dict)
    freeze: str = ""
    stops: Mapping[str, StopTerms] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Return the date in the project's own zone."""
        return self.as_of.astimezone(self.zone).date()

    @property
    def days_left(self) -> int | None:
        """Return the days until go-live: 0 on the day, negative after it."""
        return None if self.go_live is None else (self.go_live - self.today).days
