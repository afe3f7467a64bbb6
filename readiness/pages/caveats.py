"""What stands on page one until somebody resolves it, and what was resolved before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from governance.models import Caveat, Project
from readiness.models import CaveatResolution

MOST_RESOLVED = 50


@dataclass(frozen=True, slots=True)
class CaveatRow:
    """A caveat, and how it ended if it did."""

    caveat: Caveat
    resolution: CaveatResolution | None
    href: str


@dataclass(frozen=True, slots=True)
class CaveatList:
    """The caveats that stand, the oldest first, and those that were resolved, newest first."""

    standing: list[CaveatRow]
    resolved: list[CaveatRow]


def caveat_list(project: Project) -> CaveatList:
    """Return every caveat of a project that stands, and the newest of those resolved."""
    ends = CaveatResolution.objects.filter(project=project).select_related("resolved_by")
    newest = list(ends.order_by("-resolved_at", "-pk")[:MOST_RESOLVED])
    caveats = Caveat.objects.filter(project=project).select_related("written_by__organisation")
    standing = caveats.exclude(pk__in=ends.values("caveat_id"))
    ended = {row.pk: row for row in caveats.filter(pk__in=[each.caveat_id for each in newest])}
    return CaveatList(
        standing=[_row(each, None, project) for each in standing.order_by("written_at", "pk")],
        resolved=[_row(ended[each.caveat_id], each, project) for each in newest],
    )


def resolutions_of(caveats: Iterable[Caveat]) -> dict[int, CaveatResolution]:
    """Return caveat -> how it ended, for those that did."""
    ends = CaveatResolution.objects.filter(caveat__in=[caveat.pk for caveat in caveats])
    return {row.caveat_id: row for row in ends.select_related("resolved_by")}


def _row(caveat: Caveat, resolution: CaveatResolution | None, project: Project) -> CaveatRow:
    href = reverse("readiness:caveat-resolve", args=[project.public_id, caveat.public_id])
    return CaveatRow(caveat, resolution, href)
