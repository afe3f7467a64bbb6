"""A judged upgrade for tests of the face: the shipped policy, a few facts, one judgement."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from governance.models import BusinessProcess, Caveat
from readiness.choices import ReportedColour
from readiness.models import ReportedStatus, Snapshot
from readiness.services.evaluation import evaluate_gates
from readiness.services.policies import adopt_policy
from tests.factories import NOW, make_process, make_run, make_scenario
from tests.people import Cast, make_cast
from tests.questions import accept

EARLIER = NOW - timedelta(days=8)


@dataclass(frozen=True, slots=True)
class World:
    """Everybody, one process of the first project, and its newest judgement."""

    cast: Cast
    process: BusinessProcess
    snapshot: Snapshot

    @property
    def address(self) -> str:
        """Return where the gate of the first project is."""
        return f"/p/{self.cast.project.public_id}/"


def make_world(*, as_of: datetime = NOW) -> World:
    """Return an upgrade six weeks before go-live, judged eight days ago and now.

    One of two scenarios was run, the status was reported green, a risk is accepted and a
    caveat is written down; the second judgement knows them all.
    """
    cast = make_cast()
    adopt_policy(project=cast.project)
    process = make_process(project=cast.project, code="10", name="Order to cash")
    tested = make_scenario(project=cast.project, process=process)
    make_scenario(project=cast.project, process=process)
    judge_now(cast, as_of=EARLIER)
    make_run(scenario=tested)
    _speak(cast, at=as_of - timedelta(hours=2))
    return World(cast, process, judge_now(cast, as_of=as_of))


def judge_now(cast: Cast, *, as_of: datetime) -> Snapshot:
    """Judge the first project at a moment."""
    (snapshot,) = evaluate_gates(project_ids=[cast.project.pk], as_of=as_of)
    return snapshot


def _speak(cast: Cast, *, at: datetime) -> None:
    """Write down what people said, as if it had been recorded at once."""
    row = {
        "organisation": cast.client,
        "project": cast.project,
        "recorded_at": at,
    }
    ReportedStatus.objects.create(
        **row,
        colour=ReportedColour.GREEN,
        reporter=cast.project_manager,
        reporter_name=cast.project_manager.name,
        reported_at=at,
        source="status form",
    )
    Caveat.objects.create(
        **row, text="Porto has no training room.", written_by=cast.project_manager, written_at=at
    )
    accept(cast, at=at, until=at + timedelta(days=10), recorded_at=at)
