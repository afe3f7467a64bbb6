"""Signatures, decisions, assumptions, risks and figures that wait for one person."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import SignoffAct
from governance.models import Assumption, BusinessProcess, Decision, Delegation, Ownership
from governance.querysets.signatures import SignatureRow, newest_signatures
from governance.services.signoffs import evidence_hash_of
from readiness.metrics.evidence import process_evidence
from readiness.models import AcceptanceRequest
from readiness.pages.reported import missing_figures
from readiness.pages.work.desk import Desk, Kind, WorkItem

REPORT_AHEAD = timedelta(days=14)
SIGNOFF = Kind("SIGNOFF", gettext_lazy("Sign-off"), "signature")
DECISION = Kind("DECISION", gettext_lazy("Decision"), "gavel")
ASSUMPTION = Kind("ASSUMPTION", gettext_lazy("Assumption"), "help-circle")
RISK = Kind("RISK", gettext_lazy("Risk"), "writing-sign")
FIGURE = Kind("FIGURE", gettext_lazy("Figure"), "list-check")


def signatures_waiting(desk: Desk) -> Iterator[WorkItem]:
    """Yield the processes whose evidence waits for the account's word, as owner or in its place."""
    delegated = Delegation.objects.of_account(desk.user).holding_at(desk.at)
    mine = BusinessProcess.objects.filter(
        Q(owner=desk.user) | Q(deputy=desk.user) | Q(pk__in=delegated.values("process_id")),
        project_id__in=desk.project_ids,
        accountable=F("pk"),
        in_scope=True,
    ).select_related("project")
    for process, wanted, since in wanted_signatures(mine, at=desk.at):
        yield desk.item(
            SIGNOFF,
            wanted,
            project=process.project,
            href=reverse(
                "readiness:process-detail", args=[process.project.public_id, process.public_id]
            ),
            since=since,
        )


def wanted_signatures(
    owned: Iterable[BusinessProcess], *, at: datetime
) -> Iterator[tuple[BusinessProcess, str, datetime]]:
    """Yield what the owners of some processes have to do, and since when they answer for them."""
    processes = {process.pk: process for process in owned}
    if not processes:
        return
    project_ids = {process.project_id for process in processes.values()}
    evidence = process_evidence(project_ids=project_ids, as_of=at, process_ids=processes)
    acts = {row.process_id: row for row in newest_signatures(project_ids=project_ids, as_of=at)}
    appointed = dict(
        Ownership.objects.filter(process__in=processes)
        .order_by("assigned_at", "pk")
        .values_list("process_id", "assigned_at")
    )
    for pk, process in processes.items():
        wanted = _wanted(acts.get(pk), evidence.get(pk, ""))
        if wanted:
            yield process, wanted % {"process": process}, appointed.get(pk, process.recorded_at)


def _wanted(newest: SignatureRow | None, evidence: str) -> str:
    """Return what the owner has to do; empty when the last word stands."""
    if newest is None or newest.act == SignoffAct.WITHDRAWN:
        return _("Sign or refuse: %(process)s")
    if newest.evidence_hash == evidence_hash_of(evidence):
        return ""
    return _("Evidence changed since, look again: %(process)s")


def decisions_waiting(desk: Desk) -> Iterator[WorkItem]:
    """Yield the decisions that wait for the account's word."""
    asked = Decision.objects.filter(decider=desk.user, project_id__in=desk.project_ids)
    for decision in asked.waiting().select_related("project"):
        yield desk.item(
            DECISION,
            str(decision),
            project=decision.project,
            href=reverse(
                "governance:decision-detail",
                args=[decision.project.public_id, decision.public_id],
            ),
            since=decision.raised_at,
        )


def assumptions_waiting(desk: Desk) -> Iterator[WorkItem]:
    """Yield the partner's assumptions that an owner has to ratify or reject."""
    mine = Assumption.objects.filter(project_id__in=desk.project_ids).for_owner(desk.user)
    for assumption in mine.waiting().select_related("project"):
        yield desk.item(
            ASSUMPTION,
            str(assumption),
            project=assumption.project,
            href=reverse(
                "governance:assumption-detail",
                args=[assumption.project.public_id, assumption.public_id],
            ),
            since=assumption.raised_at,
        )


def requests_waiting(desk: Desk) -> Iterator[WorkItem]:
    """Yield the risks that the account is asked to accept."""
    asked = AcceptanceRequest.objects.filter(asked=desk.user, project_id__in=desk.project_ids)
    for request in asked.waiting().select_related("project", "requester"):
        text = _("%(who)s asks you to accept %(criterion)s") % {
            "who": request.requester.name,
            "criterion": request.criterion_key,
        }
        yield desk.item(
            RISK,
            text,
            project=request.project,
            href=reverse(
                "readiness:request-detail", args=[request.project.public_id, request.public_id]
            ),
            since=request.requested_at,
        )


def figures_waiting(desk: Desk) -> Iterator[WorkItem]:
    """Yield the figures the account's roles answer for, from two weeks before they are due."""
    for figure in missing_figures(desk.seats, at=desk.at, ahead=REPORT_AHEAD):
        project = figure.project
        zone = ZoneInfo(project.time_zone)
        opened = datetime.combine(figure.due_date - REPORT_AHEAD, time.min, tzinfo=zone)
        yield desk.item(
            FIGURE,
            _("Report: %(figure)s") % {"figure": figure.wording},
            project=figure.project,
            href=reverse(
                "readiness:reported-detail", args=[figure.project.public_id, figure.metric]
            ),
            since=opened.astimezone(UTC),
        )
