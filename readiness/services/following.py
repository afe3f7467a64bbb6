"""Judge again what changed: marked projects, and those where time itself changed something."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import F

from governance.models import ProjectMark
from readiness.choices import SnapshotTrigger
from readiness.models import Snapshot
from readiness.querysets import due_again

Judge = Callable[..., list[Snapshot]]
AT_ONCE = 200


def follow_changes(*, now: datetime, judge: Judge) -> int:
    """Judge the projects whose mark is newer than their judgement, or whose time has come.

    The longest waiting first, so many at once; a project that cannot be judged stays marked.
    Return how many were judged.
    """
    wanted = [*_marked(now), *due_again(as_of=now)]
    chosen = list(dict.fromkeys(wanted))[:AT_ONCE]
    if not chosen:
        return 0
    return len(judge(project_ids=chosen, as_of=now, trigger=SnapshotTrigger.CHANGE))


def _marked(now: datetime) -> list[int]:
    marks = ProjectMark.objects.filter(version__gt=F("judged_version"), marked_at__lte=now)
    return list(marks.order_by("marked_at").values_list("project_id", flat=True)[:AT_ONCE])
