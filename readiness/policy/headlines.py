"""The first line of a gate and of a project: the verdict, and the counts that make it."""

from collections import Counter
from collections.abc import Iterable

from readiness.choices import FindingState, Verdict
from readiness.policy.outcomes import (
    BLOCKING,
    SETTLED,
    Finding,
    GateJudgement,
    Judgement,
    ProjectJudgement,
    counts_of,
)
from readiness.policy.speech import ENGLISH, Speech
from readiness.policy.speech import gettext_noop as _
from readiness.policy.speech import ngettext_noop as _n

MOST_NAMES = 3
VERDICT_WORDS = {
    Verdict.GO: _("GO"),
    Verdict.CONDITIONAL: _("CONDITIONAL"),
    Verdict.NO_GO: _("NO-GO"),
    Verdict.NOT_OPEN: _("NOT OPEN"),
}
_FIRST_STATE = {
    FindingState.MISSED: _n("%(number)s hard criterion missed", "%(number)s hard criteria missed"),
    FindingState.NOT_REPORTED: _n(
        "%(number)s hard criterion not reported", "%(number)s hard criteria not reported"
    ),
    FindingState.STALE: _n(
        "%(number)s hard criterion out of date", "%(number)s hard criteria out of date"
    ),
    FindingState.INSUFFICIENT: _n(
        "%(number)s hard criterion with nothing to measure",
        "%(number)s hard criteria with nothing to measure",
    ),
}
_NEXT_STATE = {
    FindingState.MISSED: _n("%(number)s missed", "%(number)s missed"),
    FindingState.NOT_REPORTED: _n("%(number)s not reported", "%(number)s not reported"),
    FindingState.STALE: _n("%(number)s out of date", "%(number)s out of date"),
    FindingState.INSUFFICIENT: _n(
        "%(number)s with nothing to measure", "%(number)s with nothing to measure"
    ),
}
_BLOCKING_ORDER = tuple(_FIRST_STATE)
_AT_RISK = _n("%(number)s at risk", "%(number)s at risk")
_SOFT = _n("%(number)s soft criterion not met", "%(number)s soft criteria not met")
_RISKS = _n("%(number)s risk accepted", "%(number)s risks accepted")
_NOT_APPLICABLE = _n("%(number)s not applicable", "%(number)s not applicable")
_ALL_MET = _n("the one criterion is met", "all %(number)s criteria met")
_NO_CRITERION = _("there is no criterion to judge")
_NO_CRITERIA = _("a gate is without criteria")
_IN_SOME = _n("in %(number)s of %(total)s open gates", "in %(number)s of %(total)s open gates")
_NO_DATE = _("no go-live date is set")
_OPENS = _("opens on %(day)s")
_NO_POLICY = _("no policy has been adopted")
_PASSED = _("the go-live date passed on %(day)s; %(rest)s")
_FROZEN = _("the record of this project does not verify")
_FROZEN_WHY = _("the record of this project does not verify: %(why)s")
_STOPPED_BY = _("stopped by %(who)s")
_STOPPED = _n("%(number)s gate stopped", "%(number)s gates stopped")
_NOTHING_LEFT = _("no gate is left to open")
_NEXT_OPENS = _("the next gate opens on %(day)s")


def gate_headline(judged: GateJudgement, *, speech: Speech = ENGLISH) -> str:
    """Return a gate's first line: 'NO-GO: 3 hard criteria missed, 1 not reported'."""
    if judged.judgement.is_frozen:
        return _line(judged.verdict, speech.text(_FROZEN), speech)
    if judged.is_open:
        stop = judged.judgement.stop
        stopped = speech.text(_STOPPED_BY) % {"who": stop.by} if stop else ""
        return _line(judged.verdict, _reasons(judged.judgement, speech, stopped), speech)
    if judged.opens_date is None:
        return _line(Verdict.NOT_OPEN, speech.text(_NO_DATE), speech)
    day = speech.day(judged.opens_date)
    return _line(Verdict.NOT_OPEN, speech.text(_OPENS) % {"day": day}, speech)


def project_headline(project: ProjectJudgement, *, speech: Speech = ENGLISH) -> str:
    """Return a project's first line, over the gates that decide."""
    if project.case.freeze:
        why = speech.text(_FROZEN_WHY) % {"why": project.case.freeze}
        return _line(project.verdict, why, speech)
    if not project.deciding:
        return _line(Verdict.NOT_OPEN, _unopened(project, speech), speech)
    findings = tuple(finding for judged in project.deciding for finding in judged.findings)
    stops = sum(judged.judgement.stop is not None for judged in project.deciding)
    stopped = _numbered(_STOPPED, stops, speech) if stops else ""
    reasons = _reasons(Judgement(project.verdict, findings), speech, stopped)
    return _line(project.verdict, f"{reasons}{_where(project, speech)}", speech)


def _line(verdict: Verdict, rest: str, speech: Speech) -> str:
    return f"{speech.text(VERDICT_WORDS[verdict])}: {rest}"


def _where(project: ProjectJudgement, speech: Speech) -> str:
    if project.verdict is Verdict.GO:
        return ""
    names = [judged.gate.name for judged in project.deciding if judged.verdict is project.verdict]
    if len(names) <= MOST_NAMES:
        return f" ({', '.join(names)})"
    some = speech.plural(*_IN_SOME, len(names))
    return f" ({some % {'number': len(names), 'total': len(project.deciding)}})"


def _unopened(project: ProjectJudgement, speech: Speech) -> str:
    case = project.case
    if not project.gates:
        return speech.text(_NO_POLICY)
    if case.go_live is None:
        return speech.text(_NO_DATE)
    is_live = case.today > case.go_live
    waiting = [
        judged.opens_date
        for judged in project.gates
        if judged.gate.after_go_live is is_live and judged.opens_date is not None
    ]
    rest = speech.text(_NOTHING_LEFT)
    if waiting:
        rest = speech.text(_NEXT_OPENS) % {"day": speech.day(min(waiting))}
    if not is_live:
        return rest
    return speech.text(_PASSED) % {"day": speech.day(case.go_live), "rest": rest}


def _reasons(judgement: Judgement, speech: Speech, stopped: str) -> str:
    findings, counts = judgement.findings, judgement.counts
    if stopped:
        parts = [stopped, *_blocking(findings, speech)]
    elif not set(counts) - {FindingState.NOT_APPLICABLE}:
        parts = [speech.text(_NO_CRITERION)]
    elif judgement.verdict is Verdict.NO_GO:
        parts = _blocking(findings, speech) or [speech.text(_NO_CRITERIA)]
    elif judgement.verdict is Verdict.CONDITIONAL:
        parts = _reservations(findings, counts, speech)
    else:
        parts = [_numbered(_ALL_MET, counts[FindingState.MET], speech)]
    if judgement.verdict is Verdict.NO_GO and counts[FindingState.ACCEPTED]:
        parts.append(_numbered(_RISKS, counts[FindingState.ACCEPTED], speech))
    if counts[FindingState.NOT_APPLICABLE]:
        parts.append(_numbered(_NOT_APPLICABLE, counts[FindingState.NOT_APPLICABLE], speech))
    return ", ".join(parts)


def _blocking(findings: Iterable[Finding], speech: Speech) -> list[str]:
    counts = counts_of(finding for finding in findings if finding.is_blocking)
    parts: list[str] = []
    for state in _BLOCKING_ORDER:
        if counts[state]:
            forms = _NEXT_STATE[state] if parts else _FIRST_STATE[state]
            parts.append(_numbered(forms, counts[state], speech))
    return parts


def _reservations(findings: Iterable[Finding], counts: Counter[str], speech: Speech) -> list[str]:
    soft = sum(finding.state in BLOCKING for finding in findings)
    said = (
        (_AT_RISK, counts[FindingState.AT_RISK]),
        (_SOFT, soft),
        (_RISKS, counts[FindingState.ACCEPTED]),
    )
    return [_numbered(forms, number, speech) for forms, number in said if number]


def _numbered(forms: tuple[str, str], number: int, speech: Speech) -> str:
    return speech.plural(*forms, number) % {"number": number}


def wants_action(finding: Finding) -> bool:
    """Say whether a finding stands between the gate and a GO."""
    return finding.state not in SETTLED


def by_urgency(findings: Iterable[Finding]) -> list[Finding]:
    """Return what must happen, first what blocks: hard misses, soft misses, risks, accepted."""
    return sorted(filter(wants_action, findings), key=_urgency)


def _urgency(finding: Finding) -> tuple[int, int]:
    if finding.is_blocking:
        return 0, _BLOCKING_ORDER.index(finding.state)
    if finding.state in BLOCKING:
        return 1, _BLOCKING_ORDER.index(finding.state)
    return (2, 0) if finding.state is FindingState.AT_RISK else (3, 0)
