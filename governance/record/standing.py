"""Hold what counts now against the newest act that made it so.

Owners and the date are kept beside the rows of their acts, because every page asks for them;
whoever changes them there alone has decided nothing. A project without one such act is not
held to any: it is older than they are.
"""

from collections.abc import Iterator

from governance.models import BusinessProcess, GoLiveDate, Ownership, Project
from governance.record.mismatches import Mismatch, MismatchKind


def owners_stand(project: Project) -> Iterator[Mismatch]:
    """Yield the processes whose owner or deputy is not the newest one that was named."""
    rows = Ownership.objects.filter(project=project).order_by("pk")
    named = {
        process: (owner, deputy)
        for process, owner, deputy in rows.values_list("process_id", "owner_id", "deputy_id")
    }
    if not named:
        return
    kept = BusinessProcess._base_manager.filter(project=project).order_by("pk")
    for pk, public_id, *people in kept.values_list("pk", "public_id", "owner_id", "deputy_id"):
        owner, deputy = named.get(pk, (None, None))
        names = [
            name
            for name, now, then in zip(("owner", "deputy"), people, (owner, deputy), strict=True)
            if now != then
        ]
        if names:
            yield Mismatch(MismatchKind.OTHER_STANDING, "process", public_id, names=tuple(names))


def date_stands(project: Project) -> Iterator[Mismatch]:
    """Yield that the go-live date is not the newest one that was set or decided."""
    dates = GoLiveDate.objects.filter(project=project).order_by("-pk")
    newest = dates.values_list("go_live_date", flat=True).first()
    kept = Project.objects.filter(pk=project.pk).values_list("go_live_date", flat=True).get()
    if newest is not None and newest != kept:
        yield Mismatch(
            MismatchKind.OTHER_STANDING, "project", project.public_id, names=("go_live_date",)
        )


STANDINGS = (owners_stand, date_stands)
"""What is kept beside the rows of the map's acts."""
