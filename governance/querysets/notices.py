"""What accounts are told."""

from typing import TYPE_CHECKING

from governance.querysets.facts import ProjectScopedQuerySet

if TYPE_CHECKING:
    from governance.models import Notice  # noqa: F401


class NoticeQuerySet(ProjectScopedQuerySet["Notice"]):
    """Select notices."""
