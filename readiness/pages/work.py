"""What waits for one person, over every project the person takes part in, oldest first.

`at` is the moment of looking; days are counted in each project's own zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.urls import reverse

from governance.choices import Phase, SignoffAct
from governance.models import (
    Assumption,
    BusinessProcess,
    Decision,
    Ownership,
    Project,
    User,
)
from governance.pages.decisions import days_between
from governance.permissions import Seat, seats_of
from governance.querysets.signatures import SignatureRow, newest_signatures
from governance.services.signoffs import evidence_hash_of
from readiness.metrics.evidence import process_evidence
from readiness.models import AcceptanceRequest
from readiness.pages.reported import FRESH, metric_rows
from readiness.pages.words import counted
from uat.models import Scenario, TesterAssignment

REPORT_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing that waits for the reader, done in one screen."""

    kind: str
    shape: str
    text: str
    project: str
    href: str
    since: datetime
    age: str


@dataclass(frozen=True, slots=True)
class MyWork:
    """Everything that waits for the reader, the oldest first."""

    items: list[WorkItem]
    answer: str


@dataclass(frozen=True, slots=True)
class _Desk:
    user: User
    seats: list[Seat]
    at: datetime

    @property
    def project_ids(self) -> list[int]:
        """Return the projects to look into."""
        return [seat.project.pk for seat in self.seats]


def my_work(user: User, *, at: datetime) -> MyWork:
    """Return what waits for an account."""
    desk = _Desk(user, _seats(user), at)
    items = [
        *_signatures(desk),
        *_decisions(desk),
        *_assumptions(desk),
        *_requests(desk),
        *_figures(desk),
        *_scenarios(desk),
    ]
    items.sort(key=lambda item: (item.since, item.text))
    if not items:
        return MyWork([], "Nothing waits for you.")
    things = counted(len(items), "thing waits", "things wait")
    return MyWork(items, f"{things} for you, the oldest for {items[0].age}.")


def _seats(user: User) -> list[Seat]:
    projects = Project.objects.visible_to(user).exclude(phase=Phase.CLOSED)
    return [seat for seat in seats_of(user, projects=projects) if seat.roles]


def _item(
    desk: _Desk, words: tuple[str, str, str], *, project: Project, href: str, since: datetime
) -> WorkItem:
    kind, shape, text = words
    return WorkItem(kind, shape, text, project.name, href, since, days_between(since, desk.at))


def _signatures(desk: _Desk) -> Iterator[WorkItem]:
    mine = BusinessProcess.objects.filter(
        Q(owner=desk.user) | Q(deputy=desk.user),
        project_id__in=desk.project_ids,
        accountable=F("pk"),
        in_scope=True,
    ).select_related("project")
    processes = {process.pk: process for process in mine}
    if not processes:
        return
    project_ids = {process.project_id for process in processes.values()}
    evidence = process_evidence(project_ids=project_ids, as_of=desk.at, process_ids=processes)
    acts = {
        row.process_id: row for row in newest_signatures(project_ids=project_ids, as_of=desk.at)
    }
    appointed = {
        row.process_id: row.assigned_at
        for row in Ownership.objects.filter(process__in=processes).order_by("assigned_at", "pk")
    }
    for pk, process in processes.items():
        wanted = _wanted_signature(acts.get(pk), evidence.get(pk, ""))
        if wanted:
            yield _item(
                desk,
                ("Sign-off", "signature", f"{wanted}: {process}"),
                project=process.project,
                href=reverse(
                    "readiness:process-detail", args=[process.project.public_id, process.public_id]
                ),
                since=appointed.get(pk, process.recorded_at),
            )


def _wanted_signature(newest: SignatureRow | None, evidence: str) -> str:
    """Return what the owner has to do; empty when the last word stands."""
    if newest is None or newest.act == SignoffAct.WITHDRAWN:
        return "Sign or refuse"
    if newest.evidence_hash == evidence_hash_of(evidence):
        return ""
    return "Look again, the evidence changed"


def _decisions(desk: _Desk) -> Iterator[WorkItem]:
    waiting = Decision.objects.filter(
        decider=desk.user, project_id__in=desk.project_ids, outcomes__isnull=True
    ).select_related("project")
    for decision in waiting:
        yield _item(
            desk,
            ("Decision", "gavel", str(decision)),
            project=decision.project,
            href=reverse(
                "governance:decision-detail",
                args=[decision.project.public_id, decision.public_id],
            ),
            since=decision.raised_at,
        )


def _assumptions(desk: _Desk) -> Iterator[WorkItem]:
    owned = Q(blocked_processes__accountable__owner=desk.user) | Q(
        blocked_processes__accountable__deputy=desk.user
    )
    waiting = Assumption.objects.filter(
        owned, project_id__in=desk.project_ids, rulings__isnull=True
    )
    for assumption in waiting.select_related("project").distinct():
        yield _item(
            desk,
            ("Assumption", "help-circle", str(assumption)),
            project=assumption.project,
            href=reverse(
                "governance:assumption-detail",
                args=[assumption.project.public_id, assumption.public_id],
            ),
            since=assumption.raised_at,
        )


def _requests(desk: _Desk) -> Iterator[WorkItem]:
    waiting = AcceptanceRequest.objects.filter(
        asked=desk.user, project_id__in=desk.project_ids, answer__isnull=True
    ).select_related("project", "requester")
    for request in waiting:
        text = f"{request.requester.name} asks you to accept {request.criterion_key}"
        yield _item(
            desk,
            ("Risk", "writing-sign", text),
            project=request.project,
            href=reverse(
                "readiness:request-detail", args=[request.project.public_id, request.public_id]
            ),
            since=request.requested_at,
        )


def _figures(desk: _Desk) -> Iterator[WorkItem]:
    for seat in desk.seats:
        zone = ZoneInfo(seat.project.time_zone)
        local = desk.at.astimezone(zone)
        for row in metric_rows(seat, at=local):
            asked_of_me = not seat.roles.isdisjoint(row.roles) and row.may_report
            due_date = row.due_date
            if row.state == FRESH or not asked_of_me or due_date is None:
                continue
            if due_date - REPORT_AHEAD <= local.date():
                opened = datetime.combine(due_date - REPORT_AHEAD, time.min, tzinfo=zone)
                yield _item(
                    desk,
                    ("Figure", "list-check", f"Report: {row.wording}"),
                    project=seat.project,
                    href=row.href,
                    since=opened.astimezone(UTC),
                )


def _scenarios(desk: _Desk) -> Iterator[WorkItem]:
    assignments = TesterAssignment.objects.filter(
        person__account=desk.user, project_id__in=desk.project_ids
    ).select_related("project", "process__accountable")
    for assignment in assignments:
        untested = Scenario.objects.filter(project=assignment.project).in_scope().untested()
        process = assignment.process
        address = reverse("uat:scenario-list", args=[assignment.project.public_id])
        href = f"{address}?state=open"
        if process is not None:
            owned = process.accountable or process
            untested = untested.filter(process__accountable=owned)
            href += f"&process={owned.public_id}"
        number = untested.count()
        if number:
            where = f" of {process}" if process else ""
            yield _item(
                desk,
                (
                    "Test",
                    "clipboard-check",
                    f"Run {counted(number, 'scenario', 'scenarios')}{where}",
                ),
                project=assignment.project,
                href=href,
                since=assignment.recorded_at,
            )
