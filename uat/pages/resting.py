"""The assumptions that a scenario rests on, and whether it has to be done anew."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.choices import Ruling
from governance.models import Assumption, AssumptionRuling
from governance.pages.looks import Look
from governance.pages.places import place_of
from uat.models import Scenario
from uat.pages.states import is_out_of_date


@dataclass(frozen=True, slots=True)
class GroundRow:
    """One assumption that a scenario rests on: its words, how it stands, what to do."""

    text: str
    href: str
    look: Look
    note: str


def grounds_of(scenario: Scenario) -> list[GroundRow]:
    """Return what a scenario rests on, by code."""
    rows = Assumption.objects.filter(project=scenario.project).bearing(scenario.code)
    fetched = rows.select_related("project").prefetch_related("rulings__ruled_by")
    return [_row(each, scenario) for each in fetched.order_by("code")]


def _row(assumption: Assumption, scenario: Scenario) -> GroundRow:
    rulings = assumption.rulings.all()
    newest = max(rulings, key=lambda each: (each.ruled_at, each.pk), default=None)
    return GroundRow(
        text=str(assumption),
        href=place_of(assumption.project, noun="assumption", subject_id=assumption.public_id),
        look=_look(newest, scenario),
        note=_note(newest),
    )


def _look(newest: AssumptionRuling | None, scenario: Scenario) -> Look:
    if newest is None:
        return Look(_("No owner has ruled on it"), "help-circle", "warn")
    if newest.ruling == Ruling.RATIFIED:
        return Look(str(Ruling.RATIFIED.label), "circle-check", "good")
    if is_out_of_date(scenario) or not scenario.latest_result:
        return Look(_("Wrong: do it and test it anew"), "alert-triangle", "bad")
    return Look(_("Wrong, and tested anew since"), "circle-check", "good")


def _note(newest: AssumptionRuling | None) -> str:
    if newest is None:
        return _("What is tested here may turn out to be something else.")
    told = {
        "ruling": Ruling(newest.ruling).label,
        "who": newest.ruled_by.name,
        "date": date_format(newest.ruled_at, "j M Y"),
        "reason": newest.reason,
    }
    if not newest.reason:
        return _("%(ruling)s: %(who)s, %(date)s") % told
    return _("%(ruling)s: %(who)s, %(date)s. %(reason)s") % told
