"""What changed between two recorded judgements: words about both, nothing judged anew."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.readings import ReadingKind
from readiness.choices import FindingState
from readiness.pages.findings import demand_words, measured_words
from readiness.pages.recorded import findings_in
from reports.rendering.contents import ChangeLine, Changes
from reports.rendering.wording import day_words, verdict_word

Recorded = Mapping[str, Any]
MOST_LINES = 12
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
    more = ngettext("And %(number)s more change.", "And %(number)s more changes.", rest)
    return Changes(
        title=_title(before, was_reported),
        since=_since(before, was_reported),
        sentences=tuple(_sentences(before, now, lines)),
        lines=tuple(lines[:MOST_LINES]),
        more=more % {"number": rest} if rest > 0 else "",
    )


def _title(before: Recorded, was_reported: bool) -> str:
    words = _("Since the last report, of %(day)s") if was_reported else _("Since %(day)s")
    return words % {"day": _day(before["local_date"])}


def _since(before: Recorded, was_reported: bool) -> str:
    if was_reported:
        words = _("Compared with the last report, which printed the judgement of %(day)s.")
    else:
        words = _("No earlier report was kept. Compared with the judgement of %(day)s.")
    return words % {"day": _day(before["local_date"])}


def _sentences(before: Recorded, now: Recorded, lines: list[ChangeLine]) -> list[str]:
    counts = before["hard_misses"], now["hard_misses"]
    risks = len(before["accepted_risks"]), len(now["accepted_risks"])
    sentences = [_verdict(before, now), _hard(*counts), _accepted(*risks)]
    if before["go_live_date"] != now["go_live_date"]:
        told = {"before": _day(before["go_live_date"]), "now": _day(now["go_live_date"])}
        sentences.append(_("Go-live moved from %(before)s to %(now)s.") % told)
    if before["policy"] != now["policy"]:
        sentences.append(_("The policy changed in between."))
    if not lines:
        sentences.append(_("Every criterion came out as before."))
    return sentences


def _verdict(before: Recorded, now: Recorded) -> str:
    told = {"before": verdict_word(before["verdict"]), "now": verdict_word(now["verdict"])}
    if told["before"] == told["now"]:
        return _("The verdict stays %(now)s.") % told
    return _("The verdict went from %(before)s to %(now)s.") % told


def _hard(before: int, now: int) -> str:
    told = {"before": before, "now": now}
    if before == now:
        return _("Hard misses stay at %(now)d.") % told
    return _("Hard misses went from %(before)d to %(now)d.") % told


def _accepted(before: int, now: int) -> str:
    told = {"before": before, "now": now}
    if before == now:
        return _("Accepted risks stay at %(now)d.") % told
    return _("Accepted risks went from %(before)d to %(now)d.") % told


def _day(text: str | None) -> str:
    return day_words(date.fromisoformat(text)) if text else _("no date")


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
    return _("%(measured)s, due %(due)s") % {"measured": words, "due": due} if due else words


def _findings(body: Recorded) -> dict[tuple[str, str], Recorded]:
    return {(gate["key"], found["criterion"]): found for gate, found in findings_in(body)}


def _urgency(line: ChangeLine) -> tuple[int, int]:
    """Order by how far a criterion fell; what rose comes last."""
    return _RANKS[line.after] - _RANKS[line.before], _RANKS[line.after]
