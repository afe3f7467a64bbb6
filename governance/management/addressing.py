"""Find the project that somebody names on the command line."""

from django.core.management.base import CommandError

from governance.models import Project

SHOWN = 10


def project_named(address: str) -> Project:
    """Return the project with a slug, or with CLIENT/SLUG where two clients use the same one.

    :raises CommandError: there is none, or more than one.
    """
    found = list(Project.objects.addressed_by(address).select_related("organisation"))
    if not found:
        known = ", ".join(sorted(Project.objects.values_list("slug", flat=True))[:SHOWN])
        raise CommandError(f"There is no project '{address}'. Known: {known or 'none yet'}.")
    if len(found) > 1:
        choices = ", ".join(f"{project.organisation.slug}/{project.slug}" for project in found)
        raise CommandError(f"'{address}' names more than one project. Use one of: {choices}.")
    return found[0]
