"""What every working page inside a project shows: the links to its other pages, the way to it."""

from dataclasses import dataclass

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.pages.trail import Step, trail_of
from governance.permissions import Seat, may_import

register = template.Library()

Page = tuple[str, Promise]
PROJECT_AREAS: tuple[tuple[Promise, tuple[Page, ...]], ...] = (
    (
        _("Gate"),
        (
            ("readiness:gate-show", _("Judgement")),
            ("readiness:caveat-list", _("Caveats")),
            ("readiness:risk-list", _("Accepted risks")),
            ("readiness:reported-list", _("Reported")),
            ("governance:go-live-show", _("Go-live date")),
            ("reports:report-list", _("Reports")),
        ),
    ),
    (
        _("Business"),
        (
            ("readiness:process-list", _("Processes")),
            ("governance:ownership-map", _("Ownership map")),
            ("governance:owner-list", _("Owners")),
            ("readiness:leader-list", _("Leaders")),
            ("readiness:signature-list", _("Signatures")),
        ),
    ),
    (
        _("Testing"),
        (
            ("uat:scenario-list", _("Scenarios")),
            ("uat:defect-list", _("Defects")),
        ),
    ),
    (
        _("People"),
        (
            ("training:matrix-show", _("Training")),
            ("training:roster-list", _("Roster")),
            ("governance:people-request-list", _("Requests for people")),
        ),
    ),
    (
        _("Decisions"),
        (
            ("governance:decision-list", _("Decisions")),
            ("readiness:exposure-show", _("What waits")),
            ("governance:assumption-list", _("Assumptions")),
            ("readiness:vendor-show", _("Partner's share")),
            ("readiness:replacement-list", _("Replacements")),
        ),
    ),
    (
        _("Steering"),
        (
            ("readiness:sponsor-show", _("Sponsor")),
            ("governance:escalation-list", _("Escalations")),
            ("governance:meeting-list", _("Meetings")),
            ("governance:charter-show", _("Charter")),
            ("governance:raid-list", _("Risks and issues")),
            ("governance:calendar-show", _("Calendar")),
        ),
    ),
    (
        _("Record"),
        (
            ("governance:record-show", _("Record")),
            ("governance:import-add", _("Import")),
        ),
    ),
)
PROJECT_PAGES = tuple(page for _area, pages in PROJECT_AREAS for page in pages)
FOR_IMPORTERS = frozenset({"governance:import-add"})


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the project; the current one is where the reader is."""

    text: str | Promise
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Links:
    """The areas of a project, and the pages of the area that the reader is in."""

    areas: list[Link]
    pages: list[Link]


@register.simple_tag(takes_context=True)
def project_links(context: Context) -> Links:
    """Return the areas of the project that the page's `seat` is in, and the pages of this one."""
    seat: Seat = context["seat"]
    here = context["request"].path
    areas = [(text, _addresses(seat, pages)) for text, pages in PROJECT_AREAS]
    fitting = [href for _text, pages in areas for href in pages if here.startswith(href)]
    gate = next(iter(areas[0][1]))
    current = max(fitting, key=len, default=gate)
    is_listed = current != gate or here == gate
    return Links(
        areas=[Link(text, next(iter(pages)), current in pages) for text, pages in areas],
        pages=[
            Link(text, href, is_listed and href == current)
            for _text, pages in areas
            if current in pages
            for href, text in pages.items()
        ],
    )


def _addresses(seat: Seat, pages: tuple[Page, ...]) -> dict[str, Promise]:
    """Return address -> its text; none that refuses the seat."""
    found = {}
    for name, text in pages:
        if name not in FOR_IMPORTERS or may_import(seat):
            found[reverse(name, args=[seat.project.public_id])] = text
    return found


@register.simple_tag(takes_context=True)
def trail_to(context: Context, here: object, *, below: str = "") -> list[Step]:
    """Return the way to a page of the `seat`'s project, `below` one of PROJECT_PAGES if named."""
    project = context["seat"].project
    if not below:
        return trail_of(project, str(here))
    above = Step(str(dict(PROJECT_PAGES)[below]), reverse(below, args=[project.public_id]))
    return trail_of(project, above, str(here))
