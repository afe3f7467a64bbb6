"""Gather what projects are judged by and what is printed around it: one query per kind of row.

Everything is taken as it was known at the moment asked about; nothing is written.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from governance.choices import OrganisationKind
from governance.models import BusinessProcess, Ownership, Participation, Project
from governance.querysets.batches import ProjectDay, batches
from governance.readings import Reading, Readings
from governance.services.freezing import freezes_at
from readiness.choices import ReportedColour
from readiness.metrics import authority_papers, lapsed_acceptances
from readiness.models import (
    Acceptance,
    AcceptanceScenario,
    AcceptanceWithdrawal,
    Exemption,
    Gate,
    Policy,
)
from readiness.policy.parsing import gates_of_body, on_calendar
from readiness.policy.representation import ProcessWords, ReportWords
from readiness.policy.terms import (
    PROJECT_ITEM,
    AcceptanceTerms,
    ExemptionTerms,
    GateTerms,
    ProjectCase,
    StopTerms,
)
from readiness.querysets import newest_colours
from readiness.services.caveats import standing_with_readers
from readiness.services.stopping import stops_at

NEWEST_CAVEATS = 20


@dataclass(slots=True)
class Dossier:
    """Hold one project's case and what is printed around its judgement."""

    project: Project
    case: ProjectCase
    policy: Policy | None
    holders: dict[str, list[str]] = field(default_factory=dict)
    processes: list[ProcessWords] = field(default_factory=list)
    reports: dict[str, ReportWords] = field(default_factory=dict)
    caveats: list[dict[str, Any]] = field(default_factory=list)
    authority: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Shelf:
    """Hold the rows of a batch, by project, while its dossiers are put together."""

    as_of: datetime
    projects: Mapping[int, Project]
    days: Mapping[int, ProjectDay]
    readings: Readings
    gates: Mapping[int, tuple[GateTerms, ...]]
    policies: Mapping[int, Policy]
    acceptances: Mapping[int, list[AcceptanceTerms]]
    exemptions: Mapping[int, list[ExemptionTerms]]
    colours: Mapping[int, dict[str, ReportedColour]]
    freezes: Mapping[int, str]
    stops: Mapping[int, Mapping[str, StopTerms]]
    reports: Mapping[int, dict[str, ReportWords]]
    holders: Mapping[int, dict[str, list[str]]]
    processes: Mapping[int, list[ProcessWords]]
    caveats: Mapping[int, list[dict[str, Any]]]
    authority: Mapping[int, Mapping[str, Any]]


def gather_dossiers(
    *, project_ids: Collection[int], as_of: datetime, readings: Readings
) -> list[Dossier]:
    """Return the dossier of each project that exists, in the order of their numbers."""
    ids = sorted(project_ids)
    projects = Project.objects.select_related("organisation").in_bulk(ids)
    days = {
        key: day
        for batch in batches(project_ids=ids, as_of=as_of)
        for key, day in batch.days.items()
    }
    gates, policies = _gates(ids)
    colours, reports = _colours(ids, as_of)
    shelf = _Shelf(
        as_of=as_of,
        projects=projects,
        days=days,
        readings=readings,
        gates=gates,
        policies=policies,
        acceptances=_acceptances(ids, as_of),
        exemptions=_exemptions(ids, as_of),
        colours=colours,
        freezes=freezes_at(project_ids=ids, as_of=as_of),
        stops=stops_at(project_ids=ids, as_of=as_of),
        reports=reports,
        holders=_holders(ids, as_of),
        processes=_processes(ids, days, as_of, readings),
        caveats=_caveats(ids, as_of),
        authority=authority_papers(project_ids=ids, as_of=as_of),
    )
    return [_dossier(shelf, project_id) for project_id in ids if project_id in projects]


def _dossier(shelf: _Shelf, project_id: int) -> Dossier:
    project, day = shelf.projects[project_id], shelf.days[project_id]
    case = ProjectCase(
        as_of=shelf.as_of,
        zone=day.zone,
        go_live=day.go_live,
        gates=shelf.gates.get(project_id, ()),
        readings=shelf.readings.of_project(project_id),
        acceptances=tuple(shelf.acceptances.get(project_id, ())),
        exemptions=tuple(shelf.exemptions.get(project_id, ())),
        reported=shelf.colours.get(project_id, {}),
        freeze=shelf.freezes.get(project_id, ""),
        stops=shelf.stops.get(project_id, {}),
    )
    return Dossier(
        project=project,
        case=case,
        policy=shelf.policies.get(project_id),
        holders=shelf.holders.get(project_id, {}),
        processes=shelf.processes.get(project_id, []),
        reports=shelf.reports.get(project_id, {}),
        caveats=shelf.caveats.get(project_id, []),
        authority=shelf.authority.get(project_id, {}),
    )


def _gates(
    ids: Collection[int],
) -> tuple[dict[int, tuple[GateTerms, ...]], dict[int, Policy]]:
    """Return project -> its gates in order, and project -> the policy of the first of them."""
    rows = list(
        Gate.objects.filter(project_id__in=ids)
        .order_by("project_id", "position")
        .values_list("project_id", "policy_id", "key", "evaluate_from_days", "decision_days")
    )
    policies = Policy.objects.in_bulk({row[1] for row in rows})
    terms = {key: gates_of_body(policy.body) for key, policy in policies.items()}
    gates: defaultdict[int, list[GateTerms]] = defaultdict(list)
    chosen: dict[int, Policy] = {}
    for project_id, policy_id, key, opens, decided in rows:
        chosen.setdefault(project_id, policies[policy_id])
        gate = terms[policy_id][key]
        gates[project_id].append(on_calendar(gate, opens_days=opens, decision_days=decided))
    return {key: tuple(found) for key, found in gates.items()}, chosen


def _acceptances(ids: Collection[int], as_of: datetime) -> dict[int, list[AcceptanceTerms]]:
    known = Acceptance.objects.filter(project_id__in=ids, expires_at__gt=as_of).known_at(as_of)
    lapsed = lapsed_acceptances(project_ids=ids, as_of=as_of)
    standing = known.exclude(pk__in=lapsed) if lapsed else known
    rows = list(standing.select_related("requester").order_by("id"))
    if not rows:
        return {}
    keys = [row.pk for row in rows]
    ended = dict(
        AcceptanceWithdrawal.objects.filter(acceptance__in=keys, recorded_at__lte=as_of)
        .order_by("withdrawn_at")
        .values_list("acceptance_id", "withdrawn_at")
    )
    named = Counter(
        AcceptanceScenario.objects.filter(acceptance__in=keys).values_list(
            "acceptance_id", flat=True
        )
    )
    found: defaultdict[int, list[AcceptanceTerms]] = defaultdict(list)
    for row in rows:
        terms = _accepted(row, withdrawn_at=ended.get(row.pk), scenarios=named[row.pk])
        found[row.project_id].append(terms)
    return found


def _accepted(row: Acceptance, *, withdrawn_at: datetime | None, scenarios: int) -> AcceptanceTerms:
    return AcceptanceTerms(
        id=row.pk,
        criterion=row.criterion_key,
        approver=row.approver_name,
        accepted_at=row.accepted_at,
        expires_at=row.expires_at,
        withdrawn_at=withdrawn_at,
        scenarios=scenarios,
        public_id=str(row.public_id),
        approver_role=row.approver_role,
        requester=row.requester.name,
        reason=row.reason,
        control=row.control,
    )


def _exemptions(ids: Collection[int], as_of: datetime) -> dict[int, list[ExemptionTerms]]:
    known = Exemption.objects.filter(
        project_id__in=ids, approved_at__lte=as_of, recorded_at__lte=as_of
    )
    found: defaultdict[int, list[ExemptionTerms]] = defaultdict(list)
    for row in known.select_related("approver").order_by("id"):
        terms = ExemptionTerms(
            criterion=row.criterion_key,
            reason=row.reason,
            approver=row.approver.name,
            approved_at=row.approved_at,
        )
        found[row.project_id].append(terms)
    return found


def _colours(
    ids: Collection[int], as_of: datetime
) -> tuple[dict[int, dict[str, ReportedColour]], dict[int, dict[str, ReportWords]]]:
    """Return project -> item -> the colour reported last, and who reported it when."""
    colours: defaultdict[int, dict[str, ReportedColour]] = defaultdict(dict)
    reports: defaultdict[int, dict[str, ReportWords]] = defaultdict(dict)
    for row in newest_colours(project_ids=ids, as_of=as_of):
        item = row.gate_key or PROJECT_ITEM
        colours[row.project_id][item] = ReportedColour(row.colour)
        reports[row.project_id][item] = ReportWords(row.reporter_name, row.reported_at)
    return colours, reports


def _holders(ids: Collection[int], as_of: datetime) -> dict[int, dict[str, list[str]]]:
    """Return project -> role -> the names of the client's people who held it."""
    seats = Participation.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=as_of),
        project_id__in=ids,
        started_at__lte=as_of,
        user__is_active=True,
        user__kind=OrganisationKind.CLIENT,
        user__organisation_id=F("organisation_id"),
    )
    found: defaultdict[int, dict[str, list[str]]] = defaultdict(dict)
    names = seats.order_by("user__name").values_list("project_id", "role", "user__name")
    for project_id, role, name in names:
        found[project_id].setdefault(role, []).append(name)
    return found


def _processes(
    ids: Collection[int], days: Mapping[int, ProjectDay], as_of: datetime, readings: Readings
) -> dict[int, list[ProcessWords]]:
    """Return project -> its accountable processes in scope with their readings, by code."""
    measured = _by_process(ids, readings)
    owners = _past_owners([key for key in ids if key in days and not days[key].is_current], as_of)
    rows = BusinessProcess.objects.filter(
        project_id__in=ids, accountable=F("pk"), in_scope=True, recorded_at__lte=as_of
    ).order_by("code")
    found: defaultdict[int, list[ProcessWords]] = defaultdict(list)
    columns = ("project_id", "pk", "public_id", "code", "name", "owner__name")
    for project_id, key, public_id, code, name, owner in rows.values_list(*columns):
        is_current = days[project_id].is_current
        shown = owner if is_current else owners.get(key)
        found[project_id].append(
            ProcessWords(str(public_id), code, name, shown or "", measured.get(key, {}))
        )
    return found


def _by_process(ids: Iterable[int], readings: Readings) -> dict[int, dict[str, Reading]]:
    found: defaultdict[int, dict[str, Reading]] = defaultdict(dict)
    for project_id in ids:
        for process_id, reading in readings.of_processes(project_id):
            found[process_id][reading.metric] = reading
    return found


def _past_owners(ids: Collection[int], as_of: datetime) -> dict[int, str | None]:
    if not ids:
        return {}
    rows = Ownership.objects.filter(
        project_id__in=ids, assigned_at__lte=as_of, recorded_at__lte=as_of
    )
    return dict(rows.order_by("assigned_at", "id").values_list("process_id", "owner__name"))


def _caveats(ids: Collection[int], as_of: datetime) -> dict[int, list[dict[str, Any]]]:
    return standing_with_readers(project_ids=ids, as_of=as_of, most=NEWEST_CAVEATS)
