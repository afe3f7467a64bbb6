"""What changed between two recorded judgements: words about both, nothing judged anew."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from governance.readings import ReadingKind
from readiness.choices import FindingState
from readiness.pages.findings import demand_words, measured_words
from readiness.pages.words import counted
from reports.rendering.contents import ChangeLine, Changes
from reports.rendering.wording import day_words

Recorded = Mapping[str, Any]
MOST_LINES = 6
_RANKS: dict[str, int] = {
    state: place
    for place, state in enumerate(
        (
            FindingState.MISSED,
            FindingState.NOT_REPORTED,
            FindingState.STALE,
            FindingState.INSUFFICIENT,
            "",
            FindingState.AT_RISK,
            FindingState.ACCEPTED,
            FindingState.NOT_APPLICABLE,
            FindingState.MET,
        )
    )
}


def changes_between(before: Recorded | None, now: Recorded, *, was_reported: bool) -> Changes:
    """Return what came out differently, first what got worse; empty without a `before`."""
    if before is None:
        return Changes()
    lines = sorted(_lines(before, now), key=_urgency)
    rest = len(lines) - MOST_LINES
    return Changes(
        since=_since(before, was_reported),
        sentences=tuple(_sentences(before, now, lines)),
        lines=tuple(lines[:MOST_LINES]),
        more=f"And {counted(rest, 'more change', 'more changes')}." if rest > 0 else "",
    )


def _since(before: Recorded, was_reported: bool) -> str:
    day = day_words(date.fromisoformat(before["local_date"]))
    if was_reported:
        return f"Compared with the last report, which printed the judgement of {day}."
    return f"No earlier report was kept. Compared with the judgement of {day}."


def _sentences(before: Recorded, now: Recorded, lines: list[ChangeLine]) -> list[str]:
    old, new = (_verdict(body["headline"]) for body in (before, now))
    verdict = (
        f"The verdict stays {new}." if old == new else f"The verdict went from {old} to {new}."
    )
    hard = _moved("hard misses", before["hard_misses"], now["hard_misses"])
    risks = _moved("accepted risks", len(before["accepted_risks"]), len(now["accepted_risks"]))
    sentences = [f"{verdict} {hard} {risks}"]
    if before["go_live_date"] != now["go_live_date"]:
        sentences.append(f"Go-live moved from {_day(before)} to {_day(now)}.")
    if before["policy"] != now["policy"]:
        sentences.append("The policy changed in between.")
    if not lines:
        sentences.append("Every criterion came out as before.")
    return sentences


def _moved(noun: str, old: int, new: int) -> str:
    words = f"{noun[:1].upper()}{noun[1:]}"
    return f"{words} stay at {new}." if old == new else f"{words} went from {old} to {new}."


def _verdict(headline: str) -> str:
    return headline.partition(":")[0]


def _day(body: Recorded) -> str:
    text = body["go_live_date"]
    return day_words(date.fromisoformat(text)) if text else "no date"


def _lines(before: Recorded, now: Recorded) -> list[ChangeLine]:
    old, new = _findings(before), _findings(now)
    lines = []
    for key in dict.fromkeys([*new, *old]):
        was, found = old.get(key, _NOTHING), new.get(key, _NOTHING)
        if was["state"] != found["state"]:
            wording = found["wording"] or was["wording"]
            states = (was["state"], found["state"])
            lines.append(ChangeLine(key[1], wording, *states, _measured(was), _measured(found)))
    return lines


_NOTHING: Recorded = {"state": "", "wording": ""}


def _measured(finding: Recorded) -> str:
    """Return what was measured and what was due then: '35 % (7 of 20 scenarios), due ≥ 40 %'."""
    if not finding["state"]:
        return ""
    measured, taken_over = measured_words(finding)
    due = "" if finding["kind"] == ReadingKind.YES_NO else demand_words(finding, "due_today")
    words = f"{measured} ({taken_over})" if taken_over else measured
    return f"{words}, due {due}" if due else words


def _findings(body: Recorded) -> dict[tuple[str, str], Recorded]:
    return {
        (gate["key"], finding["criterion"]): finding
        for gate in body["gates"]
        for finding in gate["findings"]
    }


def _urgency(line: ChangeLine) -> tuple[int, int]:
    """Order by how far a criterion fell; what rose comes last."""
    return _RANKS[line.after] - _RANKS[line.before], _RANKS[line.after]
