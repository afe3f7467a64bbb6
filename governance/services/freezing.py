"""A record that does not verify freezes the gates: nothing is signed, nothing may go live."""

from django.utils.translation import gettext as _

from governance.models import Project, RecordCheck


def newest_check(project: Project) -> RecordCheck | None:
    """Return what verifying the project's record found last; None where nobody looked yet."""
    return RecordCheck.objects.filter(project=project).order_by("-checked_at", "-pk").first()


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
