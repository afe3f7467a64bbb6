"""What each account has seen of each project."""

from django.db import models

from governance.models import ProjectScoped, User
from governance.models.tenancy import of_one_project
from governance.querysets import ProjectScopedQuerySet
from readiness.models.snapshots import Snapshot


class Visit(ProjectScoped):
    """How far one account has read one project, for its own eyes alone.

    `seen` is the newest judgement it was shown, at `seen_at`; `since` is what it had been
    shown when its present visit began. No figure, verdict or right hangs on this row, so it
    is moved in place and goes with its account.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    seen = models.ForeignKey(Snapshot, null=True, on_delete=models.SET_NULL, related_name="+")
    seen_at = models.DateTimeField()
    since = models.ForeignKey(
        Snapshot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    since_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectScopedQuerySet["Visit"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("visit", "seen", "since"),
            models.UniqueConstraint(
                fields=["user", "project"], name="an_account_visits_a_project_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.project_id}"
