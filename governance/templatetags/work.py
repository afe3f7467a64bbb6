"""What every working page inside a project shows: the links to its other pages."""

from dataclasses import dataclass

from django import template
from django.template import Context
from django.urls import reverse

from governance.permissions import Seat, may_import

register = template.Library()

PROJECT_PAGES = (
    ("readiness:gate-show", "Gate"),
    ("readiness:process-list", "Processes"),
    ("uat:scenario-list", "Scenarios"),
    ("uat:defect-list", "Defects"),
    ("training:matrix-show", "Training"),
    ("training:roster-list", "People"),
    ("governance:decision-list", "Decisions"),
    ("governance:assumption-list", "Assumptions"),
    ("readiness:reported-list", "Reported"),
    ("readiness:risk-list", "Accepted risks"),
    ("governance:owner-list", "Owners"),
    ("governance:go-live-show", "Go-live date"),
    ("reports:report-list", "Reports"),
)
IMPORT_PAGE = ("governance:import-add", "Import")


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the project; the current one is where the reader is."""

    text: str
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
