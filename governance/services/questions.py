"""What raising a decision and writing an assumption have in common."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from governance.choices import Affiliation
from governance.models import Assumption, BusinessProcess, Decision, Project, User
from governance.querysets import FactQuerySet


def affiliation_of(user: User) -> str:
    """Return for whom an account acts."""
    return Affiliation.PARTNER if user.is_partner else Affiliation.CLIENT


def refuse_foreign(
    project: Project, *, blocked: Collection[BusinessProcess], refusal: type[Exception]
) -> None:
    """Refuse processes of another project, with the caller's own exception."""
    if any(process.project_id != project.pk for process in blocked):
        raise refusal(_("Choose processes of this project."))


def free_code(
    project: Project, *, letter: str, rows: FactQuerySet[Decision] | FactQuerySet[Assumption]
) -> str:
    """Return the next code nobody uses, such as D-017; the project is locked meanwhile."""
    Project.objects.select_for_update().get(pk=project.pk)
    taken = set(rows.values_list("code", flat=True))
    number = len(taken) + 1
    while f"{letter}-{number:03d}" in taken:
        number += 1
    return f"{letter}-{number:03d}"
