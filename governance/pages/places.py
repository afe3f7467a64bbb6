"""Where a row is shown and done: the noun of a subject → the one screen for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from governance.models import Project


@dataclass(frozen=True, slots=True)
class Place:
    """A screen inside a project; `is_one` when the project has one of it, and no row is named."""

    name: str
    is_one: bool = False


# A criterion is named by its gate and its code: "G5/UAT-01".
PLACES: Mapping[str, Place] = {
    "project": Place("readiness:gate-show", is_one=True),
    "gate": Place("readiness:gate-show", is_one=True),
    "criterion": Place("readiness:criterion-detail"),
    "process": Place("readiness:process-detail"),
    "signature": Place("readiness:signature-detail"),
    "decision": Place("governance:decision-detail"),
    "assumption": Place("governance:assumption-detail"),
    "escalation": Place("governance:escalation-detail"),
    "raid": Place("governance:raid-detail"),
    "calendar": Place("governance:calendar-show", is_one=True),
    "calendar_end": Place("governance:calendar-show", is_one=True),
    "scenario": Place("uat:scenario-detail"),
    "defect": Place("uat:defect-list", is_one=True),
    "replacement": Place("readiness:replacement-detail"),
    "request": Place("readiness:request-detail"),
    "people_request": Place("governance:people-request-detail"),
    "charter": Place("governance:charter-show", is_one=True),
    "overruling": Place("governance:charter-show", is_one=True),
    "stop": Place("readiness:stop-list", is_one=True),
    "stop_end": Place("readiness:stop-list", is_one=True),
    "assessment": Place("governance:leadership-show", is_one=True),
    "right": Place("governance:ownership-map", is_one=True),
    "right_end": Place("governance:ownership-map", is_one=True),
    "caveat": Place("readiness:caveat-detail"),
    "status": Place("readiness:status-show", is_one=True),
    "meeting": Place("governance:meeting-detail"),
    "sponsor_statement": Place("governance:statement-show", is_one=True),
    "date": Place("governance:go-live-show", is_one=True),
}


def place_of(project: Project, *, noun: str, subject_id: UUID | str = "") -> str:
    """Return the address of the one screen of a row; empty where there is none."""
    place = PLACES.get(noun)
    if place is None or not (place.is_one or subject_id):
        return ""
    rows = [] if place.is_one else str(subject_id).split("/")
    try:
        return reverse(place.name, args=[project.public_id, *rows])
    except NoReverseMatch:
        return ""
