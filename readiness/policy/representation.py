"""The body of a snapshot: everything that page, REST and PDF show of one judgement.

Format 1, JSON in the fixed order below; decimals are strings, moments UTC, dates ISO,
shares in percent. The same judgement in the same surroundings gives the same bytes.

- `format`, `id`, `trigger`, `is_late`, `as_of`, `local_date`, `go_live_date`, `days_left`
- `project` {id, name, slug, client, from_platform, to_platform, time_zone, phase}
- `policy` {key, version, hash} or null; `inputs_hash`, `code_version`, `next_change_at`
- `freeze`: what of the record does not verify, or null
- `verdict`, `headline`, `counts` {state: number}, `hard_misses`: over the deciding gates
- `exempted`: {gate, criterion, wording, reason, approver}
- `reported`: {item ("PROJECT" or a gate), name, colour, verdict, by, at, is_false_green}
- `caveats`: {id, text, by, at, source (the title of the row whose note it is), opened_by: [names]}
- `authority`: what `readiness.metrics.authority` says: charter, decisions, partner, …
- `accepted_risks`: in force at `as_of`, soonest to end first: {id, gate, criterion, wording,
  reason, control, requester, approver, approver_role, accepted_at, expires_at, is_needed
  (a finding really hangs on it)}
- `heat_map` {columns: [{key, title}], rows: [{process, code, name, owner, cells}]}; a cell
  {state, done, due, text}: MET all, AT_RISK some, MISSED none, INSUFFICIENT nothing there
- `actions`: what must happen for a GO, most urgent first, over the deciding gates:
  {gate, criterion, class, state, sentence, todo, who: [words]}
- `gates`: {key, name, question, verdict, headline, is_deciding, opens_date, decision_date,
  stop: {by, reason, at} or null, counts, in_meeting: [{criterion, wording, who}], findings};
  a finding is described in `readiness.policy.printing`
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from governance.readings import Reading
from readiness.choices import FindingState, ReportedColour, SnapshotTrigger, Verdict
from readiness.policy.hashing import RULES_VERSION, ordered_json
from readiness.policy.headlines import by_urgency, gate_headline, project_headline
from readiness.policy.outcomes import Finding, GateJudgement, ProjectJudgement, counts_of
from readiness.policy.printing import FindingPrinter, Holders, who_of
from readiness.policy.terms import PROJECT_ITEM, AcceptanceTerms, ProjectCase, StopTerms

FORMAT = 1
CODE_VERSION = f"rules {RULES_VERSION}, format {FORMAT}"
HEAT_COLUMNS = (
    ("heat.owner", "Owner and deputy"),
    ("heat.training", "Training"),
    ("heat.happy", "Happy path"),
    ("heat.exception", "Exception"),
    ("heat.reversal", "Reversal"),
    ("heat.edge", "Edge case"),
    ("heat.report", "Report"),
    ("heat.decisions", "Decisions"),
    ("heat.signoff", "Sign-off"),
)
_HEAT_HEAD = ordered_json([{"key": key, "title": title} for key, title in HEAT_COLUMNS])
_NOTHING_THERE = '{"state":"INSUFFICIENT","done":0,"due":0,"text":"Nothing there"}'
_STATES = tuple(FindingState.values)


@dataclass(frozen=True, slots=True)
class ProcessWords:
    """Name one process on the heat map, with its per-process readings by metric."""

    public_id: str
    code: str
    name: str
    owner: str
    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Name who reported a colour, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Hold what is printed around a judgement and takes no part in it.

    `holders` maps a role to the names of the client's people who hold it.
    """

    public_id: str
    trigger: SnapshotTrigger
    is_late: bool
    project: Mapping[str, Any]
    policy: Mapping[str, Any] | None
    holders: Holders = field(default_factory=dict)
    processes: Sequence[ProcessWords] = ()
    reports: Mapping[str, ReportWords] = field(default_factory=dict)
    caveats: Sequence[Mapping[str, Any]] = ()
    authority: Mapping[str, Any] = field(default_factory=dict)


def body_text(judged: ProjectJudgement, around: Surroundings) -> str:
    """Return the body of a snapshot as JSON text."""
    case = judged.case
    head = {
        "format": FORMAT,
        "id": around.public_id,
        "trigger": around.trigger,
        "is_late": around.is_late,
        "as_of": case.as_of,
        "local_date": case.today,
        "go_live_date": case.go_live,
        "days_left": case.days_left,
        "project": around.project,
        "policy": around.policy,
        "inputs_hash": judged.inputs_hash,
        "code_version": CODE_VERSION,
        "next_change_at": judged.next_change_at,
        "freeze": case.freeze or None,
        "verdict": judged.verdict,
        "headline": project_headline(judged),
        **totals_of(judged),
        "exempted": _exempted(judged),
        "reported": _reported(judged, around),
        "caveats": around.caveats,
        "authority": around.authority,
        "accepted_risks": _risks(judged),
    }
    printer = FindingPrinter(case, around.holders)
    gates = ",".join(_gate_text(gate, judged, printer) for gate in judged.gates)
    urgent = by_urgency(finding for gate in judged.deciding for finding in gate.findings)
    actions = ",".join(printer.action_text(finding) for finding in urgent)
    heat = _heat_text(around.processes)
    return f'{ordered_json(head)[:-1]},"heat_map":{heat},"actions":[{actions}],"gates":[{gates}]}}'


def totals_of(judged: ProjectJudgement) -> dict[str, Any]:
    """Return the counts by state and the hard misses, over the gates that decide."""
    findings = [finding for gate in judged.deciding for finding in gate.findings]
    return {
        "counts": _counts(findings),
        "hard_misses": sum(finding.is_blocking for finding in findings),
    }


def _counts(findings: Iterable[Finding]) -> dict[str, int]:
    counts = counts_of(findings)
    return {state: counts[state] for state in _STATES if counts[state]}


def _gate_text(judged: GateJudgement, project: ProjectJudgement, printer: FindingPrinter) -> str:
    gate = judged.gate
    head = {
        "key": gate.key,
        "name": gate.name,
        "question": gate.question,
        "verdict": judged.verdict,
        "headline": gate_headline(judged),
        "is_deciding": judged in project.deciding,
        "opens_date": judged.opens_date,
        "decision_date": _days_before(project.case.go_live, gate.decision_days),
        "stop": _stop(project.case.stops.get(gate.key)),
        "counts": _counts(judged.findings),
        "in_meeting": [
            {
                "criterion": each.key,
                "wording": each.wording,
                "who": who_of(each.accountable, printer.holders),
            }
            for each in gate.criteria
            if each.in_meeting
        ],
    }
    findings = ",".join(map(printer.finding_text, judged.findings))
    return f'{ordered_json(head)[:-1]},"findings":[{findings}]}}'


def _stop(stop: StopTerms | None) -> dict[str, Any] | None:
    return None if stop is None else {"by": stop.by, "reason": stop.reason, "at": stop.at}


def _risks(judged: ProjectJudgement) -> list[dict[str, Any]]:
    case = judged.case
    needed = {
        finding.acceptance.id
        for gate in judged.gates
        for finding in gate.findings
        if finding.acceptance is not None
    }
    active = [each for each in case.acceptances if each.is_active(case.as_of)]
    return [
        _risk(each, case, is_needed=each.id in needed)
        for each in sorted(active, key=lambda each: (each.ends_at, each.id))
    ]


def _risk(acceptance: AcceptanceTerms, case: ProjectCase, *, is_needed: bool) -> dict[str, Any]:
    gate, wording = next(
        (
            (each.gate, each.wording)
            for terms in case.gates
            for each in terms.criteria
            if each.key == acceptance.criterion
        ),
        ("", ""),
    )
    return {
        "id": acceptance.public_id,
        "gate": gate,
        "criterion": acceptance.criterion,
        "wording": wording,
        "reason": acceptance.reason,
        "control": acceptance.control,
        "requester": acceptance.requester,
        "approver": acceptance.approver,
        "approver_role": acceptance.approver_role,
        "accepted_at": acceptance.accepted_at,
        "expires_at": acceptance.ends_at,
        "is_needed": is_needed,
    }


def _exempted(judged: ProjectJudgement) -> list[dict[str, Any]]:
    return [
        {
            "gate": gate.gate.key,
            "criterion": finding.criterion.key,
            "wording": finding.criterion.wording,
            "reason": finding.exemption.reason,
            "approver": finding.exemption.approver,
        }
        for gate in judged.gates
        for finding in gate.findings
        if finding.exemption is not None
    ]


def _reported(judged: ProjectJudgement, around: Surroundings) -> list[dict[str, Any]]:
    verdicts = {gate.gate.key: gate.verdict for gate in judged.gates}
    verdicts[PROJECT_ITEM] = judged.verdict
    names = {gate.gate.key: gate.gate.name for gate in judged.gates}
    return [
        {
            "item": item,
            "name": names.get(item, around.project.get("name", "")),
            "colour": colour,
            "verdict": verdicts.get(item),
            "by": around.reports[item].by if item in around.reports else "",
            "at": around.reports[item].at if item in around.reports else None,
            "is_false_green": colour is ReportedColour.GREEN
            and verdicts.get(item) is Verdict.NO_GO,
        }
        for item, colour in sorted(judged.case.reported.items(), key=_project_first)
    ]


def _project_first(pair: tuple[str, ReportedColour]) -> tuple[bool, str]:
    return pair[0] != PROJECT_ITEM, pair[0]


def _heat_text(processes: Sequence[ProcessWords]) -> str:
    return f'{{"columns":{_HEAT_HEAD},"rows":[{",".join(map(_heat_row, processes))}]}}'


def _heat_row(process: ProcessWords) -> str:
    head = {
        "process": process.public_id,
        "code": process.code,
        "name": process.name,
        "owner": process.owner,
    }
    cells = ",".join([_cell(process.readings.get(key)) for key, _ in HEAT_COLUMNS])
    return f'{ordered_json(head)[:-1]},"cells":[{cells}]}}'


def _cell(reading: Reading | None) -> str:
    if reading is None or not reading.due:
        return _NOTHING_THERE
    done, due = reading.done or 0, reading.due
    state = "MET" if done >= due else "AT_RISK" if done else "MISSED"
    return f'{{"state":"{state}","done":{done},"due":{due},"text":"{done} of {due}"}}'


def _days_before(go_live: date | None, days: int) -> date | None:
    return None if go_live is None else go_live - timedelta(days=days)
