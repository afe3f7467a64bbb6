"""When the last night ran, said loudly when that is too long ago."""

from datetime import datetime, timedelta, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.charts.looks import number_words
from readiness.models import Night
from readiness.pages.rows import NightLine
from readiness.pages.upgrades import Keys
from readiness.pages.words import ago_text, moment_text

LATE_AFTER = timedelta(hours=26)


def night_line(project_id: int, *, opened_at: datetime, now: datetime, zone: tzinfo) -> NightLine:
    """Return the line of one project; a project younger than a night is not late."""
    ran = Night.objects.of_projects([project_id]).last_runs().get(project_id)
    failed = Night.objects.of_projects([project_id]).failing().first()
    reason = failed.error if failed else ""
    if ran is None:
        late = now - opened_at > LATE_AFTER
        return NightLine(_("No night has run yet"), late, failed is not None, reason)
    told = {"moment": moment_text(ran, zone=zone), "ago": ago_text(ran, now=now)}
    words = _("Last nightly judgement: %(moment)s, %(ago)s") % told
    return NightLine(words, now - ran > LATE_AFTER, failed is not None, reason)


def portfolio_night_line(projects: Keys, *, now: datetime) -> NightLine:
    """Return the line of many projects: the newest run, and how many wait for theirs."""
    nights = Night.objects.filter(project__in=projects)
    runs = nights.last_runs()
    failed = {night.project_id for night in nights.failing()}
    late = [project_id for project_id, ran in runs.items() if now - ran > LATE_AFTER]
    if not runs:
        return NightLine(_("No night has run yet"), failed=bool(failed))
    said = [_("Last nightly judgement: %(ago)s") % {"ago": ago_text(max(runs.values()), now=now)}]
    if late:
        said.append(_late_words(len(late)))
    if failed:
        said.append(_failed_words(len(failed)))
    return NightLine("; ".join(said), late=bool(late), failed=bool(failed))


def _late_words(number: int) -> str:
    text = ngettext(
        "%(number)s project waits for more than 26 h",
        "%(number)s projects wait for more than 26 h",
        number,
    )
    return text % {"number": number_words(number)}


def _failed_words(number: int) -> str:
    text = ngettext(
        "%(number)s project could not be judged",
        "%(number)s projects could not be judged",
        number,
    )
    return text % {"number": number_words(number)}
