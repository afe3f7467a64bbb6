"""Read what a snapshot recorded; whoever shows a judgement asks here and nowhere else.

The body is described in `readiness.policy.representation`. Every page reads the same
stored bytes: nothing is measured or judged again on the way.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from governance.choices import inside
from readiness.choices import ReportedColour, Verdict
from readiness.models import Snapshot
from readiness.pages.spoken import in_readers_language
from readiness.pages.words import moment_text
from readiness.policy.terms import PROJECT_ITEM
from uat.metrics.coverage import EXECUTED

Body = Mapping[str, Any]
BETTER_THAN = {
    ReportedColour.GREEN: (Verdict.NO_GO, Verdict.CONDITIONAL),
    ReportedColour.AMBER: (Verdict.NO_GO,),
}


@dataclass(frozen=True, slots=True)
class Need:
    """What has to happen first, and by whom."""

    what: str
    who: str


def body_of(snapshot: Snapshot | None) -> Body:
    """Return the recorded judgement in the page's language; nothing before the first."""
    return in_readers_language(json.loads(snapshot.body) if snapshot else {})


def summary_of(snapshot: Snapshot | None) -> Body:
    """Return the same for a line of a list: headline, colours and the first action are retold."""
    return in_readers_language(json.loads(snapshot.body) if snapshot else {}, whole=False)


def first_need(body: Body) -> Need:
    """Return the most urgent thing to do; empty words when nothing has to happen."""
    for action in body.get("actions", ()):
        return Need(action["todo"] or action["sentence"], people(action["who"]))
    return Need("", "")


def people(who: list[str]) -> str:
    """Return the accountable in one line."""
    return ", ".join(who) or _("Nobody is named")


def sentence_after_verdict(headline: str) -> str:
    """Return a headline without the verdict that a badge beside it says already."""
    verdict, colon, rest = headline.partition(": ")
    return f"{rest[:1].upper()}{rest[1:]}" if colon and verdict.isupper() else headline


def reported_colour(body: Body) -> str:
    """Return the colour somebody gave the project by hand, in lower case; else nothing."""
    for report in reports_of_project(body):
        if report["colour"] != ReportedColour.NOT_REPORTED:
            return colour_word(report["colour"])
    return ""


def colour_word(colour: str) -> str:
    """Return a reported colour in lower case."""
    return inside(ReportedColour(colour).label)


def is_rosier(colour: str, *, verdict: str) -> bool:
    """Say whether a reported colour is better than what the evidence gives."""
    return verdict in BETTER_THAN.get(ReportedColour(colour), ())


def gap_words(body: Body, *, zone: tzinfo) -> str:
    """Return where somebody reports a better colour than the evidence gives; else nothing."""
    rosy = [report for report in body.get("reported", ()) if _is_rosy(report)]
    return " ".join(_gap_sentence(report, zone=zone) for report in rosy)


def _gap_sentence(report: Mapping[str, Any], *, zone: tzinfo) -> str:
    moment = moment_of(report["at"])
    told = {
        "by": report["by"] or _("Somebody"),
        "colour": colour_word(report["colour"]),
        "when": moment_text(moment, zone=zone) if moment else "",
        "verdict": inside(Verdict(report["verdict"]).label),
    }
    if moment:
        said = _("%(by)s reported %(colour)s on %(when)s; the evidence says %(verdict)s.") % told
    else:
        said = _("%(by)s reported %(colour)s; the evidence says %(verdict)s.") % told
    return said if report["item"] == PROJECT_ITEM else f"{report['item']} {report['name']}: {said}"


def has_gap(body: Body) -> bool:
    """Say whether the project itself is reported better than the evidence gives."""
    return any(_is_rosy(report) for report in reports_of_project(body))


def _is_rosy(report: Mapping[str, Any]) -> bool:
    return is_rosier(report["colour"], verdict=report["verdict"])


def reports_of_project(body: Body) -> list[Mapping[str, Any]]:
    """Return what was said of the project as a whole: one report, or none."""
    return [report for report in body.get("reported", ()) if report["item"] == PROJECT_ITEM]


def findings_in(body: Body) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield every finding with its gate, in the order of the policy."""
    for gate in body.get("gates", ()):
        for finding in gate["findings"]:
            yield gate, finding


def untested_in(body: Body) -> int:
    """Return how many scenarios in scope have no valid run by the business; 0 if never asked."""
    for _gate, finding in findings_in(body):
        if finding["metric"] == EXECUTED and finding["due"]:
            return int(finding["due"]) - int(finding["done"] or 0)
    return 0


def day_of(text: str | None) -> date | None:
    """Return a recorded day."""
    return date.fromisoformat(text) if text else None


def moment_of(text: str | None) -> datetime | None:
    """Return a recorded moment, aware."""
    return datetime.fromisoformat(text) if text else None
