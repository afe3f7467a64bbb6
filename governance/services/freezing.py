"""A record that does not verify freezes the gates: nothing is signed, nothing may go live."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.utils.translation import gettext as _

from governance.models import Project, RecordCheck


def newest_check(project: Project) -> RecordCheck | None:
    """Return what verifying the project's record found last; None where nobody looked yet."""
    return RecordCheck.objects.filter(project=project).newest_first().first()


def is_frozen(project: Project) -> bool:
    """Say whether the newest look at the record found it unsound."""
    check = newest_check(project)
    return check is not None and not check.is_sound


def freeze_sentence() -> str:
    """Return what is said to whoever wants to sign meanwhile."""
    return _(
        "The record of this project does not verify, so its gates are frozen. An administrator"
        " has to find out what happened; nothing is signed until then."
    )


def refuse_while_frozen(project: Project, *, refusal: Callable[[str], Exception]) -> None:
    """Raise what `refusal` makes of the sentence where the project's gates are frozen."""
    if is_frozen(project):
        raise refusal(freeze_sentence())


def freezes_at(*, project_ids: Collection[int], as_of: datetime) -> dict[int, str]:
    """Return project -> the first thing that did not hold, where its gates were frozen then."""
    checks = RecordCheck.objects.of_projects(list(project_ids)).made_by(as_of).freezing()
    return {
        project: reason_of(reason) for project, reason in checks.values_list("project", "reason")
    }


def records_frozen() -> bool:
    """Say whether the record of any project does not verify."""
    return RecordCheck.objects.freezing().exists()


def records_never_verified() -> bool:
    """Say whether there is a project whose record nobody has looked at yet."""
    return Project.objects.exclude(pk__in=RecordCheck.objects.values("project")).exists()


def reason_of(reason: str) -> str:
    """Return the first finding of a check, as a sentence shows it."""
    return reason.partition("\n")[0]
