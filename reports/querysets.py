"""Every filter over kept reports, each with a name."""

from typing import TYPE_CHECKING, Self

from governance.querysets import ProjectScopedQuerySet
from reports.choices import Edition

if TYPE_CHECKING:
    from readiness.models import Snapshot
    from reports.models import Report


class ReportQuerySet(ProjectScopedQuerySet["Report"]):
    """Select kept reports."""

    def of_snapshot(self, snapshot: "Snapshot") -> Self:
        """Keep the reports of one snapshot, the first one printed first."""
        return self.filter(snapshot=snapshot).order_by("id")

    def in_edition(self, edition: Edition) -> Self:
        """Keep the reports of one edition of the paper."""
        return self.filter(language=edition.language, template_version=edition.version)

    def before(self, snapshot: "Snapshot") -> Self:
        """Keep the project's reports of earlier judgements."""
        return self.filter(project_id=snapshot.project_id, snapshot__as_of__lt=snapshot.as_of)

    def newest_first(self) -> Self:
        """Order by the moment that was judged, the newest first."""
        return self.order_by("-snapshot__as_of", "-id")
