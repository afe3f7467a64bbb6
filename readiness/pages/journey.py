"""How a project got here: every change of its status with its causes, and four charts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import takewhile
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Project
from governance.pages.trail import Step, trail_of
from governance.readings import ReadingKind
from readiness.charts.defects import AgeCount, defects_chart
from readiness.charts.progress import WeekCount, burn_up_chart, week_chart
from readiness.charts.trend import VERDICT_WORDS
from readiness.pages.heads import Freshness, freshness_of, newest_snapshot
from readiness.pages.history import (
    TREND_DAYS,
    Judged,
    findings_of,
    history_of,
    judgements_of,
    last_of_each_day,
    point_of,
    trend_of_days,
)
from readiness.pages.moves import naming_of
from readiness.pages.pictures import ChartPicture, picture_of
from readiness.pages.recorded import Body, body_of, findings_in
from readiness.pages.turns import Pair, Turn, turning_points, turns_of
from readiness.pages.words import day_text
from training.querysets.weeks import finished_by_week
from uat.choices import Severity
from uat.forms.defects import AGE_WORDS, AGES
from uat.metrics.coverage import EXECUTED
from uat.models import Defect

WEEKS = 12


@dataclass(frozen=True, slots=True)
class JourneyPage:
    """The way to today's verdict, the newest change first, and the charts beside it."""

    trail: list[Step]
    answer: str
    fresh: Freshness
    turns: list[Turn]
    pictures: list[ChartPicture]


def status_changes(project: Project, *, now: datetime) -> list[Turn]:
    """Return every change of a project's status with its causes, the newest first."""
    snapshot, zone = newest_snapshot(project, as_of=now), ZoneInfo(project.time_zone)
    judgements = judgements_of(snapshot) if snapshot else []
    return _turns(project, turning_points(judgements), body=body_of(snapshot), zone=zone)


def _turns(project: Project, pairs: Sequence[Pair], *, body: Body, zone: tzinfo) -> list[Turn]:
    found = findings_of({judged.pk for pair in pairs for judged in pair})
    return turns_of(pairs, found, naming=naming_of(project, body), zone=zone)


def journey_page(project: Project, *, now: datetime) -> JourneyPage:
    """Return how the newest judgement came about."""
    snapshot, zone = newest_snapshot(project, as_of=now), ZoneInfo(project.time_zone)
    body = body_of(snapshot)
    judgements = judgements_of(snapshot) if snapshot else []
    days, pairs = last_of_each_day(judgements), turning_points(judgements)
    trend = trend_of_days(days)
    pictures = (trend, _burn_up(days, body), _defects(project, now), _training(project, now, zone))
    return JourneyPage(
        trail=trail_of(project, _("How it got here")),
        answer=_answer(judgements, turns=len(pairs)),
        fresh=freshness_of(project, snapshot, now=now, zone=zone),
        turns=_turns(project, pairs, body=body, zone=zone),
        pictures=[picture for picture in pictures if picture is not None],
    )


def _answer(judgements: Sequence[Judged], *, turns: int) -> str:
    """Return since when the verdict stands, and how often the status changed."""
    if not judgements:
        return _("There is no history yet: it begins with the first night.")
    newest = judgements[-1]
    standing = list(takewhile(lambda each: each.verdict == newest.verdict, judgements[::-1]))
    told = {"verdict": VERDICT_WORDS[newest.verdict], "day": day_text(standing[-1].local_date)}
    said = _("%(verdict)s since %(day)s.") % told
    if len(standing) == len(judgements):
        said = _("%(verdict)s since %(day)s or longer.") % told
    changes = ngettext(
        "The status changed %(number)d time in the last %(days)d days.",
        "The status changed %(number)d times in the last %(days)d days.",
        turns,
    )
    return f"{said} {changes % {'number': turns, 'days': TREND_DAYS}}"


def _burn_up(days: list[Judged], body: Body) -> ChartPicture | None:
    """Return the scenarios run by the business against what was due by then."""
    asked = [
        (gate["key"], finding["criterion"])
        for gate, finding in findings_in(body)
        if finding["metric"] == EXECUTED
    ]
    if not asked:
        return None
    gate_key, criterion = asked[0]
    points = [
        point_of(found, ReadingKind.SHARE, day=day.local_date)
        for day, found in history_of(days, criterion, gate_key=gate_key)
    ]
    title = _("Scenarios run by the business")
    return picture_of(burn_up_chart(points, title=title), newest_first=True)


def _defects(project: Project, now: datetime) -> ChartPicture | None:
    """Return the open defects as they stand now, by age and severity."""
    severities = {severity.value: str(severity.label) for severity in Severity}
    ages = {age: str(word) for age, word in AGE_WORDS.items()}
    rows = Defect.objects.filter(project=project).open_ages(ages=AGES, now=now)
    counts = [AgeCount(ages[row.age], severities[row.severity], row.number) for row in rows]
    chart = defects_chart(counts, ages=list(ages.values()), severities=list(severities.values()))
    return picture_of(chart)


def _training(project: Project, now: datetime, zone: tzinfo) -> ChartPicture | None:
    """Return the courses finished in each of the last weeks, this one included."""
    today = now.astimezone(zone).date()
    mondays = list(_mondays(today))
    since = datetime.combine(mondays[0], time(), zone)
    done = finished_by_week(project_id=project.pk, since=since, until=now, zone=zone)
    if not done:
        return None
    weeks = [WeekCount(monday, done.get(monday, 0)) for monday in mondays]
    chart = week_chart(weeks, title=_("Training by week"), noun=_("courses finished"))
    return picture_of(chart, newest_first=True)


def _mondays(today: date) -> Iterable[date]:
    newest = today - timedelta(days=today.weekday())
    return (newest - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1))
