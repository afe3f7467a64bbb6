"""The way to a page inside a project, or to one of an import."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import ImportRun, Project


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


def file_of(run: ImportRun) -> str:
    """Return the name of the file that an import read."""
    return run.attachment.name if run.attachment else _("A file that is gone")


def import_step(run: ImportRun) -> Step:
    """Return the step to an import, for the pages below it."""
    return Step(file_of(run), reverse("governance:import-detail", args=[run.public_id]))
