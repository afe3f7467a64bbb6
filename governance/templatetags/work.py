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

PROJECT_PAGES = (
    ("readiness:gate-show", _("Gate")),
    ("readiness:process-list", _("Processes")),
    ("readiness:signature-list", _("Signatures")),
    ("uat:scenario-list", _("Scenarios")),
    ("uat:defect-list", _("Defects")),
    ("training:matrix-show", _("Training")),
    ("training:roster-list", _("People")),
    ("governance:decision-list", _("Decisions")),
    ("governance:assumption-list", _("Assumptions")),
    ("readiness:reported-list", _("Reported")),
    ("readiness:risk-list", _("Accepted risks")),
    ("governance:owner-list", _("Owners")),
    ("governance:go-live-show", _("Go-live date")),
    ("reports:report-list", _("Reports")),
    ("governance:record-show", _("Record")),
)
IMPORT_PAGE = ("governance:import-add", _("Import"))


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the project; the current one is where the reader is."""

    text: str | Promise
    href: str
    current: bool


@register.simple_tag(takes_context=True)
def project_links(context: Context) -> list[Link]:
    """Return the pages of the project that the page's `seat` is in; none that refuses it."""
    seat: Seat = context["seat"]
    here = context["request"].path
    pages = (*PROJECT_PAGES, IMPORT_PAGE) if may_import(seat) else PROJECT_PAGES
    addresses = [(text, reverse(name, args=[seat.project.public_id])) for name, text in pages]
    gate = addresses[0][1]
    return [
        Link(text, href, here.startswith(href) and (href != gate or here == gate))
        for text, href in addresses
    ]


@register.simple_tag(takes_context=True)
def trail_to(context: Context, here: object, *, below: str = "") -> list[Step]:
    """Return the way to a page of the `seat`'s project, `below` one of PROJECT_PAGES if named."""
    project = context["seat"].project
    if not below:
        return trail_of(project, str(here))
    above = Step(str(dict(PROJECT_PAGES)[below]), reverse(below, args=[project.public_id]))
    return trail_of(project, above, str(here))
