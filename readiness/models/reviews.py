"""Who read what: a judgement on a page or on paper, and each caveat."""

from django.db import models

from governance.models import AppendOnly, Caveat, Fact, User
from governance.models.tenancy import of_one_project
from governance.querysets import FactQuerySet
from readiness.choices import Paper


class Review(AppendOnly, Fact):
    """Somebody opened a judgement, on its page or as the printed pack. Source: mission row F7.

    `judgement` is the snapshot's public identifier and `judged_at` its moment: old nights are
    thinned, what was read stays.
    """

    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    judgement = models.UUIDField()
    judged_at = models.DateTimeField()
    paper = models.CharField(max_length=8, choices=Paper)
    opened_at = models.DateTimeField()

    objects = FactQuerySet["Review"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("review"),
            models.UniqueConstraint(
                fields=["account", "judgement", "paper"], name="a_judgement_is_opened_first_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.paper}"


class CaveatReading(AppendOnly, Fact):
    """Somebody opened a caveat."""

    caveat = models.ForeignKey(Caveat, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    objects = FactQuerySet["CaveatReading"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("caveat_reading", "caveat"),
            models.UniqueConstraint(
                fields=["caveat", "account"], name="somebody_opens_a_caveat_first_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.caveat_id}"
