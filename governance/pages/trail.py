"""The way to a page inside a project."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Project


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way to a page; the last has no address."""

    text: str
    href: str = ""


def trail_of(project: Project, *tail: Step | str) -> list[Step]:
    """Return the way from the portfolio through the project to a page."""
    steps = [
        Step(_("Portfolio"), reverse("readiness:portfolio")),
        Step(project.name, reverse("readiness:gate-show", args=[project.public_id])),
    ]
    return steps + [Step(step) if isinstance(step, str) else step for step in tail]
