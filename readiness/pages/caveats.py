"""What stands on page one until somebody resolves it, and what was resolved before."""

from collections.abc import Sequence
from dataclasses import dataclass

from governance.models import Caveat, Project
from readiness.models import CaveatReading, CaveatResolution

MOST_RESOLVED = 50


@dataclass(frozen=True, slots=True)
class CaveatRow:
    """A caveat, how it ended if it did, and who opened it, the first one first."""

    caveat: Caveat
    resolution: CaveatResolution | None = None
    opened_by: tuple[str, ...] = ()


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
    standing = ends.standing_of(caveats).order_by("written_at", "pk")
    ended = {row.pk: row for row in caveats.filter(pk__in=[each.caveat_id for each in newest])}
    return CaveatList(
        standing=[CaveatRow(caveat) for caveat in standing],
        resolved=[CaveatRow(ended[each.caveat_id], each) for each in newest],
    )


def caveat_rows(caveats: Sequence[Caveat]) -> list[CaveatRow]:
    """Return these caveats, in their order, each with how it ended if it did."""
    ends = CaveatResolution.objects.filter(caveat__in=[caveat.pk for caveat in caveats])
    ended = {row.caveat_id: row for row in ends.select_related("resolved_by")}
    opened: dict[int, list[str]] = {}
    readings = CaveatReading.objects.filter(caveat__in=[caveat.pk for caveat in caveats])
    for caveat_id, name in readings.order_by("opened_at", "pk").values_list(
        "caveat_id", "account__name"
    ):
        opened.setdefault(caveat_id, []).append(name)
    return [
        CaveatRow(caveat, ended.get(caveat.pk), tuple(opened.get(caveat.pk, ())))
        for caveat in caveats
    ]
