"""What the gate puts on the agenda of a steering meeting: risks to accept, misses, caveats."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from governance.choices import EXECUTIVE_ROLES
from governance.models import Project
from governance.pages.agenda import Point, PointKind
from governance.pages.places import place_of
from readiness.models import AcceptanceRequest, Criterion, Gate, Snapshot
from readiness.pages.actions import agenda_of
from readiness.pages.recorded import body_of
from readiness.services.caveats import open_caveats

EXECUTIVES = frozenset(EXECUTIVE_ROLES)


def gate_points(project: Project, *, as_of: datetime) -> Iterator[Point]:
    """Yield what waited at the gate for the executives at a moment."""
    yield from _requests(project, as_of)
    yield from _misses(project, as_of)
    for caveat in open_caveats(project_ids=[project.pk], as_of=as_of):
        yield Point(
            kind=PointKind.CAVEAT,
            title=caveat.text,
            href=place_of(project, noun="caveat", subject_id=caveat.public_id),
            since=caveat.written_at,
        )


def _requests(project: Project, as_of: datetime) -> Iterator[Point]:
    asked = AcceptanceRequest.objects.filter(
        project=project, requested_at__lte=as_of, recorded_at__lte=as_of
    )
    answered = asked.filter(answer__answered_at__lte=as_of).values("pk")
    for request in asked.exclude(pk__in=answered).select_related("asked").order_by("pk"):
        yield Point(
            kind=PointKind.RISK,
            title=f"{request.gate_key} {request.criterion_key}: {request.reason}",
            href=reverse("readiness:request-detail", args=[project.public_id, request.public_id]),
            since=request.requested_at,
            who=request.asked.name,
        )


def _misses(project: Project, as_of: datetime) -> Iterator[Point]:
    """Yield what closes a gate and an executive answers for, as the judgement then said it."""
    judged = Snapshot.objects.filter(project=project).made_by(as_of)
    snapshot = judged.newest_first().first()
    if snapshot is None:
        return
    roles = _roles(project)
    for share in agenda_of(body_of(snapshot), project).shares:
        for action in share.actions:
            held = roles.get((action.gate, action.key), ())
            if action.blocks and not EXECUTIVES.isdisjoint(held):
                yield Point(
                    kind=PointKind.CRITERION,
                    title=f"{action.gate} {action.key}: {action.why}",
                    href=action.href,
                    since=snapshot.as_of,
                    who=action.who,
                )


def _roles(project: Project) -> dict[tuple[str, str], list[str]]:
    """Return gate and criterion -> the roles that answer for it."""
    policies = Gate.objects.filter(project=project).values("policy_id")
    rows = Criterion.objects.filter(policy_id__in=policies)
    return {
        (gate, key): roles
        for gate, key, roles in rows.values_list("gate_key", "key", "accountable_roles")
    }
